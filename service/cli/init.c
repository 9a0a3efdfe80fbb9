/* init — a new data directory: keys, database, guard, the log's first heads */
#include "cli/cli.h"

#include <stdio.h>

#include "cli/place.h"
#include "core/policy.h"

struct request {
    struct place place;
    struct directory_birth birth;
    const char *policy_file;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &request->place;
        return 0;
    case 'o':
        request->birth.origin = arg;
        return 0;
    case 'r':
        request->birth.is_rehearsal = true;
        return 0;
    case 'g':
        request->birth.guard = arg;
        return 0;
    case 'f':
        request->policy_file = arg;
        return 0;
    case ARGP_KEY_END:
        if (request->birth.origin == NULL)
            argp_error(state, "须给出 --origin：日志的名称，终身不变");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "origin", 'o', "NAME", 0, "日志的名称，如 draw.xx.gov.cn/log1", 0 },
    { "rehearsal", 'r', NULL, 0, "演练目录，名称以 /rehearsal 结尾", 0 },
    { "guard", 'g', "PATH", 0, "守护文件放在别处（最好是另一块磁盘）", 0 },
    { "policy", 'f', "FILE", 0,
      "见证方名单：witness、group、quorum 行；不给则无见证", 0 },
    { 0 }
};

static const struct argp_child children[] = { { &place_argp, 0, NULL, 9 },
                                              { 0 } };

static const struct argp argp = {
    options,
    parse,
    "DIR",
    "建立数据目录：密钥、数据库、守护文件、日志的零长头和第 0 条。\v"
    "打印日志的公钥行，并存为 DIR/log.vkey。守护文件不进任何备份，"
    "也绝不恢复：它使日志不能分叉。",
    children,
    NULL,
    NULL
};

static int print_key(const struct directory *dir)
{
    struct note_key key;
    char line[NOTE_VKEY_MAX];
    struct writer w = writer_into(line, sizeof line);
    enum err err = log_key(&key, &dir->log);
    if (err != OK) return place_fail(dir, err);
    note_key_write(&w, &key);
    printf("%.*s\n", (int)w.len, line);
    fflush(stdout);
    fprintf(stderr,
            "公钥行也在 %s/log.vkey，请登公报，交给每个见证人。\n"
            "下一步：\n    yaohao import %s targets 名录.csv\n",
            dir->path, dir->path);
    return CLI_OK;
}

int cli_init(int argc, char **argv)
{
    struct request request = { .place = { .word_min = 1, .word_max = 1 } };
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    struct bytes policy = { NULL, 0 };
    if (request.policy_file != NULL) {
        enum err err = file_read(&policy, request.policy_file, POLICY_TEXT_MAX);
        if (err != OK) {
            fprintf(stderr, "读不了 %s（%s）。\n", request.policy_file,
                    err_name(err));
            return CLI_USAGE;
        }
    }
    request.birth.policy = policy;
    struct directory dir;
    enum err err =
        directory_create(&dir, &request.place.options, &request.birth);
    int exit = err == OK ? print_key(&dir) : place_fail(&dir, err);
    directory_close(&dir);
    file_release(&policy);
    return exit;
}
