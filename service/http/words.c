#include "http/words.h"

#include <stdio.h>

const char *words_cause(struct bytes cause)
{
    static const char *const words[][2] = {
        { "freeze-late", "名单没有按时封存" },
        { "reveal-late", "随机数没有按时揭示" },
        { "does-not-open", "揭示的数与年初的封条不符" },
        { "contributor-missing", "参与方的随机数缺失或不符" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (bytes_equal_text(cause, words[i][0])) return words[i][1];
    return "原因见日志";
}

const char *words_step(enum words_step step)
{
    static const char *const words[] = {
        [WORDS_FREEZE] = "封存名单",
        [WORDS_REVEAL] = "揭示随机数",
        [WORDS_DRAW] = "登记抽取",
        [WORDS_OPENING] = "公开名单",
    };
    return words[step];
}

const char *words_overdue(enum words_step missing)
{
    static const char *const words[] = {
        [WORDS_FREEZE] = "失败：封存期限已过，名单没有封存，也没有作废。",
        [WORDS_REVEAL] = "失败：揭示期限已过，随机数没有揭示，也没有作废。",
        [WORDS_DRAW] =
            "已定未办：信标早已产生，结果已经确定，组织者却没有登记抽取。",
        [WORDS_OPENING] = "公开期限已过，抽中的名单尚未公开。",
    };
    return words[missing];
}

void words_chance(char text[WORDS_MAX], double chance)
{
    if (chance < 1e-6)
        snprintf(text, WORDS_MAX, "不到百万分之一");
    else if (chance > 0.999 && chance < 1)
        snprintf(text, WORDS_MAX, "99.9%% 以上");
    else
        snprintf(text, WORDS_MAX, "%.3g%%", chance * 100);
}

void words_firms(char text[WORDS_MAX], double count)
{
    if (count < 1)
        snprintf(text, WORDS_MAX, "不到 1 户");
    else if (count < 9.95)
        snprintf(text, WORDS_MAX, "约 %.1f 户", count);
    else
        snprintf(text, WORDS_MAX, "约 %.0f 户", count);
}
