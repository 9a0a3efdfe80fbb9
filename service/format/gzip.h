/*
 * gzip — bytes made shorter for sending.
 *
 * Source: RFC 1952; zlib's manual.
 */
#ifndef FORMAT_GZIP_H
#define FORMAT_GZIP_H

#include "core/bytes.h"

/*
 * The same input gives the same bytes: no name, no time.  *packed is from
 * malloc, the caller frees it.
 *   ERR_FULL  it would not be shorter     ERR_MEMORY
 */
MUST_CHECK enum err gzip_pack(struct bytes *packed, struct bytes whole);

#endif
