/*
 * form_table — short words to write tables of forms with.
 *
 *     { "round", INT(1, 100), 0 },
 *     { "strata", UNIQUE(OBJECT(stratum_keys), 1, 256, "name"), 0 },
 *
 * Each stands for the address of a constant.
 * Source: audits/form.h.
 */
#ifndef AUDITS_FORM_TABLE_H
#define AUDITS_FORM_TABLE_H

#include "audits/form.h"

#define INT(low, high) \
    (&(const struct form){ .type = FORM_INT, .min = (low), .max = (high) })
#define WORDS(...)                                     \
    (&(const struct form){ .type = FORM_WORD,          \
                           .words = (const char *const[]){ __VA_ARGS__, \
                                                           NULL } })
#define TYPE(which) (&(const struct form){ .type = (which) })
#define STRING(which, low, high) \
    (&(const struct form){ .type = (which), .min = (low), .max = (high) })
#define OBJECT(table) \
    (&(const struct form){ .type = FORM_OBJECT, .keys = (table) })
#define OBJECT_OR_NULL(table)                  \
    (&(const struct form){ .type = FORM_OBJECT, \
                           .keys = (table),     \
                           .is_nullable = true })
#define ARRAY(of, low, high)                   \
    (&(const struct form){ .type = FORM_ARRAY, \
                           .item = (of),     \
                           .min = (low),       \
                           .max = (high) })
#define UNIQUE(of, low, high, part)            \
    (&(const struct form){ .type = FORM_ARRAY, \
                           .item = (of),     \
                           .min = (low),       \
                           .max = (high),      \
                           .unique = (part) })
#define LIST(of) (&(const struct form){ .type = FORM_LIST, .item = (of) })
#define NO_LIMIT UINT32_MAX
#define END { NULL, NULL, 0 }
/* The keys of every entry; `draw` ascends between them as the table needs. */
#define DRAW { "draw", &form_int, 0 }
#define KIND { "kind", &form_name, 0 }
#define PREV { "prev", &form_hex32, 0 }
#define TIME { "time", &form_int, 0 }
/* Two persons. */
#define BY { "by", UNIQUE(&form_hex32, 2, 2, ""), 0 }

#endif
