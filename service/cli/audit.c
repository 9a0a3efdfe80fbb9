/* audit — is the whole log as it should be?  A data directory or a copy. */
#include "cli/cli.h"

#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "audits/audit_folder.h"
#include "cli/audit_data.h"
#include "cli/place.h"

struct request {
    const char *path, *vkey, *policy;
    struct audit_options options;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case 'k': request->vkey = arg; return 0;
    case 'p': request->policy = arg; return 0;
    case 'r': request->options.is_rehearsal = true; return 0;
    case 'u': request->options.is_unwitnessed = true; return 0;
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
    { "vkey", 'k', "KEY|FILE", 0, "日志公钥（从别处得到的），或存有它的文件",
      0 },
    { "policy", 'p', "FILE", 0, "另按这份见证规则核验", 0 },
    { "rehearsal", 'r', NULL, 0, "要审计的就是演练", 0 },
    { "unwitnessed", 'u', NULL, 0, "接受没有见证人的日志", 0 },
    { "now", 'n', "TIME", 0, "按这个时间判断是否逾期", 0 },
    { 0 }
};

static const struct argp argp = {
    options, parse, "DIR",
    "审计整份日志，不用联网：DIR 是数据目录，或 /log/ 的整份副本。每处不符"
    "一行。退出码：0 相符，1 有不符，2 读不到，3 只是演练或未经见证。\v"
    "✗ 是不符，● 是提示。不读时钟：每次抽查按公告所指的见证规则，以经见证的"
    "最后时间为准。记录至多 1600 万条、共 4 GiB；附件逐个读，不占内存。",
    NULL, NULL, NULL
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

/* A key as it stands, or the first line of a file. */
static bool read_key(struct bytes *vkey, struct bytes *file, const char *text)
{
    struct note_key key;
    *vkey = text == NULL ? (struct bytes){ NULL, 0 } : bytes_text(text);
    if (text == NULL || note_key_read(&key, *vkey) == OK) return true;
    if (file_read(file, text, POLICY_TEXT_MAX) != OK) return false;
    struct bytes rest = *file;
    return bytes_take_line(vkey, &rest) && note_key_read(&key, *vkey) == OK;
}

int cli_audit(int argc, char **argv)
{
    struct request request = { 0 };
    struct bytes key = { 0 }, policy = { 0 };
    int exit = CLI_USAGE;
    argp_parse(&argp, argc, argv, 0, NULL, &request);
    if (!read_key(&request.options.vkey, &key, request.vkey))
        fputs("--vkey 既不是公钥，也不是存有它的文件。\n", stderr);
    else if (request.policy != NULL &&
             file_read(&policy, request.policy, POLICY_TEXT_MAX) != OK)
        fputs("--policy 读不到这个文件。\n", stderr);
    else {
        request.options.policy = policy;
        exit = run(&request);
    }
    file_release(&policy);
    file_release(&key);
    return exit;
}
