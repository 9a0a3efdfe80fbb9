/* import — a CSV file becomes the next staged edition of its kind. */
#include "cli/cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/place.h"
#include "domain/import.h"
#include "host/map.h"
#include "store/db.h"

#define FILE_MAX ((size_t)4 << 30)

struct request {
    struct place place; /* DIR, kind, file */
    enum edition_kind kind;
    bool accepts_warnings;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    (void)arg;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &request->place;
        return 0;
    case 'w':
        request->accepts_warnings = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "accept-warnings", 'w', NULL, 0, "看过警告，仍然导入", 0 }, { 0 }
};
static const struct argp_child children[] = { { &place_argp, 0, NULL, 0 },
                                              { 0 } };
static const struct argp argp = {
    options,
    parse,
    "DIR targets|inspectors|items|plan|recusals FILE.csv",
    "导入检查对象、检查人员、抽查事项清单、年度计划或回避名单，"
    "成为一个待启用的版本。\v"
    "表头用中文或英文都可以；编码可以是 UTF-8 或 GB18030。\n"
    "有错误时什么也不存；有警告时要加 --accept-warnings 才存。\n"
    "错误和警告每行一条：行、列、内容、原因，以制表符分开，各列出前 1000 条。\n"
    "例：yaohao import DIR targets 名录.csv",
    children,
    NULL,
    NULL
};

static void print_report(const struct report *report, enum report_level level,
                         const char *title)
{
    uint64_t count = report->count[level];
    size_t kept = report_kept(report, level);
    if (count == 0) return;
    fprintf(stderr, "%s 共 %" PRIu64 " 条", title, count);
    if (kept < count) fprintf(stderr, "，列出前 %zu 条", kept);
    fputs("。\n", stderr);
    const struct report_sum *sums = report->sums[level];
    for (size_t i = 0; i < REPORT_SUM_MAX && sums[i].reason != NULL; i++)
        fprintf(stderr, "  %s：%" PRIu64 " 条\n", sums[i].reason,
                sums[i].count);
    fputs("row\tcolumn\tvalue\treason\n", stderr);
    for (size_t i = 0; i < kept; i++) {
        uint8_t room[1024];
        struct writer w = writer_into(room, sizeof room);
        report_write(&w, &report->lines[level][i]);
        fwrite(w.at, 1, w.len, stderr);
    }
}

static void print_difference(const struct import *import)
{
    static const char *const titles[DIFFERENCE_SORT_COUNT] = {
        [DIFFERENCE_NEW] = "新增",
        [DIFFERENCE_CHANGED] = "变更",
        [DIFFERENCE_GONE] = "减少",
        [DIFFERENCE_SAME] = "不变",
    };
    const struct difference *difference = &import->difference;
    printf("共 %" PRIu64 " 条。", import->count);
    if (import->active == 0)
        printf("没有正在使用的版本可以比较：\n");
    else
        printf("与正在使用的第 %" PRIu64 " 版相比：\n", import->active);
    for (int sort = DIFFERENCE_NEW; sort < DIFFERENCE_SORT_COUNT; sort++) {
        printf("%s %" PRIu64 "\n", titles[sort], difference->count[sort]);
        for (int i = 0; i < DIFFERENCE_EXAMPLE_MAX; i++)
            if (difference->examples[sort][i][0] != '\0')
                printf("    %s\n", difference->examples[sort][i]);
    }
    printf("%s %" PRIu64 "\n", titles[DIFFERENCE_SAME],
           difference->count[DIFFERENCE_SAME]);
}

static void print_next_step(const struct import *import,
                            const struct request *request)
{
    const char *kind = edition_kind_name(import->kind);
    printf("已存为待启用的第 %" PRIu64 " 版。下一步：",
           import->edition.version);
    if (edition_kind_is_published(import->kind))
        printf("yaohao publish %s %s\n", request->place.words[0], kind);
    else
        printf("yaohao activate %s %s %" PRIu64 "\n", request->place.words[0],
               kind, import->edition.version);
}

static int print_outcome(const struct import *import,
                         const struct request *request, enum err err,
                         const char *why)
{
    print_report(&import->report, REPORT_ERROR, "错误");
    print_report(&import->report, REPORT_WARNING, "警告");
    if (err == OK || err == ERR_WARNING) print_difference(import);
    if (err == OK) {
        print_next_step(import, request);
        return fflush(stdout) == 0 ? CLI_OK : CLI_REFUSED;
    }
    if (err == ERR_INPUT)
        fputs("文件有错误，什么也没有存。请改正后再导入。\n", stderr);
    else if (err == ERR_WARNING)
        fputs("有警告，什么也没有存。看过以后加 --accept-warnings 再导入。\n",
              stderr);
    else if (err == ERR_DISK)
        fputs("磁盘已满或只读，什么也没有存。请腾出空间后再导入。\n", stderr);
    else
        fprintf(stderr, "导入没有成功（%s）：%s\n", err_name(err), why);
    return err == ERR_INPUT ? CLI_USAGE : CLI_REFUSED;
}

static int run(struct directory *dir, const struct request *request)
{
    struct bytes file;
    enum err err = map_open(&file, request->place.words[2], FILE_MAX);
    if (err != OK) {
        fprintf(stderr, "读不了 %s（%s）。请检查文件名和权限。\n",
                request->place.words[2], err_name(err));
        return CLI_USAGE;
    }
    struct import *import = calloc(1, sizeof *import);
    int result = CLI_REFUSED;
    if (import != NULL) {
        import->kind = request->kind;
        import->file = file;
        import->now = clock_now(&dir->clock);
        import->accepts_warnings = request->accepts_warnings;
        err = import_run(import, dir->db);
        result = print_outcome(import, request, err, db_message(dir->db));
        import_release(import);
    }
    free(import);
    map_close(&file);
    return result;
}

int cli_import(int argc, char **argv)
{
    struct request request = { .place = { .word_min = 3,
                                          .word_max = 3 } };
    argp_parse(&argp, argc, argv, 0, NULL, &request);
    if (edition_kind_read(&request.kind, request.place.words[1]) != OK) {
        fputs("第二个参数须为 targets、inspectors、items、plan 或 recusals。\n",
              stderr);
        return CLI_USAGE;
    }
    struct directory *dir = calloc(1, sizeof *dir);
    if (dir == NULL) return CLI_REFUSED;
    int result = place_open(dir, &request.place, DIRECTORY_WRITE);
    if (result == CLI_OK) {
        result = run(dir, &request);
        directory_close(dir);
    }
    free(dir);
    return result;
}
