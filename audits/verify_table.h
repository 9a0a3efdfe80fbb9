/*
 * verify_table — the tables of FORMAT: the proof file, every kind of entry,
 * and the texts inside strings.
 *
 * Source: FORMAT 3, 4 and 8.
 */
#ifndef AUDITS_VERIFY_TABLE_H
#define AUDITS_VERIFY_TABLE_H

#include "audits/form.h"

/* On which other entries the keys of a table depend. */
enum verify_fact {
    FACT_REHEARSAL = 1 << 0, /* the log is one                         */
    FACT_CUSTODIAN = 1 << 1, /* A names one                            */
    FACT_OPEN = 1 << 2,      /* A's mode is open                       */
    FACT_PUBLIC = 1 << 3,    /* all strata are public                  */
    FACT_INTERNAL = 1 << 4,  /* one is not                             */
    FACT_SEALED = 1 << 5,    /* before the opening of a sealed draw    */
    FACT_CLEAR = 1 << 6,     /* not so                                 */
    FACT_OPENED = 1 << 7,    /* after the opening                      */
    FACT_FROZEN = 1 << 8,    /* the proof holds the head of that name  */
    FACT_LATE = 1 << 9,
    FACT_REVEALED = 1 << 10
};

/* Kinds of entries, in the order in which a proof may hold them. */
enum verify_kind {
    KIND_LOG,
    KIND_PLAN,
    KIND_SEED_BOOK,
    KIND_ANNOUNCEMENT,
    KIND_FREEZE,
    KIND_REVEAL,
    KIND_BEACON,
    KIND_DRAW,
    KIND_VOID,
    KIND_OPENING,
    KIND_REPLACEMENT,
    KIND_STAND_IN,
    KIND_DIRECT,
    KIND_ANNUL,
    KIND_ITEMS, /* never in a proof, but in a log */
    KIND_COUNT
};

/* The word in the log and the table of its keys, by kind. */
struct verify_table {
    const char *kind;
    struct form form;
};
extern const struct verify_table verify_table[KIND_COUNT];

/* Tables that verify_table is made of and that have a file of their own. */
extern const struct form_key verify_table_void[], verify_table_opening[],
    verify_table_replacement[], verify_table_stand_in[],
    verify_table_direct[], verify_table_annul[];

/* The kind of this name; KIND_COUNT where there is none. */
enum verify_kind verify_table_kind(struct bytes name);

extern const struct form verify_table_proof;     /* the whole file    */
extern const struct form verify_table_duty;      /* 4.3               */
extern const struct form verify_table_crew;      /* 4.4               */
extern const struct form verify_table_inspector; /* 4.5, the text     */
extern const struct form verify_table_dropped;   /* why, 3.12         */
extern const struct form verify_table_removed;   /* why, 3.13         */

#endif
