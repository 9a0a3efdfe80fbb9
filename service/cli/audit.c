/* audit — is the whole log as it should be?  A data directory or a copy. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "audits/audit_folder.h"
#include "audits/verify_asked.h"
#include "cli/audit_data.h"
#include "cli/place.h"

struct request {
    struct verify_asked asked;
    const char *path;
    struct audit_options options;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &request->asked; return 0;
    case 'n':
        request->options.has_now = true;
        if (clock_read(&request->options.now, bytes_text(arg)) != OK)
            argp_error(state, "--now 须为 Unix 秒数或 RFC 3339 时间");
        return 0;
    case ARGP_KEY_ARG:
        if (request->path != NULL) argp_error(state, "只能给一个目录");
        request->path = arg;
        return 0;
    case ARGP_KEY_END:
        if (request->path == NULL) argp_error(state, "请给出目录");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "now", 'n', "TIME", 0, "按这个时间判断是否逾期", 0 },
    { 0 }
};

static const struct argp_child children[] = {
    { &verify_asked_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
    options, parse, "DIR",
    "审计整份日志，不用联网：DIR 是数据目录，或 /log/ 的整份副本。每处不符"
    "一行。退出码：0 相符，1 有不符，2 读不到，3 只是演练或未经见证。\v"
    "✗ 是不符，● 是提示。不读时钟：每次抽取按公告所指的见证规则，以经见证的"
    "最后时间为准。记录至多 1600 万条、共 4 GiB；附件逐个读，不占内存。",
    children, NULL, NULL
};

static int run_data(const struct request *request)
{
    struct directory dir;
    const struct place place = { .options = { .path = request->path } };
    int exit = place_open(&dir, &place, DIRECTORY_READ);
    if (exit != CLI_OK) return CLI_USAGE;
    struct audit_source source = audit_data_source(&dir);
    exit = audit_run(stdout, &source, &request->options);
    directory_close(&dir);
    return exit;
}

static int run(const struct request *request)
{
    char path[FILE_PATH_MAX];
    if (file_path(path, request->path, "yaohao.db") == OK && file_exists(path))
        return run_data(request);
    struct audit_folder folder;
    int exit = CLI_USAGE;
    if (audit_folder_open(&folder, request->path) == OK) {
        struct audit_source source = audit_folder_source(&folder);
        exit = audit_run(stdout, &source, &request->options);
    } else {
        fputs("读不了这个目录里的 heads/。\n", stderr);
    }
    audit_folder_close(&folder);
    return exit;
}

int cli_audit(int argc, char **argv)
{
    struct request request = { 0 };
    struct verify_asked *asked = &request.asked;
    const char *word;
    int exit = CLI_USAGE;
    argp_parse(&argp, argc, argv, 0, NULL, &request);
    const char *wrong = verify_asked_read(asked, &word);
    if (wrong != NULL) fprintf(stderr, "%s“%s”。\n", wrong, word);
    else {
        request.options.vkey = asked->vkey;
        request.options.policy = asked->policy;
        request.options.is_rehearsal = asked->is_rehearsal;
        request.options.is_unwitnessed = asked->is_unwitnessed;
        exit = run(&request);
    }
    verify_asked_release(asked);
    return exit;
}
