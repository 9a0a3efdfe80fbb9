#include "domain/log.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/canon.h"
#include "domain/evidence.h"
#include "domain/recheck.h"
#include "format/json_read.h"
#include "host/fault.h"
#include "store/db.h"
#include "store/store_guard.h"
#include "store/store_tile.h"

__attribute__((format(printf, 3, 4))) static enum err
stop(struct log *log, enum err err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(log->why, sizeof log->why, format, args);
    va_end(args);
    log->stop = err;
    return err;
}

static enum err stop_damaged(struct log *log, enum err err, const char *what)
{
    return stop(log, err,
                "日志数据已损坏（%s，%s）：已停止写入和签名。"
                "请保留现场，从备份或镜像取回完好的 yaohao.db 后再试",
                what, err_name(err));
}

static enum err stop_unknown(struct log *log, enum err err, struct db *db)
{
    return stop(log, err, "写盘结果不明（%s）：请检查磁盘后重新运行本命令",
                db_message(db));
}

static bool is_damage(enum err err)
{
    return err == ERR_PROOF || err == ERR_SIGNATURE || err == ERR_FORMAT;
}

static bool is_same(const struct merkle_head *a, const struct merkle_head *b)
{
    return a->size == b->size && hash_equal(a->root, b->root);
}

enum err log_key(struct note_key *key, const struct log *log)
{
    return note_key_make(key, bytes_text(log->origin), NOTE_ED25519,
                         log->public_key);
}

uint64_t log_time(const struct log *log)
{
    uint64_t now = clock_now(log->clock);
    return now < log->time ? log->time : now;
}

enum err log_alarm(struct log *log, const struct log_alarm *alarm)
{
    const struct store_guard_alarm kept = { .time = clock_now(log->clock),
                                            .reason = alarm->reason,
                                            .note = alarm->note };
    enum err err = store_guard_alarm(log->guard, log->origin, &kept);
    return stop(log, ERR_FORK, "%s%s", alarm->reason,
                err == OK ? "" : "（守护文件写入失败，请立即停用本机）");
}

/* ---- opening --------------------------------------------------------- */

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
    return is_damage(err) ? stop_damaged(log, err, "启动检查") : err;
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
        return stop(log, ERR_FORK,
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
    bool is_current = is_same(guard, &log->published) ||
                      (log->is_waiting && is_same(guard, &log->waiting));
    if (err == ERR_ABSENT || !is_same(&head.head, guard))
        return stop(log, ERR_FORK,
                    "数据库与守护文件在第 %llu 条处的根不同，日志已分叉："
                    "已停止写入和签名。请保留现场并联系审计方",
                    (unsigned long long)guard->size);
    if (log->is_locked && !is_current)
        return stop(log, ERR_FORK,
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
    if (err == OK) return stop(log, ERR_FORK, "%s", reason);
    if (err != ERR_ABSENT) return err;
    err = store_guard_read(head, log->guard, log->origin);
    if (err == ERR_ABSENT)
        return stop(log, ERR_FORK,
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
    if (is_damage(err) && log->stop == OK) stop_damaged(log, err, "读取");
    return err;
}

/* ---- a transaction --------------------------------------------------- */

enum err log_begin(struct log *log)
{
    if (log->stop != OK) return log->stop;
    if (log->is_begun) return ERR_STATE;
    enum err err = log_publish(log);
    if (err == OK) err = db_begin(log->db);
    if (err != OK) return err;
    log->tree_before = log->tree;
    log->time_before = log->time;
    log->is_begun = true;
    return OK;
}

static enum err entry_read(struct store_log_entry *entry, struct bytes text)
{
    if (text.len > TILE_ENTRY_MAX) return ERR_LIMIT;
    json_t *root = NULL;
    enum err err = json_read_text(&root, text);
    if (err != OK) return err;

    struct bytes kind;
    struct hash prev;
    *entry = (struct store_log_entry){ .body = text };
    err = json_read_string(&kind, json_read_member(root, "kind"));
    if (err == OK && (kind.len == 0 || kind.len >= sizeof entry->kind))
        err = ERR_FORMAT;
    if (err == OK) bytes_copy(entry->kind, kind.at, kind.len);
    if (err == OK)
        err = json_read_u64(&entry->time, json_read_member(root, "time"),
                            CANON_INTEGER_MAX);
    if (err == OK)
        err = json_read_u64(&entry->draw, json_read_member(root, "draw"),
                            CANON_INTEGER_MAX);
    if (err == OK) err = json_read_hash(&prev, json_read_member(root, "prev"));
    json_decref(root);
    if (err != OK) return err;
    return canon_is_canonical(text, CANON_SORTED) ? OK : ERR_CANONICAL;
}

/* One more hash at a level; a full tile gives one to the level above. */
static enum err push_hash(struct db *db, struct hash hash)
{
    for (uint32_t level = 0; level < STORE_TILE_LEVELS; level++) {
        struct hash hashes[TILE_WIDTH];
        uint32_t count = 0;
        enum err err = store_tile_edge(hashes, &count, db, level);
        if (err != OK) return err;
        hashes[count++] = hash;
        if (count < TILE_WIDTH)
            return store_tile_edge_write(db, level, hashes, count);

        struct tile tile = { .level = level };
        err = store_tile_count(&tile.index, db, level);
        if (err == OK) err = store_tile_write(db, tile, hashes);
        if (err == OK) err = store_tile_edge_write(db, level, hashes, 0);
        if (err != OK) return err;
        hash = merkle_root(hashes, TILE_WIDTH);
    }
    return ERR_LIMIT;
}

enum err log_append(uint64_t *index, struct log *log, struct bytes entry)
{
    if (log->stop != OK) return log->stop;
    if (!log->is_begun || log->keyring == NULL) return ERR_STATE;

    struct store_log_entry row;
    enum err err = entry_read(&row, entry);
    if (err != OK) return err;
    row.seq = log->tree.size;
    err = store_log_append(log->db, &row);
    FAULT("log-entry");
    struct hash leaf = merkle_leaf(entry);
    if (err == OK) err = push_hash(log->db, leaf);
    FAULT("log-edge");
    if (err != OK) return err;

    merkle_push(&log->tree, leaf);
    log->time = row.time;
    *index = row.seq;
    return OK;
}

enum err log_finish(struct log *log, enum err err)
{
    if (!log->is_begun) return err != OK ? err : ERR_STATE;
    struct merkle_head head = { log->tree.size, merkle_tree_root(&log->tree) };
    bool is_grown = head.size > log->published.size;
    log->is_begun = false;
    if (err == OK && is_grown) err = store_head_write(log->db, &head);
    FAULT("log-head");
    if (err != OK) {
        db_rollback(log->db);
        log->tree = log->tree_before;
        log->time = log->time_before;
        return err;
    }
    err = db_commit(log->db);
    if (err != OK) return stop_unknown(log, err, log->db);
    FAULT("log-committed");
    log->is_waiting = is_grown;
    if (is_grown) log->waiting = head;
    return OK;
}

/* ---- publishing ------------------------------------------------------ */

static enum err read_back(struct log *log)
{
    struct recheck_span span = { log->published.size, log->published.size };
    enum err err = recheck_tree(log->db, &log->waiting, span);
    if (err == OK)
        err = recheck_growth(log->db, &log->published, &log->waiting);
    return is_damage(err) ? stop_damaged(log, err, "签名前回读") : err;
}

static enum err tell_guard(struct log *log)
{
    struct merkle_head known;
    enum err err = store_guard_read(&known, log->guard, log->origin);
    if (err == OK && is_same(&known, &log->waiting)) return OK; /* a crash */

    struct store_guard_step step = { log->published, log->waiting };
    if (err == OK) err = store_guard_swap(log->guard, log->origin, &step);
    if (err == ERR_FORK || err == ERR_ABSENT)
        return stop(log, ERR_FORK,
                    "守护文件记着另一个日志头：有别的程序在同一日志上签名，"
                    "已停止。请确认只有一个 yaohao 在运行，保留现场");
    return err == OK ? OK : stop_unknown(log, err, log->guard);
}

/* Our line under the waiting head, checked before anybody sees it. */
static enum err sign(char line[STORE_HEAD_LINE_MAX], struct log *log)
{
    struct note_key key;
    enum err err = log_key(&key, log);
    if (err != OK) return err;
    uint8_t room[CHECKPOINT_PLAIN_MAX];
    struct writer text = writer_into(room, sizeof room);
    struct checkpoint checkpoint = { .origin = key.name, .head = log->waiting };
    checkpoint_write(&text, &checkpoint);

    uint8_t signature[CRYPTO_SIGNATURE_LEN];
    keyring_sign(signature, log->keyring, writer_bytes(&text));
    struct store_head head = { .head = log->waiting };
    struct writer w = writer_into(head.line, sizeof head.line - 1);
    err = note_line_write(&w, &key, bytes_of(signature, sizeof signature));
    if (err == OK) err = recheck_signature(&head, &key);
    if (err == OK) snprintf(line, STORE_HEAD_LINE_MAX, "%s", head.line);
    return err == ERR_SIGNATURE ? stop_damaged(log, err, "签名复核") : err;
}

static enum err publish(struct log *log, const char *line)
{
    enum err err = db_begin(log->db);
    if (err != OK) return err;
    err = store_head_publish(log->db, log->waiting.size, line);
    FAULT("log-published-row");
    if (err != OK) {
        db_rollback(log->db);
        return err;
    }
    err = db_commit(log->db);
    if (err != OK) return stop_unknown(log, err, log->db);
    log->published = log->waiting;
    log->is_waiting = false;
    return OK;
}

enum err log_publish(struct log *log)
{
    if (log->stop != OK) return log->stop;
    if (!log->is_waiting) return OK;
    if (log->is_begun || log->keyring == NULL) return ERR_STATE;

    char line[STORE_HEAD_LINE_MAX];
    enum err err = read_back(log);
    FAULT("log-read-back");
    if (err == OK) err = tell_guard(log);
    FAULT("log-guarded");
    if (err == OK) err = sign(line, log);
    FAULT("log-signed");
    if (err == OK) err = publish(log, line);
    FAULT("log-published");
    return err;
}

/* ---- a new log ------------------------------------------------------- */

static enum err write_birth(struct log *log, const struct log_birth *birth)
{
    struct store_log_identity identity = { .created = clock_now(log->clock) };
    snprintf(identity.origin, sizeof identity.origin, "%s", birth->origin);
    snprintf(identity.guard, sizeof identity.guard, "%s", birth->guard_path);
    struct note_key key;
    enum err err = log_key(&key, log);
    if (err != OK) return err;
    struct writer w = writer_into(identity.vkey, sizeof identity.vkey - 1);
    note_key_write(&w, &key);

    err = store_log_identity_write(log->db, &identity);
    if (err == OK)
        err = store_log_policy_write(log->db, birth->policy, identity.created);
    if (err == OK) err = store_head_write(log->db, &log->waiting);
    return err;
}

enum err log_create(struct log *log, const struct log_birth *birth)
{
    struct bytes origin = bytes_text(birth->origin);
    if (!checkpoint_is_origin(origin)) return ERR_FORMAT;
    struct note_key key;
    enum err err = keyring_log_key(&key, log->keyring, origin);
    if (err != OK) return err;
    snprintf(log->origin, sizeof log->origin, "%s", birth->origin);
    bytes_copy(log->public_key, key.key, sizeof key.key);
    merkle_begin(&log->tree);
    log->waiting = (struct merkle_head){ 0, merkle_tree_root(&log->tree) };
    log->published = log->waiting;

    err = store_guard_create(log->guard, log->origin, &log->waiting);
    FAULT("log-guard-made");
    if (err == OK) err = db_begin(log->db);
    if (err != OK) return err;
    err = db_finish(log->db, write_birth(log, birth));
    if (err != OK) return err;
    FAULT("log-made");
    log->is_waiting = true;
    return log_publish(log);
}
