#include "cli/next.h"

#include <stdio.h>

enum when { WHEN_ANY, WHEN_T0, WHEN_T1, WHEN_T4, WHEN_ROUND };

struct step {
    enum draw_kind kind;
    enum when when;
    const char *done, *act, *verb, *tail;
};

/* The latest stage first. */
static const struct step steps[] = {
    { DRAW_ANNUL, WHEN_ANY, "已撤销", "可以重新公告本批次", "announce",
      " A.json" },
    { DRAW_VOID, WHEN_ANY, "已作废", "可以重新公告本批次", "announce",
      " A.json" },
    { DRAW_OPENING, WHEN_ANY, "已公开", "写出证明", "proof", " -o FILE" },
    { DRAW_DRAW, WHEN_T4, "已抽取", "出回执（yaohao receipt）并公开", "open",
      " --by 甲 --by 乙" },
    { DRAW_BEACON, WHEN_ANY, "信标已存入", "推出结果", "draw", "" },
    { DRAW_REVEAL, WHEN_ROUND, "已揭示", "存入信标", "beacon",
      " --signature HEX" },
    { DRAW_FREEZE, WHEN_T1, "已封存", "揭示", "reveal", "" },
    { DRAW_ANNOUNCEMENT, WHEN_T0, "已公告", "封存", "freeze", "" },
};

static const struct step *step_of(const struct draw *draw)
{
    const struct step *step = steps;
    while (!draw->entries[step->kind].is_there) step++;
    return step;
}

static void print_when(FILE *to, const struct draw *draw, enum when when)
{
    const struct announcement *a = &draw->announcement;
    char text[CLOCK_TEXT_MAX];
    uint64_t time = 0;
    switch (when) {
    case WHEN_ANY: return;
    case WHEN_T0: time = a->t0; break;
    case WHEN_T1: time = a->t1; break;
    case WHEN_T4: time = a->t4; break;
    case WHEN_ROUND: time = draw_round_time(draw); break;
    }
    clock_print_beijing(text, time);
    fprintf(to, "北京时间 %s %s", text,
            when == WHEN_ROUND ? "之后" : "之前");
}

static void print_command(FILE *to, const struct directory *dir,
                          const struct draw *draw)
{
    const struct step *step = step_of(draw);
    fprintf(to, "yaohao %s %s", step->verb, dir->path);
    if (step->kind != DRAW_VOID && step->kind != DRAW_ANNUL)
        fprintf(to, " %llu", (unsigned long long)draw->number);
    if (step->kind == DRAW_REVEAL && draw->announcement.is_test)
        fputs(" --wait\n", to);
    else fprintf(to, "%s\n", step->tail);
}

static void print_next(const struct directory *dir, const struct draw *draw)
{
    const struct step *step = step_of(draw);
    bool is_timed = step->when == WHEN_T0 || step->when == WHEN_T1 ||
                    step->kind == DRAW_REVEAL;
    if (is_timed && draw->policy.quorum.who != POLICY_NONE)
        fputs("请见证人及时对新的日志头签名，用 yaohao cosign 存入。\n",
              stderr);
    fputs("下一步：", stderr);
    print_when(stderr, draw, step->when);
    fprintf(stderr, "%s：\n    ", step->act);
    print_command(stderr, dir, draw);
}

/* What was due and has not come can only be ended; NULL: nothing is late. */
static const char *late_cause(const struct draw *draw, uint64_t now)
{
    enum draw_kind kind = step_of(draw)->kind;
    if (kind == DRAW_ANNOUNCEMENT && now > draw->announcement.t0)
        return "freeze-late";
    if (kind == DRAW_FREEZE && now > draw->announcement.t1)
        return "reveal-late";
    return NULL;
}

static void print_line(FILE *to, const struct directory *dir,
                       const struct draw *draw)
{
    const struct step *step = step_of(draw);
    struct bytes batch = draw->announcement.batch;
    const char *cause = late_cause(draw, clock_now(&dir->clock));
    fprintf(to, "第 %llu 号  %.*s  %s。", (unsigned long long)draw->number,
            (int)batch.len, (const char *)batch.at, step->done);
    if (cause != NULL) {
        fprintf(to,
                "已过期限，只能作废：\n    yaohao void %s %llu --cause %s "
                "--reason 理由 --by 甲 --by 乙\n",
                dir->path, (unsigned long long)draw->number, cause);
        return;
    }
    print_when(to, draw, step->when);
    fprintf(to, "%s：\n    ", step->act);
    print_command(to, dir, draw);
}

enum err next_line(FILE *to, struct directory *dir, uint64_t number)
{
    struct draw draw;
    enum err err = draw_load(&draw, dir, number);
    if (err == OK) print_line(to, dir, &draw);
    draw_release(&draw);
    return err;
}

void next_hint(struct directory *dir, uint64_t number)
{
    struct draw draw;
    if (draw_load(&draw, dir, number) == OK) print_next(dir, &draw);
    draw_release(&draw);
}

void next_done(struct directory *dir, uint64_t number)
{
    struct draw draw;
    if (draw_load(&draw, dir, number) == OK) {
        const struct step *step = step_of(&draw);
        fprintf(stderr, "日志第 %llu 条：第 %llu 号%s。\n",
                (unsigned long long)draw.entries[step->kind].index,
                (unsigned long long)number, step->done);
        print_next(dir, &draw);
    }
    draw_release(&draw);
}
