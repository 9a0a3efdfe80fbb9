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
#define AUDIT_FILE_MAX ((size_t)64 << 20) /* bytes of a file       */

struct audit_entry {
    struct bytes text;
    struct hash hash;
    const struct value *value; /* NULL: not even kind, time, draw, prev */
    enum verify_kind kind;     /* KIND_COUNT: unknown or malformed      */
    uint64_t time, draw;
};

/* A signed head as served; the last one is the checkpoint. */
struct audit_head {
    uint64_t size;
    struct bytes text;
};

/* A file that an entry names. */
struct audit_file {
    size_t entry;
    struct hash hash;
    struct bytes text;
    bool is_there, is_list;
};

struct audit_draw {
    uint64_t number;
    size_t at[KIND_COUNT]; /* the first entry of each kind, or AUDIT_NONE */
    bool is_reported;      /* a finding names its state already           */
};

struct audit {
    FILE *to;
    struct arena arena;
    struct audit_source source;
    struct audit_options options;
    struct policy *policy; /* the one in force */
    struct bytes policy_text;
    struct merkle_head head; /* the checkpoint's */
    struct audit_entry *entries;
    size_t entry_count;
    struct audit_head *heads;
    size_t head_count;
    struct merkle_levels levels;
    struct audit_file *files;
    size_t file_count, file_max;
    struct audit_draw *draws;
    size_t draw_count, draw_max;
    bool is_rehearsal, has_as_of;
    uint64_t as_of;
    size_t found; /* findings marked ✗ */
};

/* A finding ✗ and a remark ●: rule, then what printf takes. */
__attribute__((format(printf, 3, 4))) void
audit_find(struct audit *a, const char *rule, const char *format, ...);
__attribute__((format(printf, 3, 4))) void
audit_remark(struct audit *a, const char *rule, const char *format, ...);

/* Reads a served path into the arena. */
MUST_CHECK enum err audit_read(struct bytes *body, struct audit *a,
                               const char *path);
/* The same for files/<hash>; not yet compared with its hash. */
MUST_CHECK enum err audit_read_file(struct bytes *body, struct audit *a,
                                    struct hash hash);

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
/* The file of this hash, NULL where it is missing or another. */
const struct audit_file *audit_file_of(const struct audit *a,
                                       struct hash hash);

/* audit_draw.c, audit_batch.c: 5.07 to 5.14, 5.17 to 5.19. */
/* One more entry of a draw, in log order.  False: memory is short. */
bool audit_draw_add(struct audit *a, size_t index);
void audit_draw_check(struct audit *a);
void audit_batch_check(struct audit *a);
/* The draw of this number, NULL where it has no announcement. */
struct audit_draw *audit_draw_of(const struct audit *a, uint64_t number);

/* audit_time.c */
/*
 * The index of the first head that shows `entry` by `deadline`; AUDIT_NONE
 * where none does.  Without a quorum the entry's own time counts.
 */
size_t audit_time_seen(const struct audit *a, const struct policy *policy,
                       size_t entry, uint64_t deadline);
/* The first head that contains the entry. */
size_t audit_time_first(const struct audit *a, size_t entry);
/* The policy that a draw's A names; its text is a file.  False: missing. */
bool audit_time_policy(struct policy *policy, const struct audit *a,
                       const struct audit_draw *draw);
void audit_time_learn(struct audit *a);

/* audit_proof.c: 5.16. */
void audit_proof_check(struct audit *a, struct audit_draw *draw);

#endif
