/*
 * audit_case — what is known of a log while it is audited.
 *
 *     source ──> entries, heads ──> draws ──> a proof of each ──> verify
 *
 * Source: FORMAT 11.
 */
#ifndef AUDITS_AUDIT_CASE_H
#define AUDITS_AUDIT_CASE_H

#include "audits/audit.h"

#define AUDIT_NONE SIZE_MAX              /* no such entry or draw */
#define AUDIT_FILE_MAX VALUE_TEXT_MAX    /* bytes of a file       */
#define AUDIT_ENTRIES_MAX UINT64_C(16000000)
#define AUDIT_TEXT_MAX    ((size_t)4 << 30) /* bytes of all entries */

struct audit_entry {
    struct bytes text;
    struct hash hash;
    /* Of log, plan, seed book, announcement and void; else NULL. */
    const struct value *value;
    bool has_shell;        /* kind, time, draw and prev are there    */
    enum verify_kind kind; /* KIND_COUNT: unknown or malformed       */
    uint64_t time, draw;
    size_t next; /* of the same draw, or AUDIT_NONE */
};

/* A signed head as served; the last one is the checkpoint. */
struct audit_head {
    uint64_t size;
    struct bytes text;
};

/* A file that an entry names.  Its text is read when it is needed. */
struct audit_file {
    size_t entry;
    struct hash hash;
    bool is_there, is_list;
    size_t next; /* with the same slot, or AUDIT_NONE */
};

/* A policy that entry 0 or an announcement names. */
struct audit_policy {
    struct hash hash;
    struct bytes text;
    struct policy *policy; /* NULL: missing, or not canonical */
    bool is_announced;     /* by a draw                       */
    size_t last; /* head that its witnesses satisfy it in; the checkpoint */
    bool has_as_of;
    uint64_t as_of;
};

struct audit_draw {
    uint64_t number;
    size_t at[KIND_COUNT]; /* the first entry of each kind, or AUDIT_NONE */
    size_t first, last;    /* of its entries, linked by `next`            */
    const struct audit_policy *policy;
    bool is_reported; /* a finding names its state already */
};

/* The commitments of the seed book that was asked for last. */
struct audit_book {
    struct arena arena;
    size_t entry;
    struct hash *commits;
    struct merkle_levels levels;
};

struct audit {
    FILE *to;
    struct arena arena;
    bool *is_short; /* memory was, somewhere: nothing is found any more */
    struct audit_source source;
    struct audit_options options;
    struct audit_policy *policies; /* the first is entry 0's */
    size_t policy_count, policy_max;
    struct merkle_head head; /* the checkpoint's */
    struct audit_entry *entries;
    size_t entry_count;
    struct audit_head *heads;
    size_t head_count;
    struct merkle_levels levels;
    struct audit_file *files;
    size_t *file_slots; /* the last file with this hash, AUDIT_SLOTS */
    size_t file_count, file_max;
    struct audit_draw *draws;
    size_t draw_count, draw_max;
    bool has_gap; /* draw i is not number i + 1 */
    struct audit_book book;
    bool is_rehearsal;
    size_t unknown_count, unknown; /* kinds; the first of them */
    size_t found;                  /* findings marked ✗        */
};

enum { AUDIT_SLOTS = 1 << 16 };

/* audit_finding.c: a finding ✗ and a remark ●: rule, what printf takes. */
/*
 * Was memory short, in this arena or anywhere?  It is remembered: what looks
 * wrong from then on may only be missing.
 */
bool audit_is_short(const struct audit *a, const struct arena *arena);

__attribute__((format(printf, 3, 4))) void
audit_find(struct audit *a, const char *rule, const char *format, ...);
__attribute__((format(printf, 3, 4))) void
audit_remark(struct audit *a, const char *rule, const char *format, ...);

/* audit_source.c: a served path, read into the arena. */
MUST_CHECK enum err audit_read(struct bytes *body, struct arena *arena,
                               const struct audit *a, const char *path);

/* audit_log.c: entries and heads (5.01, 5.02), then 5.03 to 5.06. */
bool audit_log_load(struct audit *a);
void audit_log_heads(struct audit *a);
void audit_log_tiles(struct audit *a);
void audit_log_entries(struct audit *a);

/* audit_entry.c: 5.03, the form of one entry and its lists. */
void audit_entry_check(struct audit *a, size_t index);
/* audit_file.c: 5.15 and 5.20. */
void audit_file_check(struct audit *a);
bool audit_file_name(struct audit *a, size_t entry, struct hash hash,
                     bool is_list);
/* False: no file has this hash; else its text is in the arena. */
bool audit_file_text(struct bytes *text, struct arena *arena,
                     const struct audit *a, struct hash hash);
/*
 * The attachments that these entries name, each once, ascending by hash;
 * all in the arena.  False: a file of theirs is missing.
 */
struct audit_list {
    struct hash hash;
    struct bytes text;
};
struct audit_lists {
    struct audit_list *at;
    size_t count;
};
bool audit_file_lists(struct audit_lists *lists, struct arena *arena,
                      const struct audit *a, const size_t *entries,
                      size_t count);
/* The commitments that a seed book lists.  NULL: missing, or not its root's.
 * Borrowed until the next question. */
const struct audit_book *audit_file_book(struct audit *a, size_t entry);

/* audit_draw.c, audit_batch.c: 5.07 to 5.14, 5.17 to 5.19. */
/* One more entry of a draw, in log order.  False: memory is short. */
bool audit_draw_add(struct audit *a, size_t index);
void audit_draw_check(struct audit *a);
void audit_batch_check(struct audit *a);
/* The draw of this number, NULL where it has no announcement. */
struct audit_draw *audit_draw_of(const struct audit *a, uint64_t number);

/* audit_policy.c: every policy that is named, and as of when it judges. */
void audit_policy_learn(struct audit *a);
/* NULL where its text is missing. */
const struct audit_policy *audit_policy_of(const struct audit *a,
                                           struct hash hash);

/* audit_time.c */
/*
 * The index of the first head that shows `entry` by `deadline`; AUDIT_NONE
 * where none does.  Without a quorum the entry's own time counts.
 */
size_t audit_time_seen(const struct audit *a, const struct policy *policy,
                       size_t entry, uint64_t deadline);
/* The first head that contains the entry. */
size_t audit_time_first(const struct audit *a, size_t entry);
/* The last head that satisfies the policy, and as of when it judges: --now,
 * or the time by that head's witnesses. */
void audit_time_learn(struct audit_policy *policy, const struct audit *a);

/* audit_proof.c: 5.16. */
void audit_proof_check(struct audit *a, struct audit_draw *draw);

#endif
