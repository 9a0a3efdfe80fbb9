/* activate — an imported version of targets or inspectors comes into force. */
#include "cli/cli.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>

#include "domain/directory.h"
#include "domain/edition.h"
#include "store/db.h"

struct request {
    struct directory_options options;
    enum edition_kind kind;
    uint64_t version;
};

enum { KEY_NOW = 1000 };

static error_t take_argument(struct request *request, const char *arg,
                             struct argp_state *state)
{
    switch (state->arg_num) {
    case 0: request->options.path = arg; return 0;
    case 1:
        if (edition_kind_read(&request->kind, arg) != OK ||
            request->kind > EDITION_INSPECTORS)
            argp_error(state, "第二个参数须为 targets 或 inspectors；"
                              "事项清单和计划用 publish 发布");
        return 0;
    case 2:
        if (bytes_read_u64(&request->version, bytes_text(arg), INT64_MAX) != OK)
            argp_error(state, "版本须为从 1 起的整数");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case KEY_NOW: request->options.now = arg; return 0;
    case ARGP_KEY_ARG: return take_argument(request, arg, state);
    case ARGP_KEY_END:
        if (state->arg_num < 3)
            argp_error(state, "要给出数据目录、种类和版本");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "now", KEY_NOW, "TIME", 0, "当作现在的时刻（只在演练目录中）", 0 },
    { 0 }
};

static const struct argp argp = {
    options, parse, "DIR targets|inspectors VERSION",
    "启用一个导入的版本。以后的冻结用它；已经冻结的抽取不受影响。\v"
    "例：yaohao activate DIR targets 2",
    NULL, NULL, NULL
};

static enum err activate(struct directory *dir, const struct request *request)
{
    enum err err = db_begin(dir->db);
    if (err != OK) return err;
    err = edition_activate(dir->db, request->kind, request->version,
                           clock_now(&dir->clock));
    return db_finish(dir->db, err);
}

static int print_outcome(const struct request *request, enum err err,
                         const char *why)
{
    const char *kind = edition_kind_name(request->kind);
    if (err == OK) {
        printf("已启用 %s 第 %" PRIu64 " 版。\n", kind, request->version);
        return fflush(stdout) == 0 ? CLI_OK : CLI_REFUSED;
    }
    if (err == ERR_ABSENT)
        fprintf(stderr, "没有 %s 第 %" PRIu64 " 版。请先导入。\n", kind,
                request->version);
    else if (err == ERR_EXISTS)
        fprintf(stderr, "%s 第 %" PRIu64 " 版正在使用，不必再启用。\n", kind,
                request->version);
    else if (err == ERR_DISK)
        fputs("磁盘已满或只读，没有启用。请腾出空间后再试。\n", stderr);
    else
        fprintf(stderr, "启用没有成功（%s）：%s\n", err_name(err), why);
    return CLI_REFUSED;
}

int cli_activate(int argc, char **argv)
{
    struct request request = { 0 };
    if (argp_parse(&argp, argc, argv, 0, NULL, &request) != 0) return CLI_USAGE;

    static struct directory dir; /* large, and it points into itself */
    enum err err = directory_open(&dir, &request.options, DIRECTORY_WRITE);
    int result = CLI_REFUSED;
    if (err == OK)
        result = print_outcome(&request, activate(&dir, &request),
                               db_message(dir.db));
    else
        fprintf(stderr, "%s\n", dir.why);
    directory_close(&dir);
    return result;
}
