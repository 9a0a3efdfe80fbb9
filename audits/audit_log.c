/* 5.01, 5.02, 5.04 to 5.06: the log as a list and as a tree. */
#include "audits/audit_case.h"

#include "core/tile.h"

enum { PATH_ROOM = 96, TILE_LEVELS = 7 };

/* What the note says, whoever signed it. */
static bool read_head(struct checkpoint *checkpoint, struct note *note,
                      struct bytes text)
{
    return note_read(note, text) == OK &&
           checkpoint_read(checkpoint, note->text) == OK;
}

static enum err read_tile(struct bytes *body, struct arena *arena,
                          const struct audit *a, struct tile tile)
{
    char path[PATH_ROOM] = { 0 };
    struct writer w = writer_into(path, sizeof path - 1);
    tile_write(&w, tile);
    return audit_read(body, arena, a, path);
}

static bool load_entries(struct audit *a)
{
    uint64_t size = a->head.size;
    size_t total = 0;
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
        if (read_tile(&bundle, &a->arena, a, tile) != OK ||
            tile_check_bundle(bundle, tile.width) != OK) {
            audit_find(a, "5.02", "第 %llu 条起的记录缺失或已损坏",
                       (unsigned long long)i * TILE_WIDTH);
            return false;
        }
        total += bundle.len;
        if (total > AUDIT_TEXT_MAX) {
            fputs("暂不能审计：记录共超过 4 GiB。\n", a->to);
            return false;
        }
        while (tile_entry_next(&text, &bundle) == OK) {
            a->levels.nodes[a->entry_count] = merkle_leaf(text);
            a->entries[a->entry_count++] = (struct audit_entry){
                .text = text, .hash = hash_sha256(text), .kind = KIND_COUNT,
                .next = AUDIT_NONE
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
    enum err err;
    while ((err = a->source.next_head(&size, a->source.context, size)) == OK)
        count++;
    if (err == ERR_MEMORY) *a->is_short = true;
    a->heads = arena_take(&a->arena, count, sizeof *a->heads);
    if (a->heads == NULL) return false;
    size = 0;
    while (a->head_count + 1 < count &&
           a->source.next_head(&size, a->source.context, size) == OK) {
        char path[PATH_ROOM];
        struct audit_head *head = &a->heads[a->head_count];
        snprintf(path, sizeof path, "heads/%llu", (unsigned long long)size);
        if (audit_read(&head->text, &a->arena, a, path) == OK) {
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
    enum err err = audit_read(&text, &a->arena, a, "checkpoint");
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
    if (a->head.size == 0 || a->head.size > AUDIT_ENTRIES_MAX) {
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
    struct arena arena = { 0 };
    struct bytes body;
    bool is_good = read_tile(&body, &arena, a, tile) == OK &&
                   body.len == tile.width * sizeof(struct hash);
    for (uint32_t i = 0; i < tile.width && is_good; i++) {
        struct hash node;
        is_good = source.node(&node, source.context,
                              tile.level * TILE_HEIGHT,
                              tile.index * TILE_WIDTH + i) == OK &&
                  bytes_equal(hash_bytes(&node),
                              bytes_slice(body, i * sizeof node,
                                          sizeof node));
    }
    arena_release(&arena);
    return is_good;
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

/* Under the log's key, and no line of a witness of a policy is false. */
static bool is_signed(struct audit *a, struct checkpoint *checkpoint,
                      struct bytes text)
{
    struct note note;
    bool is_good = note_read(&note, text) == OK;
    for (size_t i = 0; i < a->policy_count && is_good; i++) {
        const struct policy *policy = a->policies[i].policy;
        struct policy_view view;
        if (policy == NULL) continue;
        is_good = checkpoint_open(checkpoint, &note, &policy->logs[0].key) ==
                      OK &&
                  policy_view_note(&view, policy, &note) == OK;
    }
    return is_good;
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
    note_key_write(&w, &a->policies[0].policy->logs[0].key);
    return a->options.vkey.len == 0 ||
           bytes_equal(writer_bytes(&w), a->options.vkey);
}

void audit_log_heads(struct audit *a)
{
    if (a->policy_count == 0 || a->policies[0].policy == NULL) return;
    if (!is_vkey_asked(a))
        audit_find(a, "5.01", "日志的公钥不是 --vkey 给出的那一把");
    for (size_t i = 0; i < a->head_count; i++) {
        struct checkpoint checkpoint = { 0 };
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

static void check_order(struct audit *a)
{
    uint64_t time = 0, number = 0;
    for (size_t i = 0; i < a->entry_count; i++) {
        const struct audit_entry *entry = &a->entries[i];
        if (!entry->has_shell) continue;
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
    for (size_t i = 0; i < a->entry_count; i++) audit_entry_check(a, i);
    if (a->unknown_count != 0)
        audit_remark(a, "5.03",
                     "第 %zu 条等共 %zu 条的种类不认识，照样收存", a->unknown,
                     a->unknown_count);
    if (a->entries[0].kind != KIND_LOG)
        audit_find(a, "5.04", "第 0 条不是 log");
    check_order(a);
}
