#include "domain/log_stop.h"

#include <stdio.h>

#include "domain/evidence.h"
#include "domain/recheck.h"
#include "store/db.h"
#include "store/store_guard.h"

static enum err read_identity(struct log *log)
{
    struct store_log_identity identity;
    enum err err = store_log_identity_read(&identity, log->db);
    if (err != OK) return err;
    snprintf(log->origin, sizeof log->origin, "%s", identity.origin);

    struct note_key key, own;
    err = note_key_read(&key, bytes_text(identity.vkey));
    if (err != OK) return ERR_FORMAT;
    bytes_copy(log->public_key, key.key, sizeof key.key);
    if (log->keyring == NULL) return OK;
    err = keyring_log_key(&own, log->keyring, bytes_text(log->origin));
    if (err != OK) return err;
    return bytes_equal(bytes_of(own.key, NOTE_KEY_LEN),
                       bytes_of(key.key, NOTE_KEY_LEN))
               ? OK
               : ERR_KEY;
}

static enum err read_heads(struct log *log)
{
    struct store_head head;
    enum err err = store_head_read(&head, log->db, STORE_HEAD_WAITING, 0);
    log->is_waiting = err == OK;
    if (err == OK) log->waiting = head.head;
    if (err != OK && err != ERR_ABSENT) return err;
    err = store_head_read(&head, log->db, STORE_HEAD_LAST, 0);
    if (err == OK) log->published = head.head;
    if (err == ERR_ABSENT && log->is_waiting) { /* init was cut short */
        log->published = (struct merkle_head){ 0, merkle_root(NULL, 0) };
        return OK;
    }
    return err;
}

static const struct merkle_head *top(const struct log *log)
{
    return log->is_waiting ? &log->waiting : &log->published;
}

/* Everything that was signed before, and the step that waits. */
static enum err check_heads(struct log *log)
{
    struct note_key key;
    enum err err = log_key(&key, log);
    if (err != OK) return err;
    struct store_head last, before;
    err = store_head_read(&last, log->db, STORE_HEAD_LAST, 0);
    if (err == ERR_ABSENT) return OK;
    if (err == OK) err = recheck_signature(&last, &key);
    if (err != OK) return err;
    if (log->is_waiting) {
        err = recheck_growth(log->db, &log->published, &log->waiting);
        if (err != OK) return err;
    }
    err = store_head_read(&before, log->db, STORE_HEAD_BEFORE, last.head.size);
    if (err == ERR_ABSENT) return OK;
    if (err == OK) err = recheck_signature(&before, &key);
    if (err == OK) err = recheck_growth(log->db, &before.head, &last.head);
    return err;
}

static enum err check_stored(struct log *log)
{
    uint64_t size = top(log)->size;
    struct recheck_span span = { .entries = size < LOG_RECHECK_MAX
                                                ? 0
                                                : size - LOG_RECHECK_MAX };
    enum err err = recheck_tree(log->db, top(log), span);
    if (err == OK) err = check_heads(log);
    return log_is_damage(err) ? log_stop_damaged(log, err, "启动检查") : err;
}

/* Perfect subtrees from left to right, each a node of the stored tree. */
static enum err load_tree(struct log *log)
{
    struct merkle_source source = evidence_source(log->db);
    uint64_t size = top(log)->size, start = 0;
    merkle_begin(&log->tree);
    log->tree.size = size;
    size_t count = 0;
    for (uint32_t level = 63; level < 64; level--) {
        uint64_t width = UINT64_C(1) << level;
        if ((size & width) == 0) continue;
        enum err err = source.node(&log->tree.edge[count++], source.context,
                                   level, start >> level);
        if (err != OK) return err;
        start += width;
    }
    if (size == 0) return OK;
    struct store_log_entry last;
    enum err err = store_log_about(&last, log->db, size - 1);
    log->time = last.time;
    return err;
}

/* The guard was read before the database, so it can only be behind. */
static enum err check_guard(struct log *log, const struct merkle_head *guard)
{
    if (guard->size > top(log)->size)
        return log_stop(
            log, ERR_FORK,
            "数据库比守护文件旧（数据库到第 %llu 条，守护文件已记到"
            "第 %llu 条），多半是恢复了旧备份：已停止写入和签名。"
            "请换回最新的 yaohao.db，或从镜像、审计方取回缺少的条目；"
            "切勿删除或恢复 guard.db",
            (unsigned long long)top(log)->size,
            (unsigned long long)guard->size);

    struct store_head head;
    enum err err =
        store_head_read(&head, log->db, STORE_HEAD_EXACT, guard->size);
    if (err != OK && err != ERR_ABSENT) return err;
    bool is_current = log_is_same(guard, &log->published) ||
                      (log->is_waiting && log_is_same(guard, &log->waiting));
    if (err == ERR_ABSENT || !log_is_same(&head.head, guard))
        return log_stop(log, ERR_FORK,
                        "数据库与守护文件在第 %llu 条处的根不同，日志已分叉："
                        "已停止写入和签名。请保留现场并联系审计方",
                        (unsigned long long)guard->size);
    if (log->is_locked && !is_current)
        return log_stop(
            log, ERR_FORK,
            "守护文件比数据库旧（守护文件到第 %llu 条，数据库已发布"
            "第 %llu 条），守护文件被替换或恢复过：已停止写入和签名。"
            "请找回原来的 guard.db",
            (unsigned long long)guard->size,
            (unsigned long long)log->published.size);
    return OK;
}

static enum err read_guard(struct merkle_head *head, struct log *log)
{
    char reason[LOG_WHY_MAX];
    enum err err =
        store_guard_reason(reason, sizeof reason, log->guard, log->origin);
    if (err == OK) return log_stop(log, ERR_FORK, "%s", reason);
    if (err != ERR_ABSENT) return err;
    err = store_guard_read(head, log->guard, log->origin);
    if (err == ERR_ABSENT)
        return log_stop(log, ERR_FORK,
                        "守护文件里没有本日志：它不是 init 时建立的那个。"
                        "请找回原来的 guard.db");
    return err;
}

enum err log_open(struct log *log)
{
    struct merkle_head guard = { .size = 0 };
    enum err err = read_identity(log);
    if (err == OK && log->guard != NULL) err = read_guard(&guard, log);
    if (err != OK) return err;

    err = db_begin_read(log->db); /* one moment, also beside a writer */
    if (err != OK) return err;
    err = read_heads(log);
    if (err == OK && log->guard != NULL) err = check_guard(log, &guard);
    if (err == OK) err = check_stored(log);
    if (err == OK) err = load_tree(log);
    db_rollback(log->db);
    if (log_is_damage(err) && log->stop == OK)
        log_stop_damaged(log, err, "读取");
    return err;
}
