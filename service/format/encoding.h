/*
 * encoding — bytes of an office's file to UTF-8.
 *
 *     BOM? -> strict UTF-8? -> GB18030? -> CP936? -> refused
 *
 * Source: RFC 3629, GB 18030-2022; iconv of the C library.
 */
#ifndef FORMAT_ENCODING_H
#define FORMAT_ENCODING_H

#include "core/bytes.h"

struct encoding {
    const char *name;   /* "UTF-8", "GB18030", "CP936"                   */
    struct bytes text;  /* UTF-8 without byte order mark                 */
    uint8_t *made;      /* where converted text lives, or NULL           */
    size_t fault_at;    /* after ERR_FORMAT: offset of the offending byte */
    const char *reason; /* after ERR_FORMAT: Chinese, a constant          */
};

/*
 * Borrows `file` while the text is UTF-8; always followed by
 * encoding_release().
 *   ERR_FORMAT  a NUL, UTF-16, or no encoding fits      ERR_MEMORY
 */
MUST_CHECK enum err encoding_read(struct encoding *encoding, struct bytes file);
void encoding_release(struct encoding *encoding);

/* Offset of the first byte that is not strict UTF-8; `text.len` if none. */
size_t encoding_utf8_len(struct bytes text);

#endif
