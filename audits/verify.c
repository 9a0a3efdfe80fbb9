#include "audits/verify.h"

#include "audits/verify_rule.h"

struct rule {
    const char *number, *step;
    bool (*holds)(struct verify *v);
};

static const struct rule rules[] = {
    { "1.01", "文件大小不超过上限", verify_proof_size },
    { "1.02", "文件是唯一的规范写法", verify_proof_canonical },
    { "1.03", "文件的键、类型和个数", verify_proof_form },
    { "2.01", "附件与其散列值一致", verify_bytes_attachments },
    { "2.02", "见证规则的写法与日志公钥", verify_bytes_policy },
    { "2.03", "日志头的写法", verify_bytes_notes },
    { "2.04", "日志头的签名", verify_bytes_log_signatures },
    { "2.05", "见证人的签名", verify_bytes_cosignatures },
    { "2.06", "日志只增不改", verify_bytes_consistency },
    { "2.07", "各条目在日志之中", verify_bytes_inclusion },
    { "3.01", "各条目是规范写法", verify_entry_canonical },
    { "3.02", "条目的种类与次序", verify_entry_order },
    { "3.03", "各条目的键、类型和范围", verify_entry_form },
    { "3.04", "附件与条目相符，不多不少", verify_entry_attachments },
    { "3.05", "清单各元素的类型", verify_entry_elements },
    { "3.06", "日志头不多不少", verify_entry_heads },
    { "3.07", "名单行、岗位、组员等文本的写法", verify_text_form },
    { "4.01", "日志的名称与性质", verify_log_origin },
    { "4.02", "各条目前后相接", verify_log_prev },
    { "4.03", "时间不倒退", verify_log_time },
    { "4.04", "抽查编号", verify_log_draw },
    { "4.05", "种子承诺在种子簿之中", verify_log_book },
    { "4.06", "公告与年度计划相符", verify_log_plan },
    { "4.07", "公告所定的见证规则", verify_log_policy },
    { "4.08", "信标链", verify_log_chain },
    { "4.09", "封存、揭示、公开的时限", verify_log_times },
    { "4.10", "公告提前量", verify_time_lead },
    { "4.11", "公开方式与分层", verify_log_mode },
    { "4.12", "封存的各层与排除数", verify_freeze_strata },
    { "4.13", "封存抽查不泄露对象", verify_freeze_hiding },
    { "4.14", "人员池与任务上限", verify_freeze_pools },
    { "4.15", "保管人的签名", verify_freeze_custody },
    { "4.16", "名单按时封存", verify_time_freeze },
    { "4.17", "种子按时揭示", verify_time_reveal },
    { "4.18", "揭示的种子与承诺一致", verify_reveal_secret },
    { "4.19", "参与方的随机数齐全", verify_reveal_contributions },
    { "4.20", "作废的理由成立", verify_reveal_void },
    { "4.21", "信标的轮次", verify_draw_round },
    { "4.22", "信标的签名", verify_draw_beacon },
    { "4.23", "各层的总数与抽取数", verify_draw_strata },
    { "4.24", "抽中的位置", verify_draw_positions },
    { "4.25", "递补", verify_draw_replacements },
    { "4.26", "顶替与直接委派的岗位", verify_draw_posts },
    { "4.27", "撤销在公开之后", verify_draw_annul },
    { "4.28", "抽中的对象全部公开", verify_opening_targets },
    { "4.29", "公开的名单密钥", verify_opening_key },
    { "4.30", "公开的对象在封存的名单之中", verify_opening_rows },
    { "4.31", "岗位与回避", verify_opening_duties },
    { "4.32", "检查组与抽取时一致", verify_crew_drawn },
    { "4.33", "检查人员在封存的名录之中", verify_crew_inspectors },
    { "4.34", "后来的检查组", verify_crew_later },
    { "4.35", "检查人员的随机选派", verify_team_holders },
    { "4.36", "封存期间的理由全部公开", verify_opening_disclosures },
    { "4.37", "顶替与递补的人选", verify_standin_crews },
    { "4.38", "按时公开", verify_time_opened },
    { "4.39", "最后的日志头经足够的见证", verify_time_quorum },
    { "4.40", "另给的见证规则", verify_time_asked },
    { "4.41", "另给的信标签名", verify_draw_signature },
};

enum { RULE_COUNT = sizeof rules / sizeof *rules };

const char *verify_rule_number(size_t index)
{
    return index < RULE_COUNT ? rules[index].number : NULL;
}

const char *verify_rule_step(size_t index)
{
    return index < RULE_COUNT ? rules[index].step : NULL;
}

static void refuse(struct verify *v, enum verify_exit exit, const char *rule,
                   const char *step)
{
    v->exit = exit;
    v->rule = rule;
    v->step = step;
}

/* Keys and policies that a reader brought must be usable before we begin. */
static bool are_options_usable(struct verify *v)
{
    struct note_key key;
    if (v->options.vkey.len != 0 &&
        (note_key_read(&key, v->options.vkey) != OK ||
         key.type != NOTE_ED25519))
        return false;
    if (v->options.policy.len == 0) return true;
    v->asked = arena_take(&v->arena, 1, sizeof *v->asked);
    return v->asked != NULL &&
           policy_read(v->asked, v->options.policy) == OK;
}

void verify_run(struct verify *v, struct bytes file,
                const struct verify_options *options)
{
    *v = (struct verify){ .file = file, .options = *options };
    if (!are_options_usable(v)) {
        refuse(v, VERIFY_UNUSABLE, "0", "给出的公钥或见证规则可用");
        return;
    }
    for (size_t i = 0; i < RULE_COUNT; i++) {
        bool holds = rules[i].holds(v);
        if (v->arena.is_short) {
            refuse(v, VERIFY_UNUSABLE, "0", "内存足够");
            return;
        }
        if (holds) continue;
        bool is_outer = rules[i].number[0] == '1';
        refuse(v, is_outer ? VERIFY_UNUSABLE : VERIFY_REFUTED,
               rules[i].number, rules[i].step);
        return;
    }
    v->exit = VERIFY_HOLDS;
    if (v->is_rehearsal && !options->is_rehearsal) v->exit = VERIFY_UNASKED;
    if (verify_case_is_unwitnessed(v) && !options->is_unwitnessed &&
        !options->is_rehearsal)
        v->exit = VERIFY_UNASKED;
}

void verify_end(struct verify *v)
{
    arena_release(&v->arena);
    *v = (struct verify){ 0 };
}
