#include "domain/draw_check.h"

#include "audits/form.h"
#include "audits/verify_table.h"
#include "format/json_read.h"
#include "store/store_log.h"

#include <stdlib.h>
#include <string.h>

static enum err check_times(struct directory *dir,
                            const struct announcement *a)
{
    uint64_t gap = dir->is_rehearsal ? 1 : 60;
    uint64_t lead = dir->is_rehearsal ? 0 : a->is_urgent ? 1800 : 86400;
    if (a->time + lead > a->t0)
        return directory_why(dir, ERR_INPUT,
                           "公告须比封存时间 t0 早至少 %llu 秒。"
                           "请推迟 t0；确属临时任务的写 urgent: 1",
                           (unsigned long long)lead);
    if (a->t0 + gap > a->t1 || a->t1 >= a->t4 ||
        a->t4 - a->t1 > 366u * 86400u)
        return directory_why(dir, ERR_INPUT,
                           "时间次序不对：t1 须比 t0 晚至少 %llu 秒，"
                           "t4 须在 t1 之后 366 天以内",
                           (unsigned long long)gap);
    return OK;
}

static enum err check_strata(struct directory *dir,
                             const struct announcement *a)
{
    for (size_t i = 0; i < a->stratum_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (bytes_equal(a->strata[i].name, a->strata[j].name))
                return directory_why(dir, ERR_INPUT, "分层名称重复");
        }
    }
    bool is_one = a->stratum_count == 1 &&
                  bytes_equal_text(a->strata[0].name, "全部");
    if (a->stratify == COLUMN_NONE && !is_one)
        return directory_why(dir, ERR_INPUT,
                           "不分层（stratify: none）时只有一层“全部”");
    if (a->is_open && !announcement_is_public(a))
        return directory_why(dir, ERR_INPUT,
                           "含内部分层的抽查不能用公开方式（mode: open）");
    if (a->is_test != dir->is_rehearsal)
        return directory_why(dir, ERR_INPUT,
                           "test 信标只能用于演练，演练也只能用它");
    return OK;
}

static bool is_quota_of(const json_t *quota, const json_t *stratum)
{
    return json_equal(json_object_get(quota, "take"),
                      json_object_get(stratum, "take")) &&
           json_equal(json_object_get(quota, "least"),
                      json_object_get(stratum, "least"));
}

/* One quota for the whole batch: a rate for each, or counts that sum up. */
static bool is_whole_met(const json_t *quota, const json_t *strata,
                         const struct announcement *a)
{
    struct rate whole;
    uint64_t sum = 0;
    if (rate_read(&whole, bytes_text(json_read_plain(quota, "take"))) != OK)
        return false;
    for (size_t i = 0; i < a->stratum_count; i++) {
        if (a->strata[i].take.is_percent != whole.is_percent) return false;
        if (whole.is_percent &&
            !is_quota_of(quota, json_array_get(strata, i)))
            return false;
        sum += a->strata[i].take.amount;
    }
    return whole.is_percent || sum == whole.amount;
}

static enum err check_quotas(struct directory *dir, const json_t *batch,
                             const struct announcement *a)
{
    const json_t *quotas = json_object_get(batch, "quotas");
    const json_t *strata = json_object_get(a->root, "strata");
    size_t count = json_array_size(quotas);
    bool is_met = count == a->stratum_count;
    const json_t *first = json_array_get(quotas, 0);
    if (count == 1 && strcmp(json_read_plain(first, "name"), "全部") == 0) {
        is_met = is_whole_met(first, strata, a);
    } else {
        for (size_t i = 0; is_met && i < count; i++) {
            const json_t *quota = json_array_get(quotas, i);
            const json_t *stratum = json_array_get(strata, i);
            is_met = strcmp(json_read_plain(quota, "name"),
                            json_read_plain(stratum, "name")) == 0 &&
                     is_quota_of(quota, stratum);
        }
    }
    if (is_met) return OK;
    return directory_why(dir, ERR_INPUT,
                       "分层的数量或比例与计划不符。"
                       "计划要改，先公布计划调整");
}

static bool is_named_in(const json_t *name, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (json_equal(name, json_array_get(list, i))) return true;
    }
    return false;
}

static enum err check_plan(struct directory *dir, const json_t *batch,
                           const struct announcement *a)
{
    const json_t *items = json_object_get(a->root, "items");
    const json_t *departments = json_object_get(a->root, "departments");
    const json_t *planned = json_object_get(batch, "departments");
    for (size_t i = 0; i < json_array_size(items); i++) {
        if (!is_named_in(json_array_get(items, i),
                         json_object_get(batch, "items")))
            return directory_why(dir, ERR_INPUT,
                               "有抽查事项不在计划的这个批次里");
    }
    bool is_same = json_array_size(planned) == a->department_count;
    for (size_t i = 0; is_same && i < a->department_count; i++)
        is_same = json_equal(
            json_array_get(planned, i),
            json_object_get(json_array_get(departments, i), "name"));
    if (!is_same)
        return directory_why(dir, ERR_INPUT, "部门与计划的这个批次不一致");
    return check_quotas(dir, batch, a);
}

/* A witness of the policy in force, or nobody. */
static enum err check_mirror(struct directory *dir,
                             const struct announcement *a)
{
    struct policy *policy = malloc(sizeof *policy);
    uint8_t *room = malloc(POLICY_TEXT_MAX);
    enum err err = policy == NULL || room == NULL ? ERR_MEMORY : OK;
    bool is_there = a->mirror.len == 0;
    if (err == OK && !is_there) {
        struct writer w = writer_into(room, POLICY_TEXT_MAX);
        err = store_log_policy_read(&w, dir->db, &a->policy);
        if (err == OK) err = policy_read_canonical(policy, writer_bytes(&w));
        for (uint32_t i = 0; err == OK && i < policy->witness_count; i++)
            if (bytes_equal(policy->witnesses[i].name, a->mirror))
                is_there = true;
    }
    free(room);
    free(policy);
    if (err != OK || is_there) return err;
    return directory_why(dir, ERR_INPUT,
                         "公告的 mirror 不是见证规则中的见证人");
}

/* Key by key as verifiers read it, so that the message can name one. */
static enum err check_form(struct directory *dir, struct bytes text)
{
    const struct form_check check = { 0 };
    const struct form *form = &verify_table[KIND_ANNOUNCEMENT].form;
    struct arena arena = { 0 };
    const struct value *value = value_read(&arena, text, CANON_SORTED);
    const char *wrong = NULL;
    for (size_t i = 0; value != NULL && form->keys[i].name != NULL; i++) {
        const struct form_key *key = &form->keys[i];
        const struct value *member = value_member(value, key->name);
        bool is_good = member != NULL && form_fits(&check, key->form, member);
        if (!is_good && wrong == NULL) wrong = key->name;
    }
    bool is_whole = value != NULL && form_fits(&check, form, value);
    bool is_short = arena.is_short;
    arena_release(&arena);
    if (is_short) return ERR_MEMORY;
    if (is_whole) return OK;
    return directory_why(dir, ERR_INPUT,
                         "公告的“%s”缺少、类型不对或超出范围，"
                         "请对照 audits/FORMAT.md 第 3.5 节",
                         wrong == NULL ? "内容" : wrong);
}

enum err draw_check_announcement(struct directory *dir, const json_t *batch,
                                 struct bytes text)
{
    struct announcement a;
    enum err err = check_form(dir, text);
    if (err != OK) return err;
    err = announcement_read(&a, text);
    if (err != OK)
        return directory_why(dir, ERR_INPUT,
                           "公告的内容不完整或类型不对，"
                           "请对照 audits/FORMAT.md 第 12 节");
    err = check_times(dir, &a);
    if (err == OK) err = check_strata(dir, &a);
    if (err == OK) err = check_plan(dir, batch, &a);
    if (err == OK) err = check_mirror(dir, &a);
    announcement_release(&a);
    return err;
}
