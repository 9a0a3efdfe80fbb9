/*
 * form — tables that say what a JSON value must look like, and their reader.
 *
 *     static const struct form_key head_keys[] = {
 *         { "consistency", &form_path, 0 },
 *         { "note", &form_note, 0 },
 *     };
 *     if (!form_fits(&check, &form_head, value)) refuse;
 *
 * The keys of a table stand as in canonical JSON, ascending.  A key with
 * conditions stands in the value exactly when all of them hold.
 * Source: FORMAT 1.2 and the tables of 3, 4 and 8.
 */
#ifndef AUDITS_FORM_H
#define AUDITS_FORM_H

#include "audits/value.h"

enum form_type {
    FORM_INT,    /* min … max                                            */
    FORM_STRING, /* min … max bytes                                      */
    FORM_TEXT,   /* the same without control characters but line feed    */
    FORM_LINE,   /* the same without any control character               */
    FORM_HEX,    /* min … max bytes as two lower-case digits each        */
    FORM_WORD,   /* one of `words`                                       */
    FORM_DIGITS, /* min … max decimal digits                             */
    FORM_TAKE,   /* a count or a rate                                    */
    FORM_DATE,   /* YYYY-MM-DD                                           */
    FORM_ARRAY,  /* min … max of `item`, unique where `unique` says      */
    FORM_OBJECT, /* exactly `keys`                                       */
    FORM_MAP,    /* any keys of the form `item`, values of `each`        */
    FORM_LIST    /* an array of `item` in place, or named by its hash    */
};

struct form;

struct form_key {
    const char *name;
    const struct form *form;
    unsigned when; /* bits of form_check.facts, all needed; 0: always */
};

struct form {
    enum form_type type;
    bool is_nullable;
    uint64_t min, max;
    const char *const *words;    /* ends in NULL */
    const struct form_key *keys; /* ends in a name of NULL */
    const struct form *item, *each;
    const char *unique; /* NULL: need not be; "": the elements; a key */
};

/* A LIST that was met: its shell has been checked, its elements have not. */
struct form_list {
    const struct value *shell;
    const struct form *item;
    const struct value *array; /* in place; set later for attached ones */
};

struct form_check {
    unsigned facts;
    /* Told of every LIST; false ends the check.  NULL: none is expected. */
    bool (*list)(void *context, const struct form_list *list);
    void *context;
};

#define FORM_LIST_PLACE_MAX 16384 /* bytes of a LIST written in place */

/* Has the value this form? */
bool form_fits(const struct form_check *check, const struct form *form,
               const struct value *value);

/* Forms that many tables share. */
extern const struct form form_int;     /* 0 … 2^53 - 1 */
extern const struct form form_flag;    /* 0 or 1 */
extern const struct form form_name;
extern const struct form form_text;
extern const struct form form_note;
extern const struct form form_hex32;
extern const struct form form_hex48;
extern const struct form form_hex64;
extern const struct form form_path;

#endif
