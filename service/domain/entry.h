/*
 * entry — the canonical texts of the entries that a draw is made of.
 *
 *     struct writer w = writer_into(room, ENTRY_MAX);
 *     entry_freeze(&w, &head, frozen);
 *     if (w.is_full) …
 *
 * Lists longer than 16,384 bytes go into attachments, which the caller
 * publishes: entry_list_write() says what stands in the entry instead.
 * Source: FORMAT 3.
 */
#ifndef DOMAIN_ENTRY_H
#define DOMAIN_ENTRY_H

#include "core/canon.h"
#include "core/chain.h"
#include "domain/outcome.h"

enum { ENTRY_MAX = 65535, ENTRY_LIST_MAX = 16384, ENTRY_LISTS_MAX = 8 };

/* What every entry has. */
struct entry_head {
    uint64_t draw, time;
    struct hash prev;
};

/* A list of an entry; `text` is its canonical array, from malloc. */
struct entry_list {
    struct bytes text;
    uint64_t count;
    bool is_attached; /* longer than ENTRY_LIST_MAX */
    struct hash digest;
};
/* Takes over `text`; says whether it is attached. */
struct entry_list entry_list_of(struct bytes text, uint64_t count);
void entry_list_release(struct entry_list *list);
/* The array itself, or its count and SHA-256. */
void entry_list_write(struct canon *c, const char *key,
                      const struct entry_list *list);

/* A key and the hashes of a path. */
void entry_path_write(struct canon *c, const char *key,
                      const struct merkle_path *path);

/* F: the lists of pools and caps, then the text without `custody`. */
struct entry_freeze {
    struct entry_list caps, pools;
    uint64_t register_version;
    struct hash register_digest;
    const uint8_t *custody; /* 64 bytes, or NULL: without the key */
};
MUST_CHECK enum err entry_freeze_lists(struct entry_freeze *freeze,
                                       const struct frozen *frozen);
void entry_freeze(struct writer *w, const struct entry_head *head,
                  const struct frozen *frozen,
                  const struct entry_freeze *freeze);
void entry_freeze_release(struct entry_freeze *freeze);

struct entry_contribution {
    struct bytes name, value;
    uint8_t signature[64];
};
struct entry_reveal {
    struct hash secret;
    const struct hash *frame_key; /* open mode only, else NULL */
    const struct entry_contribution *contributions;
    size_t contribution_count;
};
void entry_reveal(struct writer *w, const struct entry_head *head,
                  const struct entry_reveal *reveal);

struct entry_beacon {
    bool is_test;
    uint64_t round;
    uint8_t signature[CHAIN_SIGNATURE_LEN];
};
void entry_beacon(struct writer *w, const struct entry_head *head,
                  const struct entry_beacon *beacon);

void entry_draw(struct writer *w, const struct entry_head *head,
                const struct outcome *outcome);

/* The two persons' digests, and what kind of ending. */
struct entry_void {
    struct hash by[2];
    const char *cause;
    struct bytes head, reason;
};
void entry_void(struct writer *w, const struct entry_head *head,
                const struct entry_void *ending);

#endif
