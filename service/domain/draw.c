#include "domain/draw.h"

#include "domain/evidence.h"
#include "format/json_read.h"
#include "store/store_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[DRAW_KIND_COUNT] = {
    "announcement", "freeze",  "reveal", "beacon",
    "draw",         "opening", "void",   "annul",
};

static enum err read_entry(struct draw_entry *entry, struct draw *draw,
                           struct db *db, uint64_t index)
{
    uint8_t room[TILE_ENTRY_MAX];
    struct writer w = writer_into(room, sizeof room);
    enum err err = evidence_entry(&w, db, index);
    if (err != OK) return err;
    entry->is_there = true;
    entry->index = index;
    entry->text = arena_copy(&draw->arena, writer_bytes(&w));
    entry->digest = hash_sha256(writer_bytes(&w));
    return draw->arena.is_short ? ERR_MEMORY : OK;
}

static enum err read_entries(struct draw *draw, struct db *db)
{
    struct store_log_entry wish = { .draw = draw->number }, found;
    enum err err;
    while ((err = store_log_find(&found, db, &wish)) == OK) {
        struct draw_entry entry = { 0 };
        err = read_entry(&entry, draw, db, found.seq);
        if (err != OK) return err;
        entry.time = found.time;
        draw->last = entry.digest;
        for (int k = 0; k < DRAW_KIND_COUNT; k++) {
            if (strcmp(found.kind, kinds[k]) != 0) continue;
            if (!draw->entries[k].is_there) draw->entries[k] = entry;
        }
        wish.seq = found.seq + 1;
    }
    return err == ERR_ABSENT ? OK : err;
}

static enum err read_policy(struct draw *draw, struct db *db)
{
    uint8_t room[65536];
    struct writer w = writer_into(room, sizeof room);
    enum err err =
        store_log_policy_read(&w, db, &draw->announcement.policy);
    if (err != OK) return err;
    struct bytes text = arena_copy(&draw->arena, writer_bytes(&w));
    return draw->arena.is_short ? ERR_MEMORY
                                : policy_read_canonical(&draw->policy, text);
}

/* The test chain of a rehearsal, from entry 0, which never changes. */
static enum err read_test_chain(struct draw *draw, struct directory *dir)
{
    struct draw_entry entry;
    json_t *root = NULL;
    draw->chain = dir->test_chain;
    if (draw->chain.period != 0) return OK;
    enum err err = read_entry(&entry, draw, dir->db, 0);
    if (err == OK) err = json_read_text(&root, entry.text);
    if (err != OK) return err;

    const json_t *beacon = json_read_member(root, "beacon");
    uint64_t genesis = 0, period = 0;
    uint8_t key[CHAIN_KEY_LEN];
    err = json_read_u64(&genesis, json_read_member(beacon, "genesis"),
                        CANON_INTEGER_MAX);
    if (err == OK)
        err = json_read_u64(&period, json_read_member(beacon, "period"),
                            3600);
    if (err == OK)
        err = json_read_hex(key, sizeof key, json_read_member(beacon, "key"));
    if (err == OK && period == 0) err = ERR_RANGE;
    json_decref(root);
    if (err != OK) return err;
    draw->chain = chain_test(genesis, (uint32_t)period, key);
    dir->test_chain = draw->chain;
    return OK;
}

enum err draw_load(struct draw *draw, struct directory *dir, uint64_t number)
{
    *draw = (struct draw){ .number = number };
    enum err err = read_entries(draw, dir->db);
    if (err != OK) return err;
    if (!draw->entries[DRAW_ANNOUNCEMENT].is_there)
        return directory_why(dir, ERR_ABSENT,
                           "没有第 %llu 号抽取。"
                           "用 yaohao status 查看已有的编号",
                           (unsigned long long)number);
    err = announcement_read(&draw->announcement,
                            draw->entries[DRAW_ANNOUNCEMENT].text);
    if (err == OK) err = read_policy(draw, dir->db);
    if (err != OK) return err;
    if (draw->announcement.is_test) err = read_test_chain(draw, dir);
    else draw->chain = *chain_quicknet();
    if (err != OK) return err;
    draw->round = chain_round(&draw->chain, draw->announcement.t1,
                              dir->is_rehearsal ? CHAIN_DELAY_REHEARSAL_S
                                                : CHAIN_DELAY_S);
    return OK;
}

void draw_release(struct draw *draw)
{
    announcement_release(&draw->announcement);
    arena_release(&draw->arena);
}

const char *draw_stage(const struct draw *draw)
{
    static const struct {
        enum draw_kind kind;
        const char *name;
    } stages[] = {
        { DRAW_ANNUL, "已撤销" },       { DRAW_VOID, "已作废" },
        { DRAW_OPENING, "已公开" },     { DRAW_DRAW, "已抽取" },
        { DRAW_BEACON, "信标已到" },    { DRAW_REVEAL, "已揭示" },
        { DRAW_FREEZE, "已封存" },
    };
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++) {
        if (draw->entries[stages[i].kind].is_there) return stages[i].name;
    }
    return "已公告";
}

uint64_t draw_round_time(const struct draw *draw)
{
    return chain_time(&draw->chain, draw->round);
}

enum err draw_append(uint64_t *index, struct directory *dir,
                     struct bytes text)
{
    enum err err = log_begin(&dir->log);
    if (err != OK) return err;
    err = log_append(index, &dir->log, text);
    err = log_finish(&dir->log, err);
    return err != OK ? err : log_publish(&dir->log);
}

void draw_libraries_release(struct draw_libraries *l)
{
    sheet_free(l->targets);
    sheet_free(l->recusals);
    roster_release(&l->roster);
    l->targets = l->recusals = NULL;
}

enum err draw_values(struct draw_libraries *l, struct directory *dir,
                     struct draw *draw)
{
    const struct announcement *a = &draw->announcement;
    for (size_t i = 0; i < a->stratum_count; i++) {
        uint8_t *room = arena_take_raw(&draw->arena, 1024);
        if (room == NULL) return ERR_MEMORY;
        struct writer w = writer_into(room, 1024);
        enum err err = store_draw_value(&w, dir->db, draw->number, i);
        if (err != OK && err != ERR_ABSENT) return err;
        l->values[i] = err == OK ? writer_bytes(&w) : a->strata[i].name;
    }
    return OK;
}

enum err draw_tells_risk(bool *is_told, struct directory *dir,
                         uint64_t number)
{
    struct draw_libraries l = { 0 };
    struct draw draw;
    *is_told = false;
    enum err err = draw_load(&draw, dir, number);
    const struct announcement *a = &draw.announcement;
    if (err == OK) err = draw_values(&l, dir, &draw);
    for (size_t i = 0; err == OK && i < a->stratum_count; i++)
        if (a->stratify == COLUMN_RISK &&
            bytes_equal(l.values[i], a->strata[i].name) &&
            !bytes_equal_text(l.values[i], "未分类"))
            *is_told = true;
    draw_release(&draw);
    return err;
}

static enum err read_recusals(struct draw_libraries *l,
                              struct directory *dir)
{
    struct edition recusals;
    if (l->recusal_version == 0) return OK;
    enum err err = edition_load(&recusals, dir->db, EDITION_RECUSALS,
                                l->recusal_version);
    return err != OK ? err : edition_sheet(&l->recusals, dir->db, &recusals);
}

enum err draw_libraries_read(struct draw_libraries *l, struct directory *dir,
                             uint64_t targets)
{
    enum err err =
        edition_load(&l->edition, dir->db, EDITION_TARGETS, targets);
    if (err == OK) err = edition_sheet(&l->targets, dir->db, &l->edition);
    if (err == OK) err = read_recusals(l, dir);
    if (err != OK) return err;
    struct edition_walk walk = edition_walk_version(
        dir->db, EDITION_INSPECTORS, l->inspectors);
    return roster_load(&l->roster, &walk);
}

enum err draw_frozen(struct frozen *frozen, struct draw_libraries *l,
                     struct directory *dir, struct draw *draw)
{
    struct store_draw_freeze stored;
    *l = (struct draw_libraries){ 0 };
    *frozen = (struct frozen){ 0 };
    enum err err = store_draw_freeze(&stored, dir->db, draw->number);
    if (err != OK) return err;

    struct frozen_input input = { .announcement = &draw->announcement,
                                  .values = l->values,
                                  .roster = &l->roster };
    char purpose[64];
    snprintf(purpose, sizeof purpose, "draw/%llu/keys",
             (unsigned long long)draw->number);
    if (stored.sealed.len != sizeof input.keys + CRYPTO_SEAL_EXTRA)
        err = ERR_FORMAT;
    if (err == OK)
        err = keyring_open((uint8_t *)&input.keys, &dir->keyring, purpose,
                           stored.sealed);
    l->inspectors = stored.inspectors;
    l->recusal_version = stored.recusals;
    if (err == OK) err = draw_libraries_read(l, dir, stored.targets);
    if (err == OK) err = draw_values(l, dir, draw);
    input.targets = l->targets;
    input.recusals = l->recusals;
    if (err == OK) err = frozen_build(frozen, &input);
    crypto_wipe(&input.keys, sizeof input.keys);
    store_draw_freeze_release(&stored);
    return err;
}

/* Values of V's contributions, in the order they stand. */
static enum err read_contrib(struct hash *contrib, const json_t *reveal)
{
    const json_t *list = json_read_member(reveal, "contributions");
    uint8_t room[ANNOUNCEMENT_CONTRIBUTORS_MAX][64];
    struct bytes values[ANNOUNCEMENT_CONTRIBUTORS_MAX];
    size_t count = 0;
    enum err err = json_read_array(&count, list);
    if (err != OK) return err;
    if (count > ANNOUNCEMENT_CONTRIBUTORS_MAX) return ERR_LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct bytes text;
        const json_t *value =
            json_read_member(json_read_item(list, i), "value");
        err = json_read_string(&text, value);
        if (err != OK) return err;
        if (text.len / 2 > sizeof room[0]) return ERR_RANGE;
        err = json_read_hex(room[i], text.len / 2, value);
        if (err != OK) return err;
        values[i] = bytes_of(room[i], text.len / 2);
    }
    *contrib = seed_contrib(values, count);
    return OK;
}

enum err draw_seed(struct hash *seed, const struct draw *draw)
{
    const struct draw_entry *e = draw->entries;
    struct seed_parts parts = {
        .announcement = e[DRAW_ANNOUNCEMENT].digest,
        .freeze = e[DRAW_FREEZE].digest,
        .chain = draw->chain.hash,
        .round = draw->round,
    };
    uint8_t signature[CHAIN_SIGNATURE_LEN];
    json_t *reveal = NULL, *beacon = NULL;
    enum err err = json_read_text(&reveal, e[DRAW_REVEAL].text);
    if (err == OK) err = json_read_text(&beacon, e[DRAW_BEACON].text);
    if (err == OK)
        err = json_read_hash(&parts.secret,
                             json_read_member(reveal, "secret"));
    if (err == OK) err = read_contrib(&parts.contrib, reveal);
    if (err == OK)
        err = json_read_hex(signature, sizeof signature,
                            json_read_member(beacon, "signature"));
    parts.signature = bytes_of(signature, sizeof signature);
    if (err == OK) *seed = seed_make(&parts);
    json_decref(reveal);
    json_decref(beacon);
    return err;
}
