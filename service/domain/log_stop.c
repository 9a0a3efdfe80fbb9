#include "domain/log_stop.h"

#include <stdarg.h>
#include <stdio.h>

#include "store/db.h"

enum err log_stop(struct log *log, enum err err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(log->why, sizeof log->why, format, args);
    va_end(args);
    log->stop = err;
    return err;
}

enum err log_stop_damaged(struct log *log, enum err err, const char *what)
{
    return log_stop(log, err,
                    "日志数据已损坏（%s，%s）：已停止写入和签名。"
                    "请保留现场，从备份或镜像取回完好的 yaohao.db 后再试",
                    what, err_name(err));
}

enum err log_stop_unknown(struct log *log, enum err err, struct db *db)
{
    return log_stop(log, err, "写盘结果不明（%s）：请检查磁盘后重新运行本命令",
                    db_message(db));
}

bool log_is_damage(enum err err)
{
    return err == ERR_PROOF || err == ERR_SIGNATURE || err == ERR_FORMAT;
}

bool log_is_same(const struct merkle_head *a, const struct merkle_head *b)
{
    return a->size == b->size && hash_equal(a->root, b->root);
}
