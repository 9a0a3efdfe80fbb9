#include "audits/verify_remark.h"

#include <inttypes.h>

#include "host/clock.h"

enum { DAY_S = 86400, MUCH = 3 };

static void print_text(FILE *to, struct bytes text)
{
    fwrite(text.at, 1, text.len, to);
}

static uint64_t time_of(const struct verify *v, enum verify_kind kind)
{
    return value_member_u64(verify_case_value(v, kind), "time");
}

static void print_lead(FILE *to, const struct verify *v)
{
    uint64_t t0 =
        value_member_u64(verify_case_value(v, KIND_ANNOUNCEMENT), "t0");
    uint64_t seen = time_of(v, KIND_ANNOUNCEMENT);
    if (policy_first_time(&seen, v->policy, &v->heads[HEAD_ANNOUNCED].view) !=
        OK)
        seen = time_of(v, KIND_ANNOUNCEMENT);
    fprintf(to, "  · 公告比封存提前 %" PRIu64 " 小时 %" PRIu64 " 分\n",
            (t0 - seen) / 3600, (t0 - seen) % 3600 / 60);
}

static void print_late(FILE *to, const struct verify *v)
{
    if (v->at[KIND_REVEAL] == VERIFY_NONE || v->at[KIND_VOID] != VERIFY_NONE)
        return;
    uint64_t due = chain_time(&v->chain, v->round) + DAY_S;
    if (v->at[KIND_DRAW] == VERIFY_NONE) {
        if (v->has_as_of && v->as_of > due)
            fputs("  ● 已定未办：信标时间过后 24 小时仍未登记抽取\n", to);
        return;
    }
    if (time_of(v, KIND_BEACON) > due)
        fputs("  ● 信标登记迟于其时间 24 小时以上\n", to);
    if (time_of(v, KIND_DRAW) > due)
        fputs("  ● 抽取登记迟于信标时间 24 小时以上\n", to);
}

static void print_mirror(FILE *to, const struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    struct bytes mirror = value_member_text(a, "mirror");
    const struct verify_head *head = &v->heads[HEAD_REVEALED];
    if (v->at[KIND_REVEAL] == VERIFY_NONE) return;
    for (uint32_t i = 0; i < v->policy->witness_count; i++)
        if (bytes_equal(v->policy->witnesses[i].name, mirror) &&
            (head->view.witnesses >> i & 1) != 0 &&
            head->view.times[i].earliest <= value_member_u64(a, "t1"))
            return;
    fputs("  ● 揭示未经镜像按时见证：组织者可在得知结果后使本次抽取落空\n",
          to);
}

static void print_announced(FILE *to, const struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    const struct value *given = value_member(a, "given");
    const struct value *custodian = value_member(a, "custodian");
    if (!value_is_null(given)) {
        fputs("  ● 检查对象由", to);
        print_text(to, value_member_text(given, "by"));
        fputs("抽取，本系统不证明其随机性\n", to);
    }
    if (value_is_null(custodian)) {
        fputs("  ● 名单密钥只在组织者手中\n", to);
    } else if (!v->is_public) {
        fputs("  · 完整性由", to);
        print_text(to, value_member_text(custodian, "name"));
        fputs("核对\n", to);
    }
}

static void print_follows(FILE *to, const struct verify *v)
{
    const struct value *list =
        verify_case_list(v, verify_case_value(v, KIND_PLAN), "batches");
    struct bytes code =
        value_member_text(verify_case_value(v, KIND_ANNOUNCEMENT), "batch");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at)) {
        uint64_t follows = value_member_u64(at, "follows");
        if (follows != 0 && bytes_equal(value_member_text(at, "code"), code))
            fprintf(to,
                    "本批次的事项和范围与未成的第 %" PRIu64
                    " 号抽取相同\n",
                    follows);
    }
}

static void print_shares(FILE *to, const struct verify *v)
{
    double take = 0, count = 0;
    for (size_t i = 0; i < v->stratum_count; i++) {
        take += (double)v->strata[i].take;
        count += (double)v->strata[i].count;
    }
    for (size_t i = 0; i < v->stratum_count; i++) {
        const struct verify_stratum *one = &v->strata[i];
        if ((double)one->take * count > MUCH * take * (double)one->count) {
            fputs("  ● “", to);
            print_text(to, one->name);
            fputs("”的抽取比例超过全部的三倍\n", to);
        }
        if (one->drops == 0 || v->at[KIND_DRAW] == VERIFY_NONE) continue;
        fputs("  ● “", to);
        print_text(to, one->name);
        fprintf(to, "”已递补 %" PRIu64 "，抽取 %" PRIu64 "\n", one->drops,
                one->take);
    }
}

/* The date's midnight in Beijing, Unix seconds; the far future: no date. */
static uint64_t date_time(struct bytes date)
{
    char room[CLOCK_TEXT_MAX];
    struct writer w = writer_into(room, sizeof room);
    writer_add(&w, date);
    writer_text(&w, "T00:00:00+08:00");
    uint64_t time;
    return clock_read(&time, writer_bytes(&w)) == OK ? time : UINT64_MAX;
}

static void print_place(FILE *to, const struct value *entry)
{
    print_text(to, value_member_text(entry, "stratum"));
    fprintf(to, " 第 %" PRIu64 " 位", value_member_u64(entry, "position"));
}

static size_t standins_before(const struct verify *v, size_t index)
{
    const struct value *now = v->entries[index].value;
    size_t count = 0;
    for (size_t i = 0; i < index; i++) {
        const struct value *value = v->entries[i].value;
        count += v->entries[i].kind == KIND_STAND_IN &&
                 value_member_u64(value, "position") ==
                     value_member_u64(now, "position") &&
                 bytes_equal(value_member_text(value, "stratum"),
                             value_member_text(now, "stratum"));
    }
    return count;
}

static void print_changes(FILE *to, const struct verify *v)
{
    uint64_t t0 =
        value_member_u64(verify_case_value(v, KIND_ANNOUNCEMENT), "t0");
    for (size_t i = 0; i < v->entry_count; i++) {
        const struct verify_entry *entry = &v->entries[i];
        if (entry->kind == KIND_STAND_IN) {
            fputs("  ● 已换人：", to);
            print_place(to, entry->value);
            fputs(standins_before(v, i) > 0 ? "（不止一次）\n" : "\n", to);
        }
        if (entry->kind == KIND_DIRECT) {
            fputs("  ● 指定，非随机：", to);
            print_place(to, entry->value);
            fputc('\n', to);
        }
        if (entry->kind == KIND_REPLACEMENT && entry->why != NULL &&
            date_time(value_member_text(entry->why, "date")) <= t0) {
            fputs("  ● 封存的名单有误（注销等日期早于封存）：", to);
            print_place(to, entry->value);
            fputc('\n', to);
        }
    }
}

/* Eligible people of a post, and how many seats draw on the same pool. */
static bool is_scarce(const struct verify *v, const struct value *duty,
                      const struct value *post)
{
    const struct value *recused = value_member(duty, "recused");
    const struct value *posts = value_member(duty, "posts");
    struct standin_list pool = v->pools[value_u64(post)];
    uint64_t seats = 0, eligible = pool.count;
    const struct value *at = value_first(posts);
    for (; at != NULL; at = value_next(posts, at))
        seats += value_u64(at) == value_u64(post);
    for (at = value_first(recused); at != NULL; at = value_next(recused, at))
        for (size_t i = 0; i < pool.count; i++)
            eligible -= pool.at[i] == value_u64(at);
    return eligible < 2 * seats;
}

static void print_scarce(FILE *to, const struct verify *v)
{
    uint64_t scarce = 0;
    if (v->pools == NULL) return;
    for (size_t i = 0; i < v->target_count; i++) {
        const struct value *duty = v->targets[i].duty;
        const struct value *posts = value_member(duty, "posts");
        const struct value *at = value_first(posts);
        for (; at != NULL; at = value_next(posts, at))
            scarce += is_scarce(v, duty, at);
    }
    if (scarce != 0)
        fprintf(to, "  ● %" PRIu64 " 个岗位可选的人不到所需的两倍\n", scarce);
}

static void print_trust(FILE *to, const struct verify *v)
{
    const struct policy *policy = v->asked != NULL ? v->asked : v->policy;
    struct policy_bound bound = policy_bound(policy);
    if (bound.n == 0)
        fputs("  ● 未经见证：各步的时间只是组织者的声明\n", to);
    else
        fprintf(to,
                "  · 见证人 %" PRIu32 "，须 %" PRIu32
                "；其中不诚实的至多 %" PRId32 " 位时，只有一份日志\n",
                bound.n, bound.q, bound.f);
    if (v->options.vkey.len == 0)
        fputs("  ● 签名的公钥是这份文件自己写的；请用 --vkey "
              "给出从别处得到的公钥\n",
              to);
}

void verify_remark_first(FILE *to, const struct verify *v)
{
    static const struct hash zeros = { { 0 } };
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    if (!hash_equal(value_member_hash(a, "ending"), zeros))
        fputs("本批次第二次抽取：此前一次已作废或撤销，见日志\n", to);
    print_follows(to, v);
}

void verify_remark_print(FILE *to, const struct verify *v)
{
    fputs("\n提示：\n", to);
    print_announced(to, v);
    print_lead(to, v);
    print_late(to, v);
    print_mirror(to, v);
    print_shares(to, v);
    print_changes(to, v);
    print_scarce(to, v);
    print_trust(to, v);
}
