/* The void: an end before there is a result, for a cause that can be seen. */
#include "domain/actor.h"
#include "domain/evidence.h"
#include "domain/reveal.h"
#include "domain/witness.h"

#include <stdlib.h>
#include <string.h>

struct lateness {
    const char *cause;
    enum draw_kind last, missing;
};

static const struct lateness latenesses[] = {
    { "freeze-late", DRAW_ANNOUNCEMENT, DRAW_FREEZE },
    { "reveal-late", DRAW_FREEZE, DRAW_REVEAL },
};

/* The head that proves it, or "" where no quorum stands for anything. */
static enum err prove_late(struct writer *head, struct directory *dir,
                           const struct draw *draw,
                           const struct lateness *late)
{
    const struct announcement *a = &draw->announcement;
    uint64_t deadline = late->missing == DRAW_FREEZE ? a->t0 : a->t1;
    if (draw->entries[late->missing].is_there ||
        !draw->entries[late->last].is_there)
        return directory_why(dir, ERR_STATE, "第 %llu 号%s，不能以 %s 作废",
                           (unsigned long long)draw->number,
                           draw_stage(draw), late->cause);
    if (log_time(&dir->log) <= deadline)
        return directory_why(dir, ERR_STATE, "时限未到，还不能以 %s 作废",
                           late->cause);
    if (draw->policy.quorum.who == POLICY_NONE) return OK;

    struct witness_answer answer;
    uint64_t count = 0;
    enum err err = store_log_count(&count, dir->db);
    if (err != OK) return err;
    const struct witness_question question = { &draw->policy, deadline,
                                               count };
    err = witness_late(&answer, dir->db, &question);
    if (err == ERR_ABSENT)
        return directory_why(dir, err,
                           "还没有见证人在时限之后签名的日志头。"
                           "请先用 cosign 存入，再作废");
    if (err != OK) return err;
    const struct evidence_wish wish = { answer.size, STORE_HEAD_LATEST,
                                        &draw->policy };
    return evidence_note(head, dir->db, &wish);
}

static const struct lateness *lateness_of(const char *cause)
{
    for (size_t i = 0; i < sizeof latenesses / sizeof latenesses[0]; i++) {
        if (strcmp(latenesses[i].cause, cause) == 0) return &latenesses[i];
    }
    return NULL;
}

/* Only a V in time can be found not whole; a late one is nobody's. */
static enum err check_in_time(struct directory *dir, const struct draw *draw)
{
    const struct draw_entry *v = &draw->entries[DRAW_REVEAL];
    struct witness_answer answer;
    const struct witness_question question = {
        &draw->policy, draw->announcement.t1, v->index
    };
    enum err err = v->time <= draw->announcement.t1 ? OK : ERR_ABSENT;
    if (draw->policy.quorum.who != POLICY_NONE)
        err = witness_on_time(&answer, dir->db, &question);
    if (err != ERR_ABSENT) return err;
    return directory_why(dir, ERR_STATE,
                         "揭示没有在 T1 前得到见证，不能以此作废。"
                         "如有见证签名未存，请先用 cosign 存入");
}

/* The cause is read off the first V, and no other one will do. */
static enum err prove_broken(struct directory *dir, const struct draw *draw,
                             const char *cause)
{
    const struct draw_entry *e = draw->entries;
    enum reveal_state state = REVEAL_WHOLE;
    if (!e[DRAW_REVEAL].is_there || e[DRAW_BEACON].is_there)
        return directory_why(dir, ERR_STATE,
                             "第 %llu 号%s。以 %s 作废，须在揭示之后、"
                             "信标之前",
                             (unsigned long long)draw->number,
                             draw_stage(draw), cause);
    enum err err = check_in_time(dir, draw);
    if (err == OK)
        err = reveal_judge(&state, dir, draw, e[DRAW_REVEAL].text);
    if (err != OK) return err;
    if (state == REVEAL_WHOLE)
        return directory_why(dir, ERR_STATE,
                             "第 %llu 号的揭示按时而完整，永不作废。"
                             "请等信标，再 beacon、draw",
                             (unsigned long long)draw->number);
    if (state == REVEAL_MALFORMED)
        return directory_why(dir, ERR_STATE,
                             "第 %llu 号的揭示不成其形，按规则是失败，"
                             "不是作废；本批次不能再公告",
                             (unsigned long long)draw->number);
    if (strcmp(cause, reveal_cause(state)) == 0) return OK;
    return directory_why(dir, ERR_STATE,
                         "从揭示中看到的缘由是 %s。请改用 --cause %s",
                         reveal_cause(state), reveal_cause(state));
}

static enum err prove(struct writer *head, struct directory *dir,
                      const struct draw *draw, const char *cause)
{
    static const enum reveal_state broken[] = { REVEAL_DOES_NOT_OPEN,
                                                REVEAL_CONTRIBUTOR_MISSING };
    const struct lateness *late = lateness_of(cause);
    if (late != NULL) return prove_late(head, dir, draw, late);
    for (size_t i = 0; i < 2; i++) {
        if (strcmp(cause, reveal_cause(broken[i])) == 0)
            return prove_broken(dir, draw, cause);
    }
    return directory_why(dir, ERR_INPUT,
                         "“%.40s”不是作废的缘由。只有 freeze-late、"
                         "reveal-late、does-not-open、contributor-missing",
                         cause);
}

static enum err write_void(struct directory *dir, const struct draw *draw,
                           struct entry_void *ending,
                           const struct draw_persons *persons)
{
    struct actors actors;
    uint8_t *room = malloc(ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    enum err err = actor_make(&actors, dir, persons);
    if (err == OK) {
        const struct entry_head head = { draw->number, log_time(&dir->log),
                                         draw->last };
        struct writer w = writer_into(room, ENTRY_MAX);
        ending->by[0] = actors.digest[0];
        ending->by[1] = actors.digest[1];
        entry_void(&w, &head, ending);
        const struct actor_entry entry = { writer_bytes(&w), &actors, persons,
                                           { { 0 }, { 0 } } };
        err = w.is_full ? ERR_LIMIT : actor_append(dir, &entry);
    }
    free(room);
    return err;
}

enum err draw_void(struct directory *dir, uint64_t number, const char *cause,
                   const char *reason, const struct draw_persons *persons)
{
    struct draw draw;
    uint8_t *room = malloc(EVIDENCE_NOTE_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer head = writer_into(room, EVIDENCE_NOTE_MAX);
    enum err err = draw_load(&draw, dir, number);
    if (err == OK && draw.entries[DRAW_VOID].is_there)
        err = directory_why(dir, ERR_STATE, "第 %llu 号早已作废",
                          (unsigned long long)number);
    if (err == OK) err = prove(&head, dir, &draw, cause);
    if (err == OK) {
        struct entry_void ending = { .cause = cause,
                                     .head = writer_bytes(&head),
                                     .reason = bytes_text(reason) };
        err = write_void(dir, &draw, &ending, persons);
    }
    draw_release(&draw);
    free(room);
    return err;
}
