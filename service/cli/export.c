/* export — the public side as files. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

#include "cli/place.h"
#include "http/export.h"
#include "http/verdict_shelf.h"

static int fail(const struct export *e, enum err err)
{
    if (e->why[0] != 0) fprintf(stderr, "%s。\n", e->why);
    else if (err == ERR_DISK) fputs("磁盘已满或只读：请换一个位置。\n", stderr);
    else if (err == ERR_LIMIT) fputs("文件太多，超过上限。\n", stderr);
    else fprintf(stderr, "导出失败（%s）。\n", err_name(err));
    return err == ERR_INPUT ? CLI_USAGE : CLI_REFUSED;
}

static int run(struct route_means *means, const char *out)
{
    char path[FILE_PATH_MAX];
    size_t len = strlen(out);
    while (len > 1 && out[len - 1] == '/') len--;
    if (len >= sizeof path) return CLI_USAGE;
    snprintf(path, sizeof path, "%.*s", (int)len, out);
    struct export e = { .means = means, .out = path };
    e.time = clock_now(&means->dir.clock);
    enum err err = export_run(&e);
    if (err == OK)
        printf("%zu 个文件：新增 %zu，变更 %zu，删除 %zu，未变 %zu。\n"
               "交付清单 %s/delivery.txt；核对：cd %s && sha256sum -c "
               "sha256.txt\n",
               e.file_count, e.added, e.changed, e.removed, e.kept, path,
               path);
    int exit = err == OK ? CLI_OK : fail(&e, err);
    export_release(&e);
    return exit;
}

int cli_export(int argc, char **argv)
{
    static const struct place_verb verb = {
        "DIR OUT/",
        "把公开的一面写成静态文件：网页、CSV、JSON、证明、日志、核验程序。"
        "OUT 须是空目录或以前导出的；再次运行只写有变化的文件，"
        "并留下交付清单。",
        2, 2
    };
    struct place place = { 0 };
    struct route_means means = { 0 };
    place_parse(&place, &verb, argc, argv);
    int exit = place_open(&means.dir, &place, DIRECTORY_READ);
    if (exit != CLI_OK) return exit;
    if (index_create(&means.index) == OK &&
        verdict_shelf_create(&means.verdicts) == OK)
        exit = run(&means, place.words[1]);
    else
        exit = CLI_REFUSED;
    route_release(&means);
    verdict_shelf_destroy(means.verdicts);
    index_destroy(means.index);
    directory_close(&means.dir);
    return exit;
}
