#include "domain/directory_why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/policy.h"
#include "host/fault.h"
#include "store/db.h"

#define REHEARSAL "/rehearsal"

static enum err origin_make(char origin[NOTE_NAME_MAX + 1],
                            struct directory *dir,
                            const struct directory_birth *birth)
{
    size_t len = strlen(birth->origin), tail = strlen(REHEARSAL);
    bool is_marked =
        len >= tail && strcmp(birth->origin + len - tail, REHEARSAL) == 0;
    if (is_marked && !birth->is_rehearsal)
        return directory_why(dir, ERR_INPUT,
                             "以 /rehearsal 结尾的名称只用于演练："
                             "换一个名称，或加 --rehearsal");
    const char *mark = birth->is_rehearsal && !is_marked ? REHEARSAL : "";
    int count =
        snprintf(origin, NOTE_NAME_MAX + 1, "%s%s", birth->origin, mark);
    /* FORMAT 1.2: a name has at most 200 bytes. */
    if (count < 1 || count > 200 || !checkpoint_is_origin(bytes_text(origin)))
        return directory_why(dir, ERR_INPUT,
                             "--origin 不可用：1 到 200 字节，"
                             "不含空格和 +，不以 / 结尾");
    return OK;
}

static enum err make_folders(struct directory *dir)
{
    static const char *const taken[] = { "yaohao.db", "secret", "log.vkey" };
    char path[FILE_PATH_MAX];
    enum err err = file_make_dir(dir->path);
    if (err == ERR_EXISTS) err = OK;
    for (size_t i = 0; i < 3 && err == OK; i++) {
        err = directory_path(path, dir, taken[i]);
        if (err == OK && file_exists(path)) err = ERR_EXISTS;
    }
    if (err == OK) err = directory_path(path, dir, "files");
    if (err == OK && !file_is_dir(path)) err = file_make_dir(path);
    if (err == OK) err = directory_path(path, dir, "secret");
    if (err == OK) err = file_make_dir(path);
    if (err == ERR_EXISTS)
        return directory_why(dir, err, "%s 里已有 %s：init 只用于新目录",
                             dir->path, path);
    if (err != OK)
        return directory_why(dir, err, "不能建立目录 %s（%s）", dir->path,
                             err_name(err));
    return OK;
}

static enum err make_keys(struct directory *dir,
                          const struct directory_options *options)
{
    char path[FILE_PATH_MAX];
    uint8_t *room = NULL;
    struct bytes passphrase;
    enum err err = directory_path(path, dir, "secret");
    if (err == OK)
        err = directory_passphrase(&room, &passphrase, dir, options, true);
    if (err == OK) {
        const struct keyring_birth birth = { .dir = path,
                                             .passphrase = passphrase,
                                             .is_rehearsal = dir->is_rehearsal,
                                             .entropy = &dir->entropy };
        err = keyring_create(&dir->keyring, &birth);
        if (err == ERR_INPUT)
            directory_why(dir, err, "正式目录的口令不能为空，也不能过长");
        else if (err != OK)
            directory_why(dir, err, "不能写密钥文件（%s）", err_name(err));
    }
    crypto_release(room);
    return err;
}

/* The policy's text begins with our own key, which is also log.vkey. */
static enum err write_policy(struct writer *w, struct directory *dir,
                             const char *origin, struct bytes lines)
{
    struct note_key key;
    enum err err = keyring_log_key(&key, &dir->keyring, bytes_text(origin));
    if (err != OK) return err;
    char path[FILE_PATH_MAX];
    uint8_t room[NOTE_VKEY_MAX + 1];
    struct writer vkey = writer_into(room, sizeof room);
    note_key_write(&vkey, &key);
    writer_text(w, "log ");
    writer_add(w, writer_bytes(&vkey));
    writer_text(w, "\n");
    writer_add(w, lines.len == 0 ? bytes_text("quorum none\n") : lines);
    writer_text(&vkey, "\n");
    if (w->is_full || vkey.is_full) return ERR_LIMIT;
    err = directory_path(path, dir, "log.vkey");
    return err == OK ? file_create(path, writer_bytes(&vkey), 0644) : err;
}

static enum err check_policy(struct directory *dir, struct bytes text)
{
    struct policy *policy = malloc(sizeof *policy);
    if (policy == NULL) return ERR_MEMORY;
    enum err err = policy_read_canonical(policy, text);
    uint32_t line = policy->line;
    free(policy);
    if (err == OK) return OK;
    /* The first line is ours, so the file's lines count from 0. */
    return directory_why(dir, ERR_INPUT,
                         "--policy 的内容不可用（%s，第 %u 行附近）：只能有"
                         " witness、group、quorum 行，单个空格，末尾换行",
                         err_name(err), line > 0 ? line - 1 : 0);
}

static enum err make_databases(struct directory *dir, const char *guard)
{
    char path[FILE_PATH_MAX];
    enum err err = directory_guard_path(path, dir, guard);
    if (err != OK) return err;
    bool is_there = file_exists(path); /* one guard may serve several logs */
    err = db_open(&dir->guard, path, is_there ? DB_WRITE : DB_CREATE);
    if (err == OK) err = db_migrate(dir->guard, db_schema_guard);
    if (err != OK)
        return directory_why(dir, err, "不能建立守护文件 %s（%s）", path,
                             err_name(err));
    FAULT("init-guard");
    err = directory_path(path, dir, "yaohao.db");
    if (err == OK) err = db_open(&dir->db, path, DB_CREATE);
    if (err == OK) err = db_migrate(dir->db, db_schema_main);
    if (err != OK)
        return directory_why(dir, err, "不能建立 %s（%s）", path,
                             err_name(err));
    FAULT("init-database");
    return OK;
}

static enum err make_log(struct directory *dir, const struct log_birth *birth)
{
    struct hash digest;
    enum err err = directory_attach(&digest, dir, birth->policy);
    if (err != OK)
        return directory_why(dir, err, "不能写 files/（%s）", err_name(err));
    dir->log = (struct log){ .db = dir->db,
                             .guard = dir->guard,
                             .keyring = &dir->keyring,
                             .is_locked = true,
                             .clock = &dir->clock };
    err = log_create(&dir->log, birth);
    if (err == ERR_EXISTS)
        return directory_why(dir, err, "守护文件里已有日志 %s：换一个名称",
                             birth->origin);
    if (err == OK) err = directory_first_entry(dir);
    if (err != OK)
        return directory_why(dir, err, "不能建立日志（%s）%s", err_name(err),
                             dir->log.why);
    return OK;
}

static enum err fill(struct directory *dir,
                     const struct directory_options *options,
                     const struct directory_birth *birth, const char *origin)
{
    uint8_t *room = malloc(POLICY_TEXT_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer policy = writer_into(room, POLICY_TEXT_MAX);
    const char *guard = birth->guard == NULL ? "" : birth->guard;
    enum err err = make_keys(dir, options);
    if (err == OK) err = write_policy(&policy, dir, origin, birth->policy);
    if (err == OK) err = check_policy(dir, writer_bytes(&policy));
    if (err == OK) err = make_databases(dir, guard);
    if (err == OK) {
        const struct log_birth log = { .origin = origin,
                                       .guard_path = guard,
                                       .policy = writer_bytes(&policy) };
        err = make_log(dir, &log);
    }
    free(room);
    return err;
}

enum err directory_create(struct directory *dir,
                          const struct directory_options *options,
                          const struct directory_birth *birth)
{
    *dir = (struct directory){ .mode = DIRECTORY_SIGN,
                               .is_rehearsal = birth->is_rehearsal };
    if (strlen(options->path) >= sizeof dir->path) return ERR_LIMIT;
    snprintf(dir->path, sizeof dir->path, "%s", options->path);

    char origin[NOTE_NAME_MAX + 1], path[FILE_PATH_MAX];
    enum err err = crypto_begin();
    if (err == OK) err = directory_override(dir, options);
    if (err == OK) err = origin_make(origin, dir, birth);
    if (err == OK) err = make_folders(dir);
    if (err == OK) err = directory_path(path, dir, "lock");
    if (err == OK) err = lock_take(&dir->lock, path, LOCK_WAIT_MS);
    if (err != OK) return err;
    dir->is_locked = true;
    return fill(dir, options, birth, origin);
}
