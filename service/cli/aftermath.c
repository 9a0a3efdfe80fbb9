/* The verbs after a draw: drop-outs, stand-ins, and the end by decree. */
#include "cli/cli.h"
#include "cli/common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORD_STRATUM = 2, WORD_POSITION = 3, WORD_SEAT = 4 };

/* What a verb does between opening and closing DIR. */
struct act {
    struct common_verb verb;
    enum err (*run)(struct directory *dir, uint64_t number,
                    const struct common *common,
                    const struct draw_persons *persons);
};

static int run_act(const struct act *act, int argc, char **argv)
{
    struct common common;
    struct directory dir;
    struct draw_persons persons;
    common_parse(&common, &act->verb, argc, argv);
    uint64_t number = common_number(&common);
    if (number == 0) return CLI_USAGE;
    if (common.by_count != 2) {
        fprintf(stderr, "yaohao: 须由两人负责：--by 甲 --by 乙。\n");
        return CLI_USAGE;
    }
    memcpy(persons.name, common.by, sizeof persons.name);
    int exit = common_open(&dir, &common, DIRECTORY_SIGN);
    if (exit != CLI_OK) return exit;
    enum err err = act->run(&dir, number, &common, &persons);
    if (err != OK) exit = common_fail(&dir, err);
    directory_close(&dir);
    return exit;
}

static enum err read_number(uint64_t *number, struct directory *dir,
                            struct bytes word, const char *what)
{
    if (bytes_read_u64(number, word, CANON_INTEGER_MAX) == OK) return OK;
    return directory_why(dir, ERR_INPUT, "“%.*s”不是%s。", (int)word.len,
                       (const char *)word.at, what);
}

static enum err read_named(struct bytes *text, struct directory *dir,
                           const char *path, const char *option)
{
    if (path == NULL)
        return directory_why(dir, ERR_INPUT, "须用 %s 给出文件。", option);
    if (file_read(text, path, (size_t)64 << 20) == OK) return OK;
    return directory_why(dir, ERR_INPUT, "读不到文件“%s”。", path);
}

static enum err replace(struct directory *dir, uint64_t number,
                        const struct common *common,
                        const struct draw_persons *persons)
{
    struct draw_replacement wish = {
        .stratum = common->words[WORD_STRATUM],
        .reason = common->reason,
        .date = common->date,
        .source = common->source,
        .persons = persons,
    };
    enum err err =
        read_number(&wish.position, dir,
                    bytes_text(common->words[WORD_POSITION]), "位置");
    if (err == OK)
        err = read_named(&wish.evidence, dir, common->evidence, "--evidence");
    if (err != OK) return err;
    err = draw_replace(dir, number, &wish);
    file_release(&wish.evidence);
    return err;
}

int cli_replace(int argc, char **argv)
{
    static const struct act act = {
        { "rdSEb", "DIR NUMBER STRATUM POSITION",
          "以下一个递补替换已注销、吊销、撤销或迁出的对象。", 4, 4 },
        replace
    };
    return run_act(&act, argc, argv);
}

/* STRATUM:POSITION; a stratum's name may hold a colon itself. */
static enum err read_target(char **stratum, uint64_t *position,
                            struct directory *dir, const char *target)
{
    const char *colon = strrchr(target, ':');
    if (colon == NULL)
        return directory_why(dir, ERR_INPUT, "--target 须是“层:位置”。");
    *stratum = strndup(target, (size_t)(colon - target));
    if (*stratum == NULL) return ERR_MEMORY;
    return read_number(position, dir, bytes_text(colon + 1), "位置");
}

static enum err stand_in(struct directory *dir, uint64_t number,
                         const struct common *common,
                         const struct draw_persons *persons)
{
    char *stratum = NULL;
    size_t count = 0;
    struct draw_standin wish = {
        .certificate = common->words[WORD_STRATUM],
        .reason = common->reason,
        .persons = persons,
    };
    enum err err = OK;
    if (common->target != NULL)
        err = read_target(&stratum, &wish.position, dir, common->target);
    wish.stratum = stratum;
    if (err == OK) err = draw_stand_in(&count, dir, number, &wish);
    if (count != 0) printf("%zu\n", count);
    free(stratum);
    return err;
}

int cli_standin(int argc, char **argv)
{
    static const struct act act = {
        { "trb", "DIR NUMBER CERTIFICATE",
          "换下一名检查人员，打印换了几个岗位。", 3, 3 },
        stand_in
    };
    return run_act(&act, argc, argv);
}

static enum err direct(struct directory *dir, uint64_t number,
                       const struct common *common,
                       const struct draw_persons *persons)
{
    struct draw_direction wish = {
        .stratum = common->words[WORD_STRATUM],
        .unit = common->unit,
        .reason = common->reason,
        .persons = persons,
    };
    enum err err =
        read_number(&wish.position, dir,
                    bytes_text(common->words[WORD_POSITION]), "位置");
    if (err == OK)
        err = read_number(&wish.seat, dir,
                          bytes_text(common->words[WORD_SEAT]), "席位");
    return err == OK ? draw_direct(dir, number, &wish) : err;
}

int cli_direct(int argc, char **argv)
{
    static const struct act act = {
        { "urb", "DIR NUMBER STRATUM POSITION SEAT",
          "为空缺的席位直接委派单位（指定，非随机）。", 5, 5 },
        direct
    };
    return run_act(&act, argc, argv);
}

static enum err annul(struct directory *dir, uint64_t number,
                      const struct common *common,
                      const struct draw_persons *persons)
{
    struct draw_annulment wish = { .authority = common->authority,
                                   .document = common->document,
                                   .persons = persons };
    enum err err = read_named(&wish.file, dir, common->file, "--file");
    if (err != OK) return err;
    err = draw_annul(dir, number, &wish);
    file_release(&wish.file);
    return err;
}

int cli_annul(int argc, char **argv)
{
    static const struct act act = {
        { "ADfb", "DIR NUMBER", "依上级机关的决定撤销已公开的抽取。", 2, 2 },
        annul
    };
    return run_act(&act, argc, argv);
}
