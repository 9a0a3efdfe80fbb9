#include "cli/common.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/next.h"
#include "format/personal.h"

static const struct argp_option all_options[] = {
    { "custody", 'c', "HEX", 0, "托管人对封存内容的签名", 1 },
    { "contributions", 'v', "FILE", 0, "贡献的随机数及签名（JSON）", 1 },
    { "signature", 's', "HEX", 0, "信标该轮的签名", 1 },
    { "wait", 'w', NULL, 0, "等到信标的时间", 1 },
    { "trial", 'T', NULL, 0, "只试不封：看有没有空缺，什么也不存", 1 },
    { "cause", 'k', "CAUSE", 0, "缘由，见下", 1 },
    { "reason", 'r', "TEXT", 0, "事由", 1 },
    { "by", 'b', "NAME", 0, "负责人，须给两次", 1 },
    { "output", 'o', "FILE", 0, "写入文件，不写则输出", 1 },
    { "qr", 'q', "FILE.svg", 0, "画成二维码，不再输出文字", 1 },
    { "page", 'p', "URL", 0, "核对回执的网页", 1 },
    { "date", 'd', "DATE", 0, "登记的日期，如 2027-03-01", 1 },
    { "source", 'S', "TEXT", 0, "登记的出处", 1 },
    { "evidence", 'E', "FILE", 0, "证据文件，只存它的摘要", 1 },
    { "target", 't', "STRATUM:POSITION", 0, "只换这一处", 1 },
    { "unit", 'u', "NAME", 0, "委派的单位", 1 },
    { "authority", 'A', "NAME", 0, "作出决定的机关", 1 },
    { "document", 'D', "NUMBER", 0, "决定的文号", 1 },
    { "file", 'f', "FILE", 0, "决定的文件，只存它的摘要", 1 },
    { 0 },
};

static void take_by(struct common *c, char *arg, struct argp_state *state)
{
    if (c->by_count == COMMON_BY_MAX)
        argp_error(state, "--by 只要两个人");
    c->by.name[c->by_count++] = arg;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct common *c = state->input;
    const struct {
        int key;
        const char **to;
    } texts[] = {
        { 'c', &c->custody },
        { 'v', &c->contributions },   { 's', &c->signature },
        { 'k', &c->cause },           { 'r', &c->reason },
        { 'o', &c->output },          { 'd', &c->date },
        { 'S', &c->source },          { 'E', &c->evidence },
        { 't', &c->target },          { 'u', &c->unit },
        { 'A', &c->authority },       { 'D', &c->document },
        { 'f', &c->file },            { 'q', &c->qr },
        { 'p', &c->page },
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].key != key) continue;
        *texts[i].to = arg;
        return 0;
    }
    if (key == 'w') c->waits = true;
    else if (key == 'T') c->is_trial = true;
    else if (key == 'b') take_by(c, arg, state);
    else if (key == ARGP_KEY_INIT) state->child_inputs[0] = &c->place;
    else return ARGP_ERR_UNKNOWN;
    return 0;
}

void common_parse(struct common *common, const struct common_verb *verb,
                  int argc, char **argv)
{
    struct argp_option options[sizeof all_options / sizeof all_options[0]];
    size_t count = 0;
    memset(options, 0, sizeof options);
    for (const struct argp_option *o = all_options; o->name != NULL; o++) {
        if (strchr(verb->letters, o->key) != NULL)
            options[count++] = *o;
    }
    static const struct argp_child children[] = { { &place_argp, 0, NULL, 9 },
                                                  { 0 } };
    const struct argp argp = { options,  parse, verb->words, verb->doc,
                               children, NULL,  NULL };
    *common = (struct common){ .place = { .word_min = verb->word_min,
                                          .word_max = verb->word_max } };
    argp_err_exit_status = CLI_USAGE;
    argp_parse(&argp, argc, argv, 0, NULL, common);
}

uint64_t common_number(const struct common *common)
{
    uint64_t number = 0;
    const char *word = common->place.words[1];
    if (bytes_read_u64(&number, bytes_text(word), CANON_INTEGER_MAX) == OK &&
        number > 0)
        return number;
    fprintf(stderr, "yaohao: “%s”不是抽取的编号（从 1 起的整数）。\n", word);
    return 0;
}

/* The log is public and keeps what it has: nothing of a person goes in. */
static bool tells_of_a_person(const struct common *c)
{
    const char *const texts[] = { c->reason, c->source, c->unit,
                                  c->authority, c->document };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i] == NULL) continue;
        const char *why = personal_warning(personal_in(bytes_text(texts[i])));
        if (why == NULL) continue;
        fprintf(stderr, "yaohao: “%s”%s。请改写再试，还什么也没有写。\n",
                texts[i], why);
        return true;
    }
    return false;
}

int common_run(const struct common_step *step, int argc, char **argv)
{
    struct common common;
    struct directory dir;
    common_parse(&common, &step->verb, argc, argv);
    uint64_t number = common_number(&common);
    if (number == 0) return CLI_USAGE;
    if (step->needs_two && common.by_count != COMMON_BY_MAX) {
        fprintf(stderr, "yaohao: 须由两人负责：--by 甲 --by 乙。\n");
        return CLI_USAGE;
    }
    if (tells_of_a_person(&common)) return CLI_USAGE;
    int exit = place_open(&dir, &common.place, DIRECTORY_SIGN);
    if (exit != CLI_OK) return exit;
    enum err err = step->run(&dir, number, &common);
    if (err != OK) exit = place_fail(&dir, err);
    else if (step->after == COMMON_STAGE) next_done(&dir, number);
    else if (step->after == COMMON_HINT) next_hint(&dir, number);
    directory_close(&dir);
    return exit;
}
