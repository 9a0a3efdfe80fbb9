#include "domain/log.h"

#include <stdio.h>

#include "core/canon.h"
#include "domain/log_stop.h"
#include "domain/recheck.h"
#include "format/json_read.h"
#include "host/fault.h"
#include "store/db.h"
#include "store/store_guard.h"
#include "store/store_tile.h"

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
    return log_stop(log, ERR_FORK, "%s%s", alarm->reason,
                    err == OK ? "" : "（守护文件写入失败，请立即停用本机）");
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
    if (err != OK) return log_stop_unknown(log, err, log->db);
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
    return log_is_damage(err) ? log_stop_damaged(log, err, "签名前回读") : err;
}

static enum err tell_guard(struct log *log)
{
    struct merkle_head known;
    enum err err = store_guard_read(&known, log->guard, log->origin);
    if (err == OK && log_is_same(&known, &log->waiting))
        return OK; /* a crash */

    struct store_guard_step step = { log->published, log->waiting };
    if (err == OK) err = store_guard_swap(log->guard, log->origin, &step);
    if (err == ERR_FORK || err == ERR_ABSENT)
        return log_stop(log, ERR_FORK,
                        "守护文件记着另一个日志头：有别的程序在同一日志上签名，"
                        "已停止。请确认只有一个 yaohao 在运行，保留现场");
    return err == OK ? OK : log_stop_unknown(log, err, log->guard);
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
    return err == ERR_SIGNATURE ? log_stop_damaged(log, err, "签名复核") : err;
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
    if (err != OK) return log_stop_unknown(log, err, log->db);
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

/* An init that was cut short left the row; nothing was signed after it. */
static enum err guard_begin(struct log *log)
{
    struct merkle_head known;
    enum err err = store_guard_create(log->guard, log->origin, &log->waiting);
    if (err != ERR_EXISTS) return err;
    err = store_guard_read(&known, log->guard, log->origin);
    if (err != OK) return err;
    return known.size == 0 ? OK : ERR_EXISTS;
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

    err = guard_begin(log);
    FAULT("log-guard-made");
    if (err == OK) err = db_begin(log->db);
    if (err != OK) return err;
    err = db_finish(log->db, write_birth(log, birth));
    if (err != OK) return err;
    FAULT("log-made");
    log->is_waiting = true;
    return log_publish(log);
}
