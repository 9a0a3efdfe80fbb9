/*
 * parameter — the query of an address, read strictly.
 *
 *     q=%E8%BF%90%E5%9F%8E&page=2      q "运城", page "2"
 *
 * Every name is one the route says it accepts and stands once; values are
 * UTF-8 without control characters; + is a blank.
 * Source: the URL standard, application/x-www-form-urlencoded.
 */
#ifndef HTTP_PARAMETER_H
#define HTTP_PARAMETER_H

#include "core/bytes.h"

enum {
    PARAMETER_QUERY_MAX = 1024, /* bytes as sent        */
    PARAMETER_COUNT_MAX = 8
};

struct parameters {
    size_t count;
    struct {
        struct bytes name, value; /* borrowed: query, room */
    } of[PARAMETER_COUNT_MAX];
    uint8_t room[PARAMETER_QUERY_MAX];
};

/*
 * `accepted` are names with blanks around each, " q page "; NULL: none.
 * Borrowed: `query` and `parameters` itself, which must not move.
 *   ERR_FORMAT  another name, one twice, or a value that is not such text
 *   ERR_LIMIT   longer than PARAMETER_QUERY_MAX, or too many
 */
MUST_CHECK enum err parameter_read(struct parameters *parameters,
                                   struct bytes query, const char *accepted);
/*
 * Drops the pairs of other names: what is left is moved together and its
 * length returned.
 */
size_t parameter_keep(uint8_t *query, size_t len, const char *accepted);
/* The value; empty where it was not given. */
struct bytes parameter_find(const struct parameters *parameters,
                            const char *name);
/* A number from 1 to `max`, `otherwise` where it was not given.  ERR_INPUT. */
MUST_CHECK enum err parameter_number(uint64_t *number,
                                     const struct parameters *parameters,
                                     const char *name, uint64_t max,
                                     uint64_t otherwise);

/*
 * %XX and, with `is_query`, + decoded into `w`.
 *   ERR_FORMAT  a broken escape, not UTF-8, or a control character
 *   ERR_LIMIT   no room
 */
MUST_CHECK enum err parameter_decode(struct writer *w, struct bytes text,
                                     bool is_query);
/* `text` as a value in an address: %XX for all but letters, digits, - _ . */
void parameter_encode(struct writer *w, struct bytes text);

#endif
