/* fuzz: service/format/team_json.c service/format/team_answer.c */
/*
 * team_fuzz — any text: read as a team problem, solved, and each certificate
 * checked by its inequality.
 *
 * What is refused is refused with a reason; the same problem and seed give
 * the same answer; an answer is JSON.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/json_read.h"
#include "format/team_answer.h"
#include "format/team_json.h"

/* Larger ones are lawful, but a run shall be short. */
enum { POSTS = 200, TARGETS = 5000, PEOPLE = 500, RECUSALS = 2000 };

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds) abort();
}

struct judge {
    const struct team_problem *problem;
    void *room;
    size_t len;
};

static enum err judge(void *context, const struct team_open *open)
{
    struct judge *judge = context;
    check(team_certificate_holds(judge->problem, open->posts, open->post_count,
                                 judge->room, judge->len));
    return OK;
}

static void check_certificates(const struct team_problem *problem,
                               const struct hash *seed)
{
    size_t len = team_workspace_len(problem);
    void *room = malloc(len), *other = malloc(len);
    uint32_t *holders =
        calloc((size_t)problem->post_count + 1, sizeof *holders);
    check(room != NULL && other != NULL && holders != NULL);
    struct judge context = { problem, other, len };
    struct team_listener listener = { judge, &context };
    check(team_solve(holders, problem, seed, room, len, &listener) == OK);
    free(holders);
    free(other);
    free(room);
}

static void check_problem(const struct team_problem *problem)
{
    struct hash seed = { { 3 } };
    struct bytes first, second;
    enum err err = team_answer_text(&first, problem, &seed);
    check(err == OK || err == ERR_INPUT);
    if (err != OK) return;

    json_t *root = NULL;
    check(json_read_text(&root, first) == OK);
    json_decref(root);
    check(team_answer_text(&second, problem, &seed) == OK);
    check(bytes_equal(first, second));
    free((void *)(uintptr_t)first.at);
    free((void *)(uintptr_t)second.at);
    check_certificates(problem, &seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct team_json read;
    char reason[TEAM_JSON_REASON_MAX];
    enum err err = team_json_read(&read, reason, bytes_of(at, len));
    check((err == OK) == (reason[0] == '\0'));
    const struct team_problem *problem = &read.problem;
    if (err == OK && problem->post_count <= POSTS &&
        problem->target_count <= TARGETS &&
        problem->inspector_count <= PEOPLE &&
        problem->recusal_count <= RECUSALS)
        check_problem(problem);
    team_json_release(&read);
    return 0;
}
