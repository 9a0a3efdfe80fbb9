/*
 * profile — what may leave, field by field, for every published table.
 *
 *     profile_row       code name type district kind       a drawn firm
 *     profile_item      the eight fields of an item
 *     profile_batch     the fields of a batch
 *
 * A field that is not in the table of its kind is not written, wherever it
 * comes from.  Persons' names, telephones, identity numbers, plates, risk
 * classes and tags are in none of them; where one of these was typed into a
 * text that is published, it is struck out.
 * Source: GB 11643 for identity numbers; GA 36 for plates; FORMAT 3 and 4.
 */
#ifndef HTTP_PROFILE_H
#define HTTP_PROFILE_H

#include <jansson.h>

#include "audits/value.h"
#include "core/canon.h"

/* Names of fields, ascending; the last one is NULL. */
extern const char *const profile_row[], *const profile_item[],
    *const profile_batch[], *const profile_quota[];

/* The fields of `object` that are texts and in the table, as members. */
void profile_write_value(struct canon *c, const struct value *object,
                         const char *const *fields);
void profile_write_json(struct canon *c, const json_t *object,
                        const char *const *fields);

/* `text` into `w` with what must not leave struck out with *. */
struct bytes profile_clean(struct writer *w, struct bytes text);
/* One member: `text` with what must not leave struck out with *. */
void profile_member(struct canon *c, const char *key, struct bytes text);
/* The same as an element of a list. */
void profile_text(struct canon *c, struct bytes text);
/* One member: all of a certificate but its last two characters is *. */
void profile_certificate(struct canon *c, const char *key,
                         struct bytes certificate);

#endif
