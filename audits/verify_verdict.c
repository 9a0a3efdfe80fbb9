#include "audits/verify_verdict.h"

#include <inttypes.h>

#include "audits/verify.h"
#include "audits/verify_remark.h"

const char *verify_verdict_stage(const struct verify *v)
{
    if (v->at[KIND_ANNUL] != VERIFY_NONE) return "已撤销（抽查结果公开后）";
    if (v->at[KIND_VOID] != VERIFY_NONE) return "已作废（结果产生之前）";
    if (v->at[KIND_OPENING] != VERIFY_NONE) return "已公开";
    if (v->at[KIND_DRAW] != VERIFY_NONE) return "已抽取，对象尚未公开";
    if (v->at[KIND_BEACON] != VERIFY_NONE) return "信标已到，尚未登记抽取";
    if (v->at[KIND_REVEAL] != VERIFY_NONE) return "种子已揭示，等待信标";
    if (v->at[KIND_FREEZE] != VERIFY_NONE) return "名单已封存，等待揭示";
    return "已公告，等待封存";
}

static void print_first(FILE *to, const struct verify *v)
{
    switch (v->exit) {
    case VERIFY_HOLDS:
        fputs("核验通过：这份证明在下列范围内成立。\n", to);
        return;
    case VERIFY_REFUTED:
        fprintf(to, "核验未通过：“%s”这一条不成立。\n", v->step);
        return;
    case VERIFY_UNUSABLE:
        fprintf(to,
                "暂不能核验：“%s”这一条不满足，请重新取得证明文件，"
                "或检查给出的参数。\n",
                v->step);
        return;
    case VERIFY_UNASKED:
        if (v->is_rehearsal)
            fputs("各条均成立，但这只是演练；如果要核验的就是演练，"
                  "请加 --rehearsal。\n",
                  to);
        else
            fputs("各条均成立，但日志未经见证；如果接受，"
                  "请加 --unwitnessed。\n",
                  to);
        return;
    }
}

static void print_checks(FILE *to, const struct verify *v)
{
    fputs("\n逐条核对：\n", to);
    for (size_t i = 0; verify_rule_number(i) != NULL; i++) {
        const char *number = verify_rule_number(i);
        bool is_refused = number == v->rule;
        fprintf(to, "  [%s] %s %s\n", is_refused ? "不符" : "通过", number,
                verify_rule_step(i));
        if (is_refused) return;
    }
}

static bool is_always(const struct verify *v)
{
    (void)v;
    return true;
}

static bool is_witnessed(const struct verify *v)
{
    return !verify_case_is_unwitnessed(v);
}

static bool is_drawn(const struct verify *v)
{
    return v->at[KIND_DRAW] != VERIFY_NONE;
}

static bool is_opened(const struct verify *v)
{
    return v->at[KIND_OPENING] != VERIFY_NONE;
}

static const struct {
    enum verify_claim claim;
    bool (*holds)(const struct verify *v);
    const char *text;
} claims[] = {
    { VERIFY_PROVED, is_witnessed,
      "公告、封存、揭示在所定时限之前已经写入经见证的日志，此后未改" },
    { VERIFY_PROVED, verify_case_is_unwitnessed,
      "各条目写在同一份日志里，前后相接，此后未改" },
    { VERIFY_PROVED, is_drawn,
      "信标是所定轮次的真实签名，轮次时间在揭示时限之后" },
    { VERIFY_PROVED, is_drawn, "揭示的种子就是年初承诺的种子" },
    { VERIFY_PROVED, is_drawn, "抽中的位置由上述数值算出，任何人可重算" },
    { VERIFY_PROVED, is_opened,
      "公开的对象和检查组就是封存和抽取时所承诺的" },
    { VERIFY_PROVED, is_opened, "检查人员由同一随机数选派，可重算" },
    { VERIFY_ASSERTED, is_always,
      "封存的名单完整、真实（持有密钥和名单者可核对）" },
    { VERIFY_ASSERTED, is_always, "排除和回避的理由属实" },
    { VERIFY_ASSERTED, is_always,
      "没有另外的公告、封存、揭示或作废（audit 核对整个日志）" },
    { VERIFY_ASSERTED, is_always,
      "两人经办；未向任何人透露；检查及其结果属实" },
    { VERIFY_ASSERTED, verify_case_is_unwitnessed,
      "各步的时间（无见证人，只有组织者自己的说法）" },
    { VERIFY_TRUSTED, is_always,
      "组织者与信标不串通；见证人中不诚实的不超过上限，时钟准到 300 秒" },
    { VERIFY_TRUSTED, is_always, "保管人（如有）不泄露名单" },
    { VERIFY_TRUSTED, is_always, "SHA-256、Ed25519、BLS12-381" },
};

const char *verify_verdict_claim(const struct verify *v,
                                 enum verify_claim claim, size_t index)
{
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
        if (claims[i].claim == claim && claims[i].holds(v) && index-- == 0)
            return claims[i].text;
    return NULL;
}

static void print_claims(FILE *to, const struct verify *v)
{
    static const char *const titles[] = { "证明了", "只是声明", "需要信任" };
    static const enum verify_claim all[] = { VERIFY_PROVED, VERIFY_ASSERTED,
                                             VERIFY_TRUSTED };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *line = "";
        fprintf(to, "\n%s：\n", titles[i]);
        for (size_t k = 0; line != NULL; k++) {
            line = verify_verdict_claim(v, all[i], k);
            if (line != NULL) fprintf(to, "  · %s\n", line);
        }
    }
}

static void print_text(FILE *to, struct bytes text)
{
    fwrite(text.at, 1, text.len, to);
}

static void print_strata(FILE *to, const struct verify *v)
{
    if (v->stratum_count == 0) return;
    fputs("\n各层（总数、抽取数、比例）：\n", to);
    for (size_t i = 0; i < v->stratum_count; i++) {
        const struct verify_stratum *stratum = &v->strata[i];
        fputs("  ", to);
        print_text(to, stratum->name);
        double share = stratum->count == 0 ? 0.0 :
                                             100.0 * (double)stratum->take /
                                                 (double)stratum->count;
        fprintf(to, "：%" PRIu64 "，%" PRIu64 "，%.2f%%\n", stratum->count,
                stratum->take, share);
    }
}

/* A stranger finishes the draw: all but the teams. */
static void print_positions(FILE *to, const struct verify *v)
{
    if (!v->options.has_signature) return;
    for (size_t i = 0; i < v->stratum_count; i++)
        for (uint64_t k = 0; k < v->strata[i].take; k++) {
            print_text(to, v->strata[i].name);
            fprintf(to, "\t%" PRIu64 "\n", v->strata[i].out[k]);
        }
}

static void print_whose(FILE *to, const struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    fputs("日志：", to);
    print_text(to, v->policy->logs[0].key.name);
    fprintf(to, "\n抽查编号：%" PRIu64 "　批次：",
            value_member_u64(a, "draw"));
    print_text(to, value_member_text(a, "batch"));
    fprintf(to, "\n阶段：%s\n", verify_verdict_stage(v));
}

void verify_verdict_print(FILE *to, const struct verify *v)
{
    if (v->is_rehearsal) fputs("演练，不是正式抽查\n", to);
    print_first(to, v);
    if (v->rule != NULL) {
        fprintf(to, "rule %s\n步骤：%s\n", v->rule, v->step);
        if (v->rule[0] != '0') print_checks(to, v);
        return;
    }
    verify_remark_first(to, v);
    print_whose(to, v);
    print_strata(to, v);
    print_checks(to, v);
    print_claims(to, v);
    verify_remark_print(to, v);
    print_positions(to, v);
}
