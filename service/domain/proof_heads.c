#include "domain/proof_heads.h"

#include "domain/evidence.h"
#include "domain/witness.h"
#include "format/json_read.h"

#include <string.h>

enum { HEADS_MAX = 5 };

struct gathering {
    struct directory *dir;
    const struct draw *draw;
    struct merkle_head final;
};

struct head {
    const char *name;
    uint64_t size;
};

/* The head that shows an entry in time, else the first that contains it. */
static enum err head_size(uint64_t *size, const struct gathering *g,
                          const struct draw_entry *entry, uint64_t deadline)
{
    struct witness_answer answer;
    struct merkle_head head;
    const struct witness_question question = { &g->draw->policy, deadline,
                                               entry->index };
    enum err err = ERR_ABSENT;
    if (g->draw->policy.quorum.who != POLICY_NONE)
        err = witness_on_time(&answer, g->dir->db, &question);
    if (err == OK) *size = answer.size;
    if (err != ERR_ABSENT) return err;
    err = evidence_head_with(&head, g->dir->db, entry->index);
    if (err == OK) *size = head.size;
    return err;
}

/* The size on the second line of a void's head. */
static enum err late_size(uint64_t *size, const struct gathering *g)
{
    json_t *root = NULL;
    struct bytes note = { NULL, 0 };
    enum err err = json_read_text(&root, g->draw->entries[DRAW_VOID].text);
    if (err == OK)
        err = json_read_string(&note, json_read_member(root, "head"));
    *size = 0;
    if (err == OK && note.len != 0) {
        const uint8_t *start = memchr(note.at, '\n', note.len);
        size_t skip = start == NULL ? note.len : (size_t)(start - note.at) + 1;
        struct bytes rest = bytes_slice(note, skip, note.len);
        const uint8_t *end = memchr(rest.at, '\n', rest.len);
        size_t len = end == NULL ? 0 : (size_t)(end - rest.at);
        err = bytes_read_u64(size, bytes_slice(rest, 0, len),
                             CANON_INTEGER_MAX);
    }
    json_decref(root);
    return err;
}

static enum err find_heads(struct head heads[HEADS_MAX], size_t *count,
                           const struct gathering *g)
{
    const struct announcement *a = &g->draw->announcement;
    const struct draw_entry *e = g->draw->entries;
    uint64_t lead = g->dir->is_rehearsal ? 0 : a->is_urgent ? 1800 : 86400;
    const struct {
        const char *name;
        enum draw_kind kind;
        uint64_t deadline;
    } wanted[] = { { "announced", DRAW_ANNOUNCEMENT, a->t0 - lead },
                   { "frozen", DRAW_FREEZE, a->t0 },
                   { "late", DRAW_VOID, 0 },
                   { "revealed", DRAW_REVEAL, a->t1 } };
    *count = 0;
    for (size_t i = 0; i < 4; i++) {
        struct head *head = &heads[*count];
        if (!e[wanted[i].kind].is_there) continue;
        enum err err =
            wanted[i].kind == DRAW_VOID
                ? late_size(&head->size, g)
                : head_size(&head->size, g, &e[wanted[i].kind],
                            wanted[i].deadline);
        if (err != OK) return err;
        if (wanted[i].kind == DRAW_VOID && head->size == 0) continue;
        head->name = wanted[i].name;
        ++*count;
    }
    heads[*count] = (struct head){ "final", g->final.size };
    ++*count;
    return OK;
}

static enum err write_head(struct canon *c, const struct gathering *g,
                           const struct head *head, uint64_t next)
{
    uint8_t room[EVIDENCE_NOTE_MAX];
    struct merkle_path path = { 0 };
    struct writer w = writer_into(room, sizeof room);
    bool is_final = strcmp(head->name, "final") == 0;
    bool is_late = strcmp(head->name, "late") == 0;
    const struct evidence_wish wish = {
        head->size,
        is_final || is_late ? STORE_HEAD_LATEST : STORE_HEAD_EARLIEST,
        &g->draw->policy
    };
    const struct merkle_growth growth = { head->size, next };
    enum err err = evidence_note(&w, g->dir->db, &wish);
    if (err == OK && !is_final)
        err = evidence_consistency(&path, g->dir->db, growth);
    if (err != OK) return err;
    canon_key(c, head->name);
    canon_object(c);
    entry_path_write(c, "consistency", &path);
    canon_member_string(c, "note", writer_bytes(&w));
    canon_object_end(c);
    return OK;
}

/* Keys of an object ascend: final stands after announced. */
enum err proof_write_heads(struct canon *c, struct directory *dir,
                           const struct draw *draw,
                           const struct merkle_head *final)
{
    const struct gathering all = { dir, draw, *final };
    const struct gathering *g = &all;
    static const char *const order[HEADS_MAX] = { "announced", "final",
                                                  "frozen", "late",
                                                  "revealed" };
    struct head heads[HEADS_MAX];
    size_t count = 0;
    enum err err = find_heads(heads, &count, g);
    if (err != OK) return err;
    canon_key(c, "heads");
    canon_object(c);
    for (size_t k = 0; k < HEADS_MAX && err == OK; k++) {
        for (size_t i = 0; i < count && err == OK; i++) {
            if (strcmp(heads[i].name, order[k]) != 0) continue;
            uint64_t next = i + 1 < count ? heads[i + 1].size : 0;
            err = write_head(c, g, &heads[i], next);
        }
    }
    canon_object_end(c);
    return err;
}
