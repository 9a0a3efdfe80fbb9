/* team — a team seed and a problem in, who inspects what out. */
#include "cli/cli.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

#include "format/json_read.h"
#include "format/team_answer.h"
#include "format/team_json.h"
#include "host/file.h"

struct request {
    struct hash seed;
    bool has_seed;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case 's':
        if (hash_read_hex(&request->seed, bytes_text(arg)) != OK)
            argp_error(state, "--seed 须为 64 位小写十六进制数");
        request->has_seed = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "多余的参数：%s", arg);
        return 0;
    case ARGP_KEY_END:
        if (!request->has_seed) argp_error(state, "须给出 --seed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "seed", 's', "HEX64", 0, "派员种子，64 位小写十六进制数", 0 }, { 0 }
};

static const struct argp argp = {
    options,
    parse,
    "< problem.json",
    "按派员种子为每个岗位派出人员。从标准输入读题："
    "{\"posts\":[[对象,池],…],\"pools\":[[人员,…],…],"
    "\"caps\":[上限或null,…],\"recused\":[[对象,人员],…]}，"
    "答案写到标准输出。\v"
    "例：yaohao team --seed $(printf '0%.0s' $(seq 64)) < problem.json",
    NULL,
    NULL,
    NULL
};

static int fail(enum err err, const char *reason)
{
    if (reason[0] == '\0') {
        reason = err == ERR_MEMORY  ? "内存不足"
                 : err == ERR_IO    ? "读不出标准输入"
                 : err == ERR_INPUT ? "同一个池里有重复的人员号"
                                    : "题目或答案超过本程序的上限";
    }
    fprintf(stderr, "题目不能用：%s。请改正后再试；格式见 --help。\n", reason);
    return CLI_USAGE;
}

static bool print(struct bytes answer)
{
    return fwrite(answer.at, 1, answer.len, stdout) == answer.len &&
           putchar('\n') != EOF && fflush(stdout) == 0;
}

static enum err answer_text(struct bytes *answer,
                            char reason[TEAM_JSON_REASON_MAX],
                            struct bytes text, const struct hash *seed)
{
    struct team_json read;
    enum err err = team_json_read(&read, reason, text);
    if (err != OK) return err;
    err = team_answer_text(answer, &read.problem, seed);
    team_json_release(&read);
    return err;
}

int cli_team(int argc, char **argv)
{
    struct request request = { 0 };
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    char reason[TEAM_JSON_REASON_MAX] = "";
    struct bytes text = { NULL, 0 }, answer = { NULL, 0 };
    enum err err = file_read(&text, "-", JSON_READ_MAX);
    if (err == OK) err = answer_text(&answer, reason, text, &request.seed);
    int result = CLI_OK;
    if (err != OK) {
        result = fail(err, reason);
    } else if (!print(answer)) {
        fputs("写不出结果：请检查输出的去处。\n", stderr);
        result = CLI_REFUSED;
    }
    free((void *)(uintptr_t)answer.at);
    file_release(&text);
    return result;
}
