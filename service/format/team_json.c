#include "format/team_json.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/canon.h"
#include "format/json_read.h"

/* The arrays of the document, borrowed from it. */
struct document {
    const json_t *posts, *pools, *caps, *recused;
    char *reason;
};

static enum err refuse(const struct document *document, const char *what,
                       size_t index)
{
    snprintf(document->reason, TEAM_JSON_REASON_MAX, "%s（第 %zu 项，从 0 数）",
             what, index);
    return ERR_INPUT;
}

static enum err find_arrays(struct document *document, const json_t *root)
{
    static const char *const keys[] = { "posts", "pools", "caps", "recused" };
    const json_t **const arrays[] = { &document->posts, &document->pools,
                                      &document->caps, &document->recused };
    if (json_read_keys(root, keys, 4) != OK) {
        snprintf(document->reason, TEAM_JSON_REASON_MAX,
                 "应为对象，且恰有 posts、pools、caps、recused 四个键");
        return ERR_INPUT;
    }
    for (size_t k = 0; k < 4; k++) {
        *arrays[k] = json_read_member(root, keys[k]);
        if (json_is_array(*arrays[k])) continue;
        snprintf(document->reason, TEAM_JSON_REASON_MAX, "%s 应为数组",
                 keys[k]);
        return ERR_INPUT;
    }
    return OK;
}

static size_t count_members(const struct document *document)
{
    size_t members = 0;
    for (size_t g = 0; g < json_array_size(document->pools); g++)
        members += json_array_size(json_array_get(document->pools, g));
    return members;
}

/* One lent block for all lists, pools first: they need the alignment. */
static enum err lay_out(struct team_json *read, const struct document *document,
                        uint32_t **members)
{
    size_t posts = json_array_size(document->posts);
    size_t pools = json_array_size(document->pools);
    size_t caps = json_array_size(document->caps);
    size_t recused = json_array_size(document->recused);
    size_t count = count_members(document);
    if (posts > TEAM_POSTS_MAX || pools > TEAM_POOLS_MAX ||
        caps > TEAM_INSPECTORS_MAX || recused > TEAM_RECUSALS_MAX ||
        count > TEAM_MEMBERS_MAX) {
        snprintf(document->reason, TEAM_JSON_REASON_MAX,
                 "岗位、人员池、人员或回避的数目超过上限");
        return ERR_LIMIT;
    }
    read->room = calloc(1, pools * sizeof(struct team_pool) +
                               posts * sizeof(struct team_post) +
                               recused * sizeof(struct team_recusal) +
                               (caps + count) * sizeof(uint32_t) + 1);
    if (read->room == NULL) {
        snprintf(document->reason, TEAM_JSON_REASON_MAX, "内存不足");
        return ERR_MEMORY;
    }
    struct team_pool *pool = read->room;
    struct team_post *post = (struct team_post *)(pool + pools);
    struct team_recusal *recusal = (struct team_recusal *)(post + posts);
    uint32_t *cap = (uint32_t *)(recusal + recused);
    *members = cap + caps;
    read->problem = (struct team_problem){
        .posts = post,
        .post_count = (uint32_t)posts,
        .pools = pool,
        .pool_count = (uint32_t)pools,
        .caps = cap,
        .inspector_count = (uint32_t)caps,
        .recusals = recusal,
        .recusal_count = (uint32_t)recused,
    };
    return OK;
}

/* [first, second], each below its bound. */
static bool read_pair(uint32_t pair[2], const json_t *value, uint64_t first,
                      uint64_t second)
{
    uint64_t a, b;
    if (!json_is_array(value) || json_array_size(value) != 2) return false;
    if (json_read_u64(&a, json_array_get(value, 0), first) != OK) return false;
    if (json_read_u64(&b, json_array_get(value, 1), second) != OK) return false;
    pair[0] = (uint32_t)a;
    pair[1] = (uint32_t)b;
    return a < first && b < second;
}

static enum err read_posts(struct team_json *read, struct team_post *posts,
                           const struct document *document)
{
    struct team_problem *problem = &read->problem;
    for (size_t p = 0; p < problem->post_count; p++) {
        uint32_t pair[2];
        if (!read_pair(pair, json_array_get(document->posts, p),
                       TEAM_TARGETS_MAX, problem->pool_count))
            return refuse(document,
                          "posts 应为 [对象号,池号]，对象号小于 "
                          "16777216，池号须在 pools 之内",
                          p);
        posts[p] = (struct team_post){ pair[0], pair[1] };
        if (pair[0] >= problem->target_count)
            problem->target_count = pair[0] + 1;
    }
    return OK;
}

static enum err read_recusals(struct team_json *read,
                              struct team_recusal *recusals,
                              const struct document *document)
{
    struct team_problem *problem = &read->problem;
    for (size_t r = 0; r < problem->recusal_count; r++) {
        uint32_t pair[2];
        if (!read_pair(pair, json_array_get(document->recused, r),
                       TEAM_TARGETS_MAX, problem->inspector_count))
            return refuse(document,
                          "recused 应为 [对象号,人员号]，对象号小于 "
                          "16777216，人员号须在 caps 之内",
                          r);
        recusals[r] = (struct team_recusal){ pair[0], pair[1] };
        if (pair[0] >= problem->target_count)
            problem->target_count = pair[0] + 1;
    }
    return OK;
}

static enum err read_caps(const struct team_json *read, uint32_t *caps,
                          const struct document *document)
{
    for (size_t i = 0; i < read->problem.inspector_count; i++) {
        const json_t *value = json_array_get(document->caps, i);
        uint64_t cap = TEAM_NO_CAP;
        if (!json_read_is_null(value) &&
            json_read_u64(&cap, value, TEAM_NO_CAP - 1) != OK)
            return refuse(document, "caps 应为 0 以上的整数或 null", i);
        caps[i] = (uint32_t)cap;
    }
    return OK;
}

static enum err read_pools(const struct team_json *read,
                           struct team_pool *pools, uint32_t *members,
                           const struct document *document)
{
    for (size_t g = 0; g < read->problem.pool_count; g++) {
        const json_t *list = json_array_get(document->pools, g);
        if (!json_is_array(list))
            return refuse(document, "pools 应为数组的数组", g);
        size_t count = json_array_size(list);
        pools[g] = (struct team_pool){ members, (uint32_t)count };
        for (size_t k = 0; k < count; k++) {
            uint64_t i;
            if (json_read_u64(&i, json_array_get(list, k), UINT32_MAX) != OK ||
                i >= read->problem.inspector_count)
                return refuse(document,
                              "pools 中的人员号应为整数，且在 caps 之内", g);
            *members++ = (uint32_t)i;
        }
    }
    return OK;
}

static enum err read_lists(struct team_json *read,
                           const struct document *document)
{
    uint32_t *members;
    enum err err = lay_out(read, document, &members);
    if (err != OK) return err;

    /* The same lists as in the problem, while they may still be written. */
    struct team_pool *pools = read->room;
    struct team_post *posts =
        (struct team_post *)(pools + read->problem.pool_count);
    struct team_recusal *recusals =
        (struct team_recusal *)(posts + read->problem.post_count);
    uint32_t *caps = (uint32_t *)(recusals + read->problem.recusal_count);
    err = read_posts(read, posts, document);
    if (err == OK) err = read_recusals(read, recusals, document);
    if (err == OK) err = read_caps(read, caps, document);
    if (err == OK) err = read_pools(read, pools, members, document);
    return err;
}

enum err team_json_read(struct team_json *read,
                        char reason[TEAM_JSON_REASON_MAX], struct bytes text)
{
    *read = (struct team_json){ .room = NULL };
    reason[0] = '\0';
    struct document document = { .reason = reason };
    json_t *root = NULL;
    enum err err = json_read_text(&root, text);
    if (err == ERR_LIMIT)
        snprintf(reason, TEAM_JSON_REASON_MAX, "文本过长或嵌套过深");
    else if (err != OK)
        snprintf(reason, TEAM_JSON_REASON_MAX, "不是合格的 JSON 文本");
    if (err == ERR_FORMAT) err = ERR_INPUT;

    if (err == OK) err = find_arrays(&document, root);
    if (err == OK) err = read_lists(read, &document);
    json_decref(root);
    if (err != OK) team_json_release(read);
    return err;
}

void team_json_release(struct team_json *read)
{
    free(read->room);
    *read = (struct team_json){ .room = NULL };
}
