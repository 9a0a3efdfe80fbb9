/* backup — one file that holds the whole database, never the guard. */
#include "cli/cli.h"

#include <stdio.h>

#include "cli/place.h"
#include "store/db.h"

static const struct place_verb verb = {
    "DIR FILE",
    "把数据库完整地抄到新文件 FILE。\v"
    "secret/ 和 files/ 另行备份；guard.db 不备份，也绝不恢复：恢复了旧备份的"
    "目录会停止签名，而不会分叉。",
    2, 2
};

int cli_backup(int argc, char **argv)
{
    struct place place;
    struct directory dir;
    place_parse(&place, &verb, argc, argv);
    int exit = place_open(&dir, &place, DIRECTORY_WRITE);
    if (exit != CLI_OK) return exit;

    enum err err = db_backup(dir.db, place.words[1]);
    unsigned long long size = dir.log.published.size;
    directory_close(&dir);
    if (err == OK) {
        printf("已备份到 %s，日志到第 %llu 条\n", place.words[1], size);
        return CLI_OK;
    }
    const char *why = "请检查目录是否存在、是否可写，再运行同一命令";
    if (err == ERR_EXISTS) why = "文件已存在，请换一个名字";
    if (err == ERR_DISK) why = "磁盘已满或只读，请腾出空间后再运行同一命令";
    fprintf(stderr, "不能写 %s（%s）：%s。\n", place.words[1], err_name(err),
            why);
    return CLI_REFUSED;
}
