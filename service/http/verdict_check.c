#include "http/verdict_check.h"

#include <string.h>

enum { CHANGES = 9 };

static const struct {
    const char *name, *proves;
    enum verify_kind needs; /* before this entry there is nothing to check */
} checks[] = {
    { "证明文件写法规范",
      "文件里每个字都有规定的位置，夹带不了别的东西，两套程序读到的一样。",
      KIND_ANNOUNCEMENT },
    { "都写在同一份只增不改的日志里",
      "每一步当时就写进了日志，签名无误，后来没有改过、删过。",
      KIND_ANNOUNCEMENT },
    { "公告在先，与年度计划一致",
      "抽什么、抽多少、何时抽，在封存名单之前就已公布，没有超出计划。",
      KIND_ANNOUNCEMENT },
    { "名单先封存",
      "检查对象和检查人员的名单在期限之前封存，数目相符，此后改不了。",
      KIND_FREEZE },
    { "随机数早已承诺",
      "揭示的随机数就是随年度计划公布的种子簿里那一个，没有临时换过。",
      KIND_REVEAL },
    { "信标是真的，而且最后才来",
      "公共信标的签名属实，它的时间在名单封存、随机数揭示之后，"
      "事先谁也不知道。",
      KIND_BEACON },
    { "位置由此推出",
      "抽中的位置由名单、随机数和信标算出，任何人重算都一样。", KIND_DRAW },
    { "公开的就是封存的",
      "每一户都在封存的名单里、都在抽中的位置上，一户不多，一户不少。",
      KIND_OPENING },
    { "检查组也是抽出来的",
      "检查人员来自封存的名录，由同一随机数选派，避开了应当回避的人。",
      KIND_OPENING },
    [CHANGES] = { "之后的变动按规则",
      "递补、换人、直接委派、作废和撤销都有记录，人选由规则决定。",
      KIND_DRAW },
};

/* Which rules make up a check, first and last of a run. */
static const struct {
    size_t check;
    const char *first, *last;
} runs[] = {
    { 0, "1.01", "1.03" }, { 0, "3.01", "3.07" }, { 1, "2.01", "2.07" },
    { 1, "4.01", "4.04" }, { 4, "4.05", "4.05" }, { 2, "4.06", "4.07" },
    { 5, "4.08", "4.08" }, { 2, "4.09", "4.11" }, { 3, "4.12", "4.17" },
    { 4, "4.18", "4.19" }, { 9, "4.20", "4.20" }, { 5, "4.21", "4.22" },
    { 6, "4.23", "4.24" }, { 9, "4.25", "4.27" }, { 7, "4.28", "4.31" },
    { 8, "4.32", "4.33" }, { 9, "4.34", "4.34" }, { 8, "4.35", "4.35" },
    { 7, "4.36", "4.36" }, { 9, "4.37", "4.37" }, { 7, "4.38", "4.38" },
    { 1, "4.39", "4.40" }, { 6, "4.41", "4.41" },
};

size_t verdict_check_of(const char *rule)
{
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        if (strcmp(rule, runs[i].first) >= 0 &&
            strcmp(rule, runs[i].last) <= 0)
            return runs[i].check;
    return SIZE_MAX;
}

/* Were all rules of the check run, and did they hold? */
static bool is_untested(const struct verdict *verdict, size_t check)
{
    const char *refused = verdict->v.rule;
    for (size_t i = 0; verify_rule_number(i) != NULL; i++) {
        const char *rule = verify_rule_number(i);
        if (verdict_check_of(rule) == check && refused != NULL &&
            strcmp(rule, refused) > 0)
            return true;
    }
    return false;
}

/* Is there anything to check yet? */
static bool is_reached(const struct verdict *verdict, size_t check)
{
    return verdict_entry(verdict, checks[check].needs) != NULL ||
           (check == CHANGES && verdict_entry(verdict, KIND_VOID) != NULL);
}

static void write_rules(struct canon *c, size_t check)
{
    canon_key(c, "rules");
    canon_array(c);
    for (size_t i = 0; verify_rule_number(i) != NULL; i++) {
        if (verdict_check_of(verify_rule_number(i)) != check) continue;
        canon_object(c);
        canon_member_text(c, "rule", verify_rule_number(i));
        canon_member_text(c, "step", verify_rule_step(i));
        canon_object_end(c);
    }
    canon_array_end(c);
}

void verdict_check(struct canon *c, const struct verdict *verdict)
{
    const char *refused = verdict->v.rule;
    canon_key(c, "checks");
    canon_array(c);
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        bool is_here = refused != NULL && verdict_check_of(refused) == i;
        bool is_bad = is_here && verdict->state != VERDICT_PENDING;
        bool is_missing = !is_bad && verdict->is_read &&
                          !is_reached(verdict, i);
        bool is_over = verdict_is_over(verdict);
        bool is_open = !is_bad && !is_missing &&
                       (is_here || is_untested(verdict, i));
        canon_object(c);
        canon_member_u64(c, "is_bad", is_bad);
        canon_member_u64(c, "is_later", is_missing && !is_over);
        canon_member_u64(c, "is_never", is_missing && is_over);
        canon_member_u64(c, "is_ok", !is_bad && !is_missing && !is_open);
        canon_member_u64(c, "is_untested", is_open);
        canon_member_text(c, "name", checks[i].name);
        canon_member_text(c, "proves", checks[i].proves);
        write_rules(c, i);
        canon_object_end(c);
    }
    canon_array_end(c);
}
