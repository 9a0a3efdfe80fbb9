/* The verbs after a draw: drop-outs, stand-ins, and the end by decree. */
#include "cli/cli.h"
#include "cli/common.h"
#include "cli/next.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_STRATUM = 2, WORD_POSITION = 3, WORD_SEAT = 4 };

static enum err read_number(uint64_t *number, struct directory *dir,
                            struct bytes word, const char *what)
{
    if (bytes_read_u64(number, word, CANON_INTEGER_MAX) == OK) return OK;
    return directory_why(dir, ERR_INPUT, "“%.*s”不是%s", (int)word.len,
                       (const char *)word.at, what);
}

static enum err read_named(struct bytes *text, struct directory *dir,
                           const char *path, const char *option)
{
    if (path == NULL)
        return directory_why(dir, ERR_INPUT, "须用 %s 给出文件", option);
    enum err err = file_read(text, path, (size_t)64 << 20);
    if (err == ERR_LIMIT)
        return directory_why(dir, ERR_INPUT, "文件“%s”大于 64 MiB", path);
    if (err != OK)
        return directory_why(dir, ERR_INPUT, "读不到文件“%s”", path);
    if (text->len != 0) return OK;
    file_release(text);
    return directory_why(dir, ERR_INPUT, "文件“%s”是空的", path);
}

static unsigned long long last_entry(const struct directory *dir)
{
    return dir->log.published.size - 1;
}

static enum err replace(struct directory *dir, uint64_t number,
                        const struct common *common)
{
    struct draw_replacement wish = {
        .stratum = common->place.words[WORD_STRATUM],
        .reason = common->reason,
        .date = common->date,
        .source = common->source,
        .persons = &common->by,
    };
    enum err err =
        read_number(&wish.position, dir,
                    bytes_text(common->place.words[WORD_POSITION]), "位置");
    if (err == OK)
        err = read_named(&wish.evidence, dir, common->evidence, "--evidence");
    if (err != OK) return err;
    err = draw_replace(dir, number, &wish);
    file_release(&wish.evidence);
    if (err != OK) return err;
    fprintf(stderr, "日志第 %llu 条：层“%s”的 %llu 号位置退出，",
            last_entry(dir), wish.stratum, (unsigned long long)wish.position);
    if (wish.has_reserve)
        fprintf(stderr, "由 %llu 号递补。请给递补对象出回执。\n",
                (unsigned long long)wish.reserve);
    else fputs("名单已没有递补，此位从缺。\n", stderr);
    return OK;
}

int cli_replace(int argc, char **argv)
{
    static const struct common_step step = {
        { "rdSEb", "DIR NUMBER STRATUM POSITION",
          "以下一个递补替换已注销、吊销、撤销或迁出的对象。\v"
          "只有这四种事由；无法联系、停业、拒绝等是检查结果，不递补。"
          "证据文件只存摘要。递补是谁由抽取时的次序决定。\n"
          "例：yaohao replace DIR 1 全部 12 --reason 注销 "
          "--date 2027-03-01 --source 登记机关 --evidence 截图.png "
          "--by 甲 --by 乙",
          4, 4 },
        replace, COMMON_HINT, true
    };
    return common_run(&step, argc, argv);
}

/* STRATUM:POSITION; a stratum's name may hold a colon itself. */
static enum err read_target(char **stratum, uint64_t *position,
                            struct directory *dir, const char *target)
{
    const char *colon = strrchr(target, ':');
    if (colon == NULL)
        return directory_why(dir, ERR_INPUT, "--target 须是“层:位置”");
    *stratum = strndup(target, (size_t)(colon - target));
    if (*stratum == NULL) return ERR_MEMORY;
    return read_number(position, dir, bytes_text(colon + 1), "位置");
}

static void tell_post(void *context, const struct draw_post *post)
{
    (void)context;
    fprintf(stderr, "日志第 %llu 条：层“%.*s”的 %llu 号位置第 %u 席，",
            (unsigned long long)post->entry, (int)post->stratum.len,
            (const char *)post->stratum.at,
            (unsigned long long)post->position, (unsigned)post->seat + 1);
    if (post->certificate.len != 0)
        fprintf(stderr, "换为 %.*s。以前的回执不再相符，请出新的。\n",
                (int)post->certificate.len,
                (const char *)post->certificate.at);
    else
        fprintf(stderr, "无人可换，空缺。可用 yaohao direct 委派"
                        "（席位 %u）。\n",
                (unsigned)post->seat);
}

static enum err stand_in(struct directory *dir, uint64_t number,
                         const struct common *common)
{
    char *stratum = NULL;
    struct draw_standin wish = {
        .certificate = common->place.words[WORD_STRATUM],
        .reason = common->reason,
        .persons = &common->by,
        .tell = tell_post,
    };
    enum err err = OK;
    if (common->target != NULL)
        err = read_target(&stratum, &wish.position, dir, common->target);
    wish.stratum = stratum;
    if (err == OK) err = draw_stand_in(dir, number, &wish);
    free(stratum);
    return err;
}

int cli_standin(int argc, char **argv)
{
    static const struct common_step step = {
        { "trb", "DIR NUMBER CERTIFICATE",
          "换下一名检查人员，由规则定谁顶替。\v"
          "不写 --target：他离开本次抽取的全部岗位。--reason 是类别，"
          "如 回避、病假、出警、调离、证件到期。\n"
          "例：yaohao standin DIR 1 1408100037 --target 全部:12 "
          "--reason 回避 --by 甲 --by 乙",
          3, 3 },
        stand_in, COMMON_HINT, true
    };
    return common_run(&step, argc, argv);
}

static enum err direct(struct directory *dir, uint64_t number,
                       const struct common *common)
{
    struct draw_direction wish = {
        .stratum = common->place.words[WORD_STRATUM],
        .unit = common->unit,
        .reason = common->reason,
        .persons = &common->by,
    };
    enum err err =
        read_number(&wish.position, dir,
                    bytes_text(common->place.words[WORD_POSITION]), "位置");
    if (err == OK)
        err = read_number(&wish.seat, dir,
                          bytes_text(common->place.words[WORD_SEAT]), "席位");
    if (err == OK) err = draw_direct(dir, number, &wish);
    if (err == OK)
        fprintf(stderr, "日志第 %llu 条：空缺的席位已委派“%s”"
                        "（指定，非随机）。\n",
                last_entry(dir), wish.unit);
    return err;
}

int cli_direct(int argc, char **argv)
{
    static const struct common_step step = {
        { "urb", "DIR NUMBER STRATUM POSITION SEAT",
          "为空缺的席位直接委派单位（指定，非随机）。\v"
          "只用于抽取或顶替后无人的席位；席位从 0 数起。\n"
          "例：yaohao direct DIR 1 全部 12 0 --unit 邻县市场监管局 "
          "--reason 本县无合格人员 --by 甲 --by 乙",
          5, 5 },
        direct, COMMON_HINT, true
    };
    return common_run(&step, argc, argv);
}

static enum err annul(struct directory *dir, uint64_t number,
                      const struct common *common)
{
    struct draw_annulment wish = { .authority = common->authority,
                                   .document = common->document,
                                   .persons = &common->by };
    enum err err = read_named(&wish.file, dir, common->file, "--file");
    if (err != OK) return err;
    err = draw_annul(dir, number, &wish);
    file_release(&wish.file);
    return err;
}

int cli_annul(int argc, char **argv)
{
    static const struct common_step step = {
        { "ADfb", "DIR NUMBER", "依上级机关的决定撤销已公开的抽取。\v"
          "先须公开（open）。文件只存摘要。撤销的抽取保留编号、证明和位置。\n"
          "例：yaohao annul DIR 1 --authority 市人民法院 "
          "--document 〔2027〕行初1号 --file 判决书.pdf --by 甲 --by 乙",
          2, 2 },
        annul, COMMON_STAGE, true
    };
    return common_run(&step, argc, argv);
}
