/*
 * json_write — a jansson value in the one canonical form.
 *
 * jansson escapes otherwise than the canonical form does, so core writes.
 * Source: FORMAT 1.1.
 */
#ifndef FORMAT_JSON_WRITE_H
#define FORMAT_JSON_WRITE_H

#include <jansson.h>

#include "core/canon.h"

enum { JSON_WRITE_KEYS_MAX = 64 }; /* keys of one object */

/*
 * Writes `value`, keys ascending.
 *   ERR_FORMAT  a real, true, false, or a number beyond 2^53 - 1
 *   ERR_LIMIT   an object with too many keys, or nested too deep
 */
MUST_CHECK enum err json_write_value(struct canon *c, const json_t *value);

#endif
