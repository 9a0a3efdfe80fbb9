/*
 * base64 — bytes as text, in exactly one spelling.
 *
 *     base64      A-Z a-z 0-9 + /  padded with =      notes, checkpoints
 *     base64url   A-Z a-z 0-9 - _  without padding    receipts
 *
 * Blanks, line ends, missing or needless padding and bits set beyond the
 * last byte are refused, so that read(x) ok means write(read(x)) = x.
 * Source: RFC 4648 sections 3.5, 4 and 5.
 */
#ifndef CORE_BASE64_H
#define CORE_BASE64_H

#include "core/bytes.h"

/* Characters that `len` bytes take, padded. */
#define BASE64_LEN(len) (((len) + 2) / 3 * 4)

void base64_write(struct writer *w, struct bytes bytes);
void base64_write_url(struct writer *w, struct bytes bytes);

/*
 * Appends the decoded bytes to `w`; on an error its length is as before.
 *   ERR_FORMAT      another character or length
 *   ERR_CANONICAL   bits set beyond the last byte
 *   ERR_FULL        no room in `w`
 */
MUST_CHECK enum err base64_read(struct writer *w, struct bytes text);
MUST_CHECK enum err base64_read_url(struct writer *w, struct bytes text);
/*
 * Decodes exactly `len` bytes into `to` (padded alphabet).
 *   ERR_FORMAT, ERR_CANONICAL   as above; another length is ERR_FORMAT
 */
MUST_CHECK enum err base64_read_exact(uint8_t *to, size_t len,
                                      struct bytes text);
/*
 * How many bytes a text stands for, whatever its length (padded alphabet).
 *   ERR_FORMAT, ERR_CANONICAL   as above
 */
MUST_CHECK enum err base64_check(size_t *len, struct bytes text);

#endif
