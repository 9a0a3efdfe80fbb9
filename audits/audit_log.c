/* 5.01, 5.02, 5.04 to 5.06: the log as a list and as a tree. */
#include "audits/audit_case.h"

#include "core/tile.h"

enum { PATH_ROOM = 96, TILE_LEVELS = 7 };
/* Entries that an audit takes into memory. */
#define ENTRIES_MAX UINT64_C(16000000)

/* What the note says, whoever signed it. */
static bool read_head(struct checkpoint *checkpoint, struct note *note,
                      struct bytes text)
{
    return note_read(note, text) == OK &&
           checkpoint_read(checkpoint, note->text) == OK;
}

static enum err read_tile(struct bytes *body, struct audit *a,
                          struct tile tile)
{
    char path[PATH_ROOM] = { 0 };
    struct writer w = writer_into(path, sizeof path - 1);
    tile_write(&w, tile);
    return audit_read(body, a, path);
}

static bool load_entries(struct audit *a)
{
    uint64_t size = a->head.size;
    a->entries = arena_take(&a->arena, (size_t)size, sizeof *a->entries);
    a->levels.size = size;
    a->levels.nodes =
        arena_take(&a->arena, (size_t)merkle_levels_count(size),
                   sizeof *a->levels.nodes);
    if (a->entries == NULL || a->levels.nodes == NULL) return false;
    for (uint64_t i = 0; i * TILE_WIDTH < size; i++) {
        struct tile tile = { .is_entries = true, .index = i };
        struct bytes bundle, text;
        tile.width = tile_width(tile, size);
        if (read_tile(&bundle, a, tile) != OK ||
            tile_check_bundle(bundle, tile.width) != OK) {
            audit_find(a, "5.02", "第 %llu 条起的记录缺失或已损坏",
                       (unsigned long long)i * TILE_WIDTH);
            return false;
        }
        while (tile_entry_next(&text, &bundle) == OK) {
            a->levels.nodes[a->entry_count] = merkle_leaf(text);
            a->entries[a->entry_count++] = (struct audit_entry){
                .text = text, .hash = hash_sha256(text), .kind = KIND_COUNT
            };
        }
    }
    merkle_levels_fill(&a->levels);
    return true;
}

static bool load_heads(struct audit *a)
{
    uint64_t size = 0;
    size_t count = 1;
    while (a->source.next_head(&size, a->source.context, size) == OK) count++;
    a->heads = arena_take(&a->arena, count, sizeof *a->heads);
    if (a->heads == NULL) return false;
    size = 0;
    while (a->head_count + 1 < count &&
           a->source.next_head(&size, a->source.context, size) == OK) {
        char path[PATH_ROOM];
        struct audit_head *head = &a->heads[a->head_count];
        snprintf(path, sizeof path, "heads/%llu", (unsigned long long)size);
        if (audit_read(&head->text, a, path) == OK) {
            head->size = size;
            a->head_count++;
        } else {
            audit_find(a, "5.01", "读不到 %s", path);
        }
    }
    return true;
}

bool audit_log_load(struct audit *a)
{
    struct bytes text;
    struct note note;
    struct checkpoint checkpoint;
    enum err err = audit_read(&text, a, "checkpoint");
    if (err != OK) {
        fprintf(a->to, "暂不能审计：读不到 checkpoint（%s）。"
                       "请给出数据目录，或 /log/ 的整份副本。\n",
                err_name(err));
        return false;
    }
    if (!read_head(&checkpoint, &note, text)) {
        audit_find(a, "5.01", "checkpoint 不是日志头");
        return false;
    }
    a->head = checkpoint.head;
    if (a->head.size == 0 || a->head.size > ENTRIES_MAX) {
        fputs("暂不能审计：日志没有记录，或超过 1600 万条。\n", a->to);
        return false;
    }
    if (!load_entries(a) || !load_heads(a)) return false;
    a->heads[a->head_count++] = (struct audit_head){ a->head.size, text };
    return true;
}

/* ---- 5.02 --------------------------------------------------------------- */

/* Is this tile what the entries give?  Complete nodes only. */
static bool is_tile_good(struct audit *a, struct tile tile)
{
    struct merkle_source source = merkle_levels_source(&a->levels);
    struct bytes body;
    if (read_tile(&body, a, tile) != OK ||
        body.len != tile.width * sizeof(struct hash))
        return false;
    for (uint32_t i = 0; i < tile.width; i++) {
        struct hash node;
        if (source.node(&node, source.context, tile.level * TILE_HEIGHT,
                        tile.index * TILE_WIDTH + i) != OK ||
            !bytes_equal(hash_bytes(&node),
                         bytes_slice(body, i * sizeof node, sizeof node)))
            return false;
    }
    return true;
}

void audit_log_tiles(struct audit *a)
{
    for (uint32_t level = 0; level < TILE_LEVELS; level++) {
        struct tile tile = { .level = level };
        while ((tile.width = tile_width(tile, a->head.size)) != 0) {
            if (!is_tile_good(a, tile))
                audit_find(a, "5.02", "哈希块 tile/%u/%llu 与记录不符或缺失",
                           level, (unsigned long long)tile.index);
            tile.index++;
        }
    }
}

/* ---- 5.01: who signed --------------------------------------------------- */

static bool is_signed(struct audit *a, struct checkpoint *checkpoint,
                      struct bytes text)
{
    struct note note;
    struct policy_view view;
    return note_read(&note, text) == OK &&
           checkpoint_open(checkpoint, &note, &a->policy->logs[0].key) ==
               OK &&
           policy_view_note(&view, a->policy, &note) == OK;
}

static bool is_prefix(struct audit *a, const struct merkle_head *head)
{
    struct merkle_source source = merkle_levels_source(&a->levels);
    struct hash root;
    return head->size <= a->head.size &&
           merkle_source_root(&root, &source, head->size) == OK &&
           hash_equal(root, head->root);
}

static bool is_vkey_asked(const struct audit *a)
{
    char room[NOTE_VKEY_MAX];
    struct writer w = writer_into(room, sizeof room);
    note_key_write(&w, &a->policy->logs[0].key);
    return a->options.vkey.len == 0 ||
           bytes_equal(writer_bytes(&w), a->options.vkey);
}

void audit_log_heads(struct audit *a)
{
    if (a->policy->log_count == 0) return;
    if (!is_vkey_asked(a))
        audit_find(a, "5.01", "日志的公钥不是 --vkey 给出的那一把");
    for (size_t i = 0; i < a->head_count; i++) {
        struct checkpoint checkpoint;
        const struct audit_head *head = &a->heads[i];
        bool is_last = i + 1 == a->head_count;
        const char *name = is_last ? "checkpoint" : "heads/";
        unsigned long long size = head->size;
        if (!is_signed(a, &checkpoint, head->text) ||
            checkpoint.head.size != head->size) {
            audit_find(a, "5.01", "%s（%llu 条）的签名或大小不符", name,
                       size);
            continue;
        }
        if (!is_prefix(a, &checkpoint.head))
            audit_find(a, "5.02", "%s（%llu 条）的根不能由记录算出", name,
                       size);
    }
}

/* ---- 5.03 to 5.06 ------------------------------------------------------- */

static void check_first(struct audit *a)
{
    const struct audit_entry *log = &a->entries[0];
    struct hash hash = value_member_hash(log->value, "policy");
    a->is_rehearsal =
        value_is_text(value_member(log->value, "mode"), "rehearsal");
    if (log->kind != KIND_LOG) {
        audit_find(a, "5.04", "第 0 条不是 log");
        return;
    }
    /* The last announcement names the policy in force. */
    for (size_t i = 0; i < a->entry_count; i++)
        if (a->entries[i].kind == KIND_ANNOUNCEMENT)
            hash = value_member_hash(a->entries[i].value, "policy");
    if (audit_read_file(&a->policy_text, a, hash) != OK ||
        !hash_equal(hash_sha256(a->policy_text), hash) ||
        policy_read_canonical(a->policy, a->policy_text) != OK) {
        audit_find(a, "5.01", "见证规则的原文缺失或有误，签名无从核对");
        *a->policy = (struct policy){ .has_quorum = false };
        return;
    }
    if (!bytes_equal(value_member_text(log->value, "origin"),
                     a->policy->logs[0].key.name))
        audit_find(a, "5.04", "第 0 条的名称不是这份日志的名称");
}

static void check_order(struct audit *a)
{
    uint64_t time = 0, number = 0;
    for (size_t i = 0; i < a->entry_count; i++) {
        const struct audit_entry *entry = &a->entries[i];
        if (entry->value == NULL) continue;
        if (entry->kind == KIND_LOG && i != 0)
            audit_find(a, "5.04", "第 %zu 条是第二条 log", i);
        if (entry->time < time)
            audit_find(a, "5.05", "第 %zu 条的时间早于前一条", i);
        time = entry->time;
        if (entry->kind != KIND_ANNOUNCEMENT || entry->draw <= number)
            continue;
        if (entry->draw != number + 1)
            audit_find(a, "5.06", "第 %zu 条：抽查编号由 %llu 跳到 %llu", i,
                       (unsigned long long)number,
                       (unsigned long long)entry->draw);
        number = entry->draw;
    }
}

void audit_log_entries(struct audit *a)
{
    a->file_max = 0;
    a->is_rehearsal = false;
    for (size_t i = 0; i < a->entry_count; i++) audit_entry_check(a, i);
    check_first(a);
    check_order(a);
}
