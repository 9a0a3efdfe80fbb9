/*
 * change — what one version of a list changed against the one before.
 *
 *     {"added":[{code,name}],"changed":[{after,before,code,field}],
 *      "removed":[{code,name}]}
 *
 * Elements are told apart by their code; only fields of the table are
 * compared and shown.
 * Source: http/profile.h.
 */
#ifndef HTTP_CHANGE_H
#define HTTP_CHANGE_H

#include "core/canon.h"
#include "domain/gazette.h"

/* A field and its name for people; the last one has no key. */
struct change_field {
    const char *key, *name;
};
extern const struct change_field change_item[], change_batch[];

/* The members added, changed and removed of an open object. */
void change_write(struct canon *c, const struct gazette_issue *before,
                  const struct gazette_issue *after,
                  const struct change_field *fields);

/* A list of texts, or of quotas, as one text with 、 between. */
void change_join(struct canon *c, const char *key, const json_t *list);

#endif
