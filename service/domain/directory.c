#include "domain/directory_why.h"

#include <stdio.h>
#include <string.h>

#include "host/fault.h"
#include "store/db.h"

#define REHEARSAL "/rehearsal"

enum err directory_attach(struct hash *digest, const struct directory *dir,
                          struct bytes whole)
{
    char path[FILE_PATH_MAX];
    *digest = hash_sha256(whole);
    enum err err = directory_file_path(path, dir, *digest);
    if (err != OK) return err;
    FAULT("directory-attach");
    err = file_create(path, whole, 0644);
    FAULT("directory-attached");
    return err == ERR_EXISTS ? OK : err;
}

/* ---- opening --------------------------------------------------------- */

static enum err take_lock(struct directory *dir)
{
    char path[FILE_PATH_MAX];
    enum err err = directory_path(path, dir, "lock");
    if (err == OK) err = lock_take(&dir->lock, path, LOCK_WAIT_MS);
    if (err == ERR_BUSY)
        return directory_why(dir, err, "进程 %llu 正在写入，请稍后再试",
                             (unsigned long long)dir->lock.holder);
    if (err != OK)
        return directory_why(dir, err, "不能锁住 %s（%s）", path,
                             err_name(err));
    dir->is_locked = true;
    return OK;
}

static enum err open_db(struct directory *dir)
{
    char path[FILE_PATH_MAX];
    enum err err = directory_path(path, dir, "yaohao.db");
    if (err != OK) return err;
    bool is_reader = dir->mode == DIRECTORY_READ;
    err = db_open(&dir->db, path, is_reader ? DB_READ : DB_WRITE);
    if (err == ERR_ABSENT)
        return directory_why(dir, err, "%s 不是数据目录：先运行 yaohao init",
                             dir->path);
    if (err == OK) err = db_migrate(dir->db, db_schema_main);
    if (err == ERR_SUPPORT)
        return directory_why(dir, err,
                             "%s 的版本与本程序不同：请升级程序，"
                             "或先运行一次写入命令",
                             path);
    if (err == ERR_DATABASE)
        return directory_why(dir, err,
                             "%s 已损坏或不是数据库：请保留现场，"
                             "从最新的备份取回",
                             path);
    if (err != OK)
        return directory_why(dir, err, "打不开 %s（%s）", path, err_name(err));
    return OK;
}

static bool is_rehearsal(const char *origin)
{
    size_t len = strlen(origin), tail = strlen(REHEARSAL);
    return len >= tail && strcmp(origin + len - tail, REHEARSAL) == 0;
}

static enum err open_identity(struct store_log_identity *identity,
                              struct directory *dir)
{
    enum err err = store_log_identity_read(identity, dir->db);
    if (err == ERR_ABSENT)
        return directory_why(
            dir, err, "init 没有做完：请删除目录 %s 后重新 init", dir->path);
    if (err != OK) return err;
    dir->is_rehearsal = is_rehearsal(identity->origin);
    return OK;
}

static enum err open_keys(struct directory *dir,
                          const struct directory_options *options)
{
    char path[FILE_PATH_MAX];
    uint8_t *room = NULL;
    struct bytes passphrase;
    enum err err = directory_path(path, dir, "secret");
    if (err == OK)
        err = directory_passphrase(&room, &passphrase, dir, options, false);
    if (err == OK) {
        err = keyring_read(&dir->keyring, path, passphrase);
        if (err == ERR_KEY)
            directory_why(dir, err, "口令不对，或 %s 里的密钥文件被改过", path);
        else if (err != OK)
            directory_why(dir, err, "读不出 %s 里的密钥（%s）", path,
                          err_name(err));
    }
    crypto_release(room);
    return err;
}

static enum err open_guard(struct directory *dir, const char *stored)
{
    char path[FILE_PATH_MAX];
    enum err err = directory_guard_path(path, dir, stored);
    if (err != OK) return err;
    bool is_reader = dir->mode == DIRECTORY_READ;
    err = db_open(&dir->guard, path, is_reader ? DB_READ : DB_WRITE);
    if (err == OK) err = db_migrate(dir->guard, db_schema_guard);
    if (err == OK) return OK;
    db_close(dir->guard);
    dir->guard = NULL;
    return directory_why(dir, err,
                         "打不开守护文件 %s（%s）：没有它不能写入和签名。"
                         "请接上它所在的磁盘；切勿新建或恢复旧的",
                         path, err_name(err));
}

static enum err open_log(struct directory *dir)
{
    dir->log = (struct log){ .db = dir->db,
                             .guard = dir->guard,
                             .clock = &dir->clock,
                             .is_locked = dir->is_locked };
    if (dir->mode == DIRECTORY_SIGN) dir->log.keyring = &dir->keyring;
    enum err err = log_open(&dir->log);
    if (dir->log.stop != OK)
        directory_why(dir, err, "%s", dir->log.why);
    else if (err == ERR_KEY)
        directory_why(dir, err, "secret/log.key 不是这个日志的密钥");
    else if (err != OK)
        directory_why(dir, err, "读不出日志（%s：%s）", err_name(err),
                      db_message(dir->db));
    return err;
}

/* What a crash left: a head without signature, a log without entry 0. */
static enum err resume(struct directory *dir)
{
    enum err err = log_publish(&dir->log);
    if (err == OK && dir->log.tree.size == 0) err = directory_first_entry(dir);
    if (err != OK)
        directory_why(dir, err, "%s",
                      dir->log.stop != OK ? dir->log.why
                                          : "上次中断的签名没能补完");
    return err;
}

enum err directory_open(struct directory *dir,
                        const struct directory_options *options,
                        enum directory_mode mode)
{
    *dir = (struct directory){ .mode = mode,
                               .public_address = options->public_address };
    if (strlen(options->path) >= sizeof dir->path) return ERR_LIMIT;
    snprintf(dir->path, sizeof dir->path, "%s", options->path);

    struct store_log_identity identity;
    enum err err = crypto_begin();
    if (err == OK && file_is_denied(dir->path))
        err = directory_why(dir, ERR_IO,
                            "没有权限读 %s：请换用办理抽查的账户", dir->path);
    if (err == OK && !file_is_dir(dir->path))
        err = directory_why(dir, ERR_ABSENT, "没有目录 %s：先运行 yaohao init",
                            dir->path);
    if (err == OK && mode != DIRECTORY_READ) err = take_lock(dir);
    if (err == OK) err = open_db(dir);
    if (err == OK) err = open_identity(&identity, dir);
    if (err == OK) err = directory_override(dir, options);
    FAULT("directory-database");
    if (err == OK && mode == DIRECTORY_SIGN) err = open_keys(dir, options);
    if (err != OK) return err;

    err = open_guard(dir, identity.guard);
    if (err != OK && mode != DIRECTORY_READ) return err;
    enum err guard_err = err;
    err = open_log(dir);
    FAULT("directory-open");
    if (mode == DIRECTORY_READ) {
        if (guard_err != OK && dir->log.stop == OK) {
            dir->log.stop = guard_err;
            snprintf(dir->log.why, sizeof dir->log.why, "%s", dir->why);
        }
        return dir->log.stop != OK ? OK : err;
    }
    return err == OK && mode == DIRECTORY_SIGN ? resume(dir) : err;
}

void directory_close(struct directory *dir)
{
    keyring_close(&dir->keyring);
    crypto_wipe(&dir->entropy, sizeof dir->entropy);
    db_close(dir->guard);
    db_close(dir->db);
    if (dir->is_locked) lock_release(&dir->lock);
    dir->db = dir->guard = NULL;
    dir->is_locked = false;
}
