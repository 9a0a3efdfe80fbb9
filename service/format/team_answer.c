#include "format/team_answer.h"

#include <stdlib.h>

#include "core/canon.h"

#define ANSWER_MAX ((size_t)1 << 30)     /* bytes */
enum { NUMBER_MAX = 11, OPEN_MAX = 64 }; /* bytes of a number, of the keys */

/* The array "open", growing as the listener is told of posts. */
struct answer {
    uint8_t *at;
    size_t len, max;
    bool is_after;
};

static enum err grow(struct answer *answer, size_t more)
{
    if (more > ANSWER_MAX - answer->len) return ERR_LIMIT;
    if (answer->len + more <= answer->max) return OK;
    size_t max = 2 * answer->max + more;
    uint8_t *at = realloc(answer->at, max);
    if (at == NULL) return ERR_MEMORY;
    answer->at = at;
    answer->max = max;
    return OK;
}

static void write_list(struct canon *j, const char *key, const uint32_t *list,
                       uint32_t count)
{
    canon_key(j, key);
    canon_array(j);
    for (uint32_t k = 0; k < count; k++) {
        if (list[k] == TEAM_NOBODY)
            canon_null(j);
        else
            canon_u64(j, list[k]);
    }
    canon_array_end(j);
}

static enum err add_open(void *context, const struct team_open *open)
{
    struct answer *answer = context;
    size_t numbers = (size_t)open->post_count + open->inspector_count + 1;
    enum err err = grow(answer, OPEN_MAX + NUMBER_MAX * numbers);
    if (err != OK) return err;

    struct writer w =
        writer_into(answer->at + answer->len, answer->max - answer->len);
    struct canon j = canon_into(&w);
    if (answer->is_after) writer_byte(&w, ',');
    canon_object(&j);
    canon_member_u64(&j, "post", open->post);
    write_list(&j, "posts", open->posts, open->post_count);
    write_list(&j, "inspectors", open->inspectors, open->inspector_count);
    canon_object_end(&j);
    answer->len += w.len;
    answer->is_after = true;
    return w.is_full ? ERR_FULL : OK;
}

static enum err write_answer(struct bytes *text, const uint32_t *holders,
                             uint32_t count, const struct answer *open)
{
    size_t max = OPEN_MAX + (size_t)NUMBER_MAX * count + open->len;
    uint8_t *at = malloc(max);
    if (at == NULL) return ERR_MEMORY;

    struct writer w = writer_into(at, max);
    struct canon j = canon_into(&w);
    canon_object(&j);
    write_list(&j, "holders", holders, count);
    canon_key(&j, "open");
    canon_array(&j);
    writer_add(&w, bytes_of(open->at, open->len));
    canon_array_end(&j);
    canon_object_end(&j);
    *text = writer_bytes(&w);
    return OK;
}

enum err team_answer_text(struct bytes *answer,
                          const struct team_problem *problem,
                          const struct hash *seed)
{
    size_t len = team_workspace_len(problem);
    if (len == 0) return ERR_LIMIT;

    struct answer open = { NULL, 0, 0, false };
    struct team_listener listener = { add_open, &open };
    void *workspace = malloc(len);
    uint32_t *holders =
        calloc((size_t)problem->post_count + 1, sizeof *holders);
    enum err err = ERR_MEMORY;
    if (workspace != NULL && holders != NULL)
        err = team_solve(holders, problem, seed, workspace, len, &listener);
    if (err == OK)
        err = write_answer(answer, holders, problem->post_count, &open);
    if (err == ERR_EXISTS || err == ERR_RANGE) err = ERR_INPUT;
    free(holders);
    free(workspace);
    free(open.at);
    return err;
}
