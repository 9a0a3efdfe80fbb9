/*
 * verify_case — what is known of a proof while its rules are run.
 *
 *     file ──> outer form ──> bytes ──> inner forms ──> meaning
 *              value          heads     entries, lists  strata, targets
 *
 * Each part fills in what the later ones rely on; a rule is run only when
 * all before it hold, and asks for nothing that they have not checked.
 * Source: FORMAT 8 and 9.
 */
#ifndef AUDITS_VERIFY_CASE_H
#define AUDITS_VERIFY_CASE_H

#include "audits/verify_table.h"
#include "core/chain.h"
#include "core/policy.h"
#include "core/standin.h"

/* What a reader asks besides. */
struct verify_options {
    struct bytes vkey;   /* the log's key, one line; empty: not given     */
    struct bytes policy; /* a policy text; empty: not given               */
    bool is_rehearsal;   /* a rehearsal is what is expected               */
    bool is_unwitnessed; /* so is a log without witnesses                 */
    bool has_at, has_signature;
    uint64_t at; /* Unix seconds: judge as of then                */
    uint8_t signature[CHAIN_SIGNATURE_LEN]; /* of round R, before B      */
};

enum verify_exit {
    VERIFY_HOLDS = 0,
    VERIFY_REFUTED = 1,
    VERIFY_UNUSABLE = 2,
    VERIFY_UNASKED = 3
};

/* Heads, in the order of FORMAT 8. */
enum verify_head_name {
    HEAD_ANNOUNCED,
    HEAD_FROZEN,
    HEAD_LATE,
    HEAD_REVEALED,
    HEAD_FINAL,
    HEAD_COUNT
};

struct verify_head {
    const struct value *value; /* NULL: not there */
    struct note note;
    struct checkpoint checkpoint;
    struct policy_view view, asked_view; /* the proof's policy, --policy's */
};

struct verify_attachment {
    struct hash key;
    struct bytes text;
    const struct value *array; /* once it was found to be one */
    bool is_named;
};

struct verify_entry {
    enum verify_kind kind;
    uint64_t index; /* in the log */
    struct bytes text;
    struct hash hash;
    const struct value *placed; /* as in the file: index, path, text */
    const struct value *value;  /* the entry itself */
    const struct value *why;    /* read from `why`, or from a disclosure */
    const struct value *crew;   /* read from opens.crew of a stand-in */
};

/* A stratum as A, F and the seed make it. */
struct verify_stratum {
    struct bytes name;
    uint64_t count, take;   /* N and k                          */
    struct hash commitment; /* of F                             */
    uint64_t *out;          /* positions: k, then reserves      */
    uint64_t out_count;
    uint64_t *sorted; /* the k drawn ones, ascending      */
    uint64_t drops;   /* replacements so far              */
};

/* A position that was drawn or is a reserve, once it is opened. */
struct verify_target {
    const struct value *value;
    const struct value *row, *duty, *crew; /* crew: NULL where null */
    const struct value **later;            /* the crews set later   */
    size_t stratum;
    uint64_t position;
    struct bytes id;
    size_t opened_by; /* entry: the opening or a replacement */
    bool is_drawn;
};

/* A position that a replacement brought, or took away. */
struct verify_move {
    size_t entry, stratum;
    uint64_t dropped, reserve;
    bool has_reserve;
};

struct verify {
    struct arena arena;
    struct bytes file;
    struct verify_options options;

    /* part 1 */
    const struct value *proof;
    struct verify_attachment *attachments;
    size_t attachment_count;
    struct verify_entry *entries;
    size_t entry_count;
    struct verify_head *heads; /* HEAD_COUNT of them */

    /* part 2 */
    struct policy *policy, *asked; /* of the proof; of --policy or NULL */

    /* part 3 */
    struct form_list *lists;
    size_t list_count, list_max;
    struct verify_target *targets; /* opened ones, in log order */
    size_t target_count, target_max;
    size_t at[KIND_COUNT]; /* entry of each kind that stands once, or NONE */
    uint32_t seats;        /* of all departments */
    bool is_rehearsal, is_open, is_public;

    /* part 4 */
    struct chain chain;
    uint64_t round; /* R */
    struct verify_stratum *strata;
    size_t stratum_count;
    struct hash team_seed;
    struct standin_list *pools; /* F's, once a rule asks for them */
    size_t pool_count;
    struct verify_move *moves;
    size_t move_count;
    bool has_as_of;
    uint64_t as_of;

    /* what came of it */
    enum verify_exit exit;
    const char *rule; /* that refused, or NULL */
    const char *step; /* what it checks, for people */
};

#define VERIFY_NONE SIZE_MAX /* no such entry, stratum or target */

/* The one entry of this kind, NULL where there is none. */
const struct verify_entry *verify_case_entry(const struct verify *v,
                                             enum verify_kind kind);
/* Its value, NULL likewise. */
const struct value *verify_case_value(const struct verify *v,
                                      enum verify_kind kind);
/* The elements of a LIST of an entry. */
const struct value *verify_case_list(const struct verify *v,
                                     const struct value *entry,
                                     const char *key);
/* Index of a stratum by name, VERIFY_NONE where A has none of it. */
size_t verify_case_stratum(const struct verify *v, struct bytes name);
/* Is no text there twice?  Sorts them. */
bool verify_case_differ(struct bytes *texts, size_t count);
/* Does this entry stand in that head? */
bool verify_case_holds(const struct verify *v, enum verify_head_name head,
                       const struct verify_entry *entry);
/* Reads a path whose form has been checked. */
struct merkle_path verify_case_path(const struct value *path);
/* Does the list of `head` hold this leaf data at `index`? */
bool verify_case_proves(const struct value *path, uint64_t index,
                        struct bytes leaf, const struct merkle_head *head);
/* The opened target at a position, NULL where none is. */
struct verify_target *verify_case_target(const struct verify *v,
                                         size_t stratum, uint64_t position);
/* Has the proof's policy no quorum? */
bool verify_case_is_unwitnessed(const struct verify *v);
/* The last entry of the proof. */
const struct verify_entry *verify_case_last(const struct verify *v);
/* Fills v->pools.  False: memory is short. */
bool verify_case_pools(struct verify *v);
/* Integers of an array, in its order.  `at` is NULL: memory is short. */
struct standin_list verify_case_numbers(struct verify *v,
                                        const struct value *array);
/* The root that a path claims for a leaf: its own, if it fits the size. */
bool verify_case_root(struct hash *root, const struct value *path,
                      const struct merkle_place *place, uint64_t size);

/* The same for a path that has been read. */
bool verify_case_climb(struct hash *root, const struct merkle_path *path,
                       const struct merkle_place *place, uint64_t size);

#endif
