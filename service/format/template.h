/*
 * template — the logic-less language Mustache over a JSON value.
 *
 *     {{name}}            the value, escaped for HTML text and attributes
 *     {{{name}}} {{&name}}  the same as it stands
 *     {{#rows}}…{{/rows}} once a row; once where the value is not a list
 *     {{^rows}}…{{/rows}} where there is none
 *     {{>part}}           another template, indented as the tag is
 *     {{! … }}  {{=<% %>=}}  a remark; other brackets from here on
 *
 * A name is looked for from the innermost section outward; a.b.c goes into
 * objects, `.` is the value itself.  There is none where it is absent, null,
 * false, 0, "" or [].  What is escaped can not turn the direction of the
 * text around it: marks that do are shown as U+FFFD.
 * Source: the specification of Mustache 1.4, without lambdas.
 */
#ifndef FORMAT_TEMPLATE_H
#define FORMAT_TEMPLATE_H

#include <jansson.h>

#include "core/bytes.h"

#define TEMPLATE_DEPTH_MAX 32                 /* sections and parts, nested */
#define TEMPLATE_OUT_MAX ((size_t)8 << 20)    /* bytes written              */
#define TEMPLATE_TAGS_MAX ((size_t)4 << 20)   /* tags read, each time again */

/* Where parts come from; `find` answers false where there is none. */
struct template_parts {
    bool (*find)(struct bytes *text, const void *context, struct bytes name);
    const void *context;
};

/*
 * `text` filled in with `data`.  Owned: `out` is from malloc.  `parts` may
 * be NULL; a part that is not found is empty.
 *   ERR_FORMAT  a tag that is not closed, or closes what is not open
 *   ERR_LIMIT   one of the limits above
 *   ERR_MEMORY  no room
 */
MUST_CHECK enum err template_render(struct bytes *out, struct bytes text,
                                    const json_t *data,
                                    const struct template_parts *parts);

#endif
