#include "domain/witness.h"

#include <stdlib.h>

#include "domain/evidence.h"
#include "store/db.h"

/* What is large lives here, off the stack. */
struct time_job {
    struct policy_view view;
    struct note note;
    uint8_t text[EVIDENCE_NOTE_MAX];
};

/* When a quorum stood under the head of this size. */
static enum err quorum_time(uint64_t *time, struct time_job *job, struct db *db,
                            const struct evidence_wish *wish)
{
    struct writer w = writer_into(job->text, sizeof job->text);
    enum err err = evidence_note(&w, db, wish);
    if (err == OK) err = note_read(&job->note, writer_bytes(&w));
    if (err == OK) err = policy_view_note(&job->view, wish->policy, &job->note);
    if (err != OK) return err;
    return wish->end == STORE_HEAD_EARLIEST
               ? policy_first_time(time, wish->policy, &job->view)
               : policy_last_time(time, wish->policy, &job->view);
}

/*
 * Heads in the one direction until one proves it.  The first one that does
 * is taken: for on time the smallest, for late the largest permitted.
 */
static enum err search(struct witness_answer *answer, struct db *db,
                       const struct witness_question *question,
                       enum store_head_end end)
{
    if (question->policy->quorum.who == POLICY_NONE) return ERR_STATE;
    struct time_job *job = malloc(sizeof *job);
    if (job == NULL) return ERR_MEMORY;

    bool is_up = end == STORE_HEAD_EARLIEST;
    enum store_head_which way = is_up ? STORE_HEAD_AFTER : STORE_HEAD_BEFORE;
    struct store_head head;
    uint64_t from = is_up ? question->index : question->index + 1;
    enum err err = store_head_read(&head, db, way, from);
    while (err == OK) {
        const struct evidence_wish wish = { .size = head.head.size,
                                            .end = end,
                                            .policy = question->policy };
        uint64_t time = 0;
        err = quorum_time(&time, job, db, &wish);
        bool is_proof = err == OK && (is_up ? time <= question->deadline
                                            : time > question->deadline);
        if (is_proof) {
            *answer = (struct witness_answer){ wish.size, time };
            break;
        }
        if (err != OK && err != ERR_ABSENT) break;
        err = store_head_read(&head, db, way, wish.size);
    }
    free(job);
    return err;
}

enum err witness_on_time(struct witness_answer *answer, struct db *db,
                         const struct witness_question *question)
{
    return search(answer, db, question, STORE_HEAD_EARLIEST);
}

enum err witness_late(struct witness_answer *answer, struct db *db,
                      const struct witness_question *question)
{
    return search(answer, db, question, STORE_HEAD_LATEST);
}
