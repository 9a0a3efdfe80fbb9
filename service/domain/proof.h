/*
 * proof — everything that shows one draw, in one file.
 *
 *     {"attachments":{…},"commitment":{…},"entries":[…],
 *      "format":"yaohao-proof/1","heads":{…},"policy":"…"}\n
 *
 * Source: FORMAT 8.
 */
#ifndef DOMAIN_PROOF_H
#define DOMAIN_PROOF_H

#include "domain/draw.h"

#define PROOF_MAX ((size_t)512 << 20) /* bytes of the file */

/*
 * The proof as far as the draw has come; *text is from malloc, the caller
 * frees it.
 *   ERR_ABSENT  no such draw, or a file is missing   ERR_LIMIT  over PROOF_MAX
 *   ERR_MEMORY, and the errors of domain/evidence
 */
MUST_CHECK enum err proof_make(struct bytes *text, struct directory *dir,
                               uint64_t number);

#endif
