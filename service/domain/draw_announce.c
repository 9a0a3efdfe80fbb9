/*
 * The announcement: what a person gives, completed from plan and log,
 * checked against both, then logged.
 */
#include "domain/draw_check.h"

#include "domain/listing.h"
#include "format/json_read.h"
#include "format/json_write.h"
#include "host/fault.h"
#include "store/db.h"
#include "store/store_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a batch stands in the log. */
struct batch {
    json_t *plan;  /* the entry                       */
    json_t *list;  /* its batches                     */
    json_t *value; /* borrowed from the list          */
    struct hash plan_digest, book_digest;
    uint64_t slots, slot, number;
    struct hash ending;
};

static void release_batch(struct batch *batch)
{
    json_decref(batch->plan);
    json_decref(batch->list);
}

static json_t *batch_named(const json_t *list, const char *code)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *batch = json_array_get(list, i);
        if (strcmp(json_read_plain(batch, "code"), code) == 0) return batch;
    }
    return NULL;
}

/* The last plan in the log that has the batch. */
static enum err find_batch(struct batch *batch, struct directory *dir,
                           const char *code)
{
    struct store_log_entry wish = { .kind = "plan" }, found;
    enum err err;
    while ((err = store_log_find(&found, dir->db, &wish)) == OK) {
        struct listing_entry plan = { 0 }, book = { 0 };
        json_t *list = NULL;
        wish.seq = found.seq + 1;
        err = listing_entry(&plan, dir->db, found.seq);
        if (err == OK)
            err = listing_read(&list, dir,
                               json_read_member(plan.root, "batches"));
        json_t *value = err == OK ? batch_named(list, code) : NULL;
        if (value != NULL) {
            release_batch(batch);
            batch->plan = json_incref(plan.root);
            batch->list = json_incref(list);
            batch->value = value;
            batch->plan_digest = plan.digest;
            err = listing_entry(&book, dir->db, found.seq + 1);
            batch->book_digest = book.digest;
            batch->slots = (uint64_t)json_integer_value(
                json_object_get(book.root, "slots"));
        }
        json_decref(book.root);
        json_decref(plan.root);
        json_decref(list);
        if (err != OK) return err;
    }
    if (err != ERR_ABSENT) return err;
    if (batch->value != NULL) return OK;
    return directory_why(dir, ERR_INPUT,
                       "已公布的抽查计划里没有批次“%s”。请核对编号，"
                       "或先 import、publish 计划",
                       code);
}

/* What an earlier draw of the same batch or book means for the next one. */
static enum err follow(struct batch *batch, struct directory *dir,
                       const char *code, uint64_t number)
{
    struct draw draw;
    enum err err = draw_load(&draw, dir, number);
    if (err == OK) {
        const struct announcement *a = &draw.announcement;
        const struct draw_entry *e = draw.entries;
        if (hash_equal(a->book, batch->book_digest)) batch->slot = a->slot + 1;
        if (bytes_equal_text(a->batch, code)) {
            if (e[DRAW_VOID].is_there) batch->ending = e[DRAW_VOID].digest;
            else if (e[DRAW_ANNUL].is_there)
                batch->ending = e[DRAW_ANNUL].digest;
            else
                err = directory_why(dir, ERR_STATE,
                                  "本批次已有第 %llu 号抽取（%s），"
                                  "一个批次只抽一次",
                                  (unsigned long long)number,
                                  draw_stage(&draw));
        }
    }
    draw_release(&draw);
    return err;
}

static enum err follow_all(struct batch *batch, struct directory *dir,
                           const char *code)
{
    for (batch->number = 1;; batch->number++) {
        struct store_log_entry wish = { .draw = batch->number,
                                        .kind = "announcement" },
                               found;
        enum err err = store_log_find(&found, dir->db, &wish);
        if (err == ERR_ABSENT) break;
        if (err == OK) err = follow(batch, dir, code, batch->number);
        if (err != OK) return err;
    }
    if (batch->slot < batch->slots) return OK;
    return directory_why(dir, ERR_STATE,
                       "种子簿已用完。请导入并公布计划调整，"
                       "会附一本补充种子簿");
}

/* ---- completing the input --------------------------------------------- */

/* What memory was too short for is left out, hence the flag. */
struct filling {
    json_t *root;
    bool is_short;
};

/* Takes `value`; NULL: there was no memory for it. */
static void set(struct filling *f, const char *key, json_t *value)
{
    if (json_object_set_new(f->root, key, value) != 0) f->is_short = true;
}

static void set_default(struct filling *f, const char *key, json_t *value)
{
    if (json_object_get(f->root, key) == NULL) set(f, key, value);
    else json_decref(value);
}

static void set_hash(struct filling *f, const char *key, struct hash hash)
{
    char hex[65] = "";
    struct writer w = writer_into(hex, 64);
    writer_hex(&w, hash_bytes(&hash));
    set(f, key, json_string(hex));
}

static void set_integer(struct filling *f, const char *key, uint64_t value)
{
    set(f, key, json_integer((json_int_t)value));
}

static json_t *default_departments(const json_t *batch)
{
    json_t *departments = json_array();
    const json_t *names = json_object_get(batch, "departments");
    for (size_t i = 0; i < json_array_size(names); i++) {
        json_t *one =
            json_pack("{s:O,s:i}", "name", json_array_get(names, i), "seats",
                      i == 0 ? 2 : 1);
        if (json_array_append_new(departments, one) == 0) continue;
        json_decref(departments);
        return NULL;
    }
    return departments;
}

static void set_defaults(struct filling *f, const struct batch *batch,
                         bool is_rehearsal)
{
    set_default(f, "beacon", json_string(is_rehearsal ? "test" : "quicknet"));
    set_default(f, "columns", json_pack("[sss]", "code", "name", "district"));
    set_default(f, "contributors", json_array());
    set_default(f, "custodian", json_null());
    set_default(f, "departments", default_departments(batch->value));
    set_default(f, "disclosure", json_string("kept"));
    set_default(f, "exclusions", json_array());
    set_default(f, "given", json_null());
    set_default(f, "items",
                json_incref(json_object_get(batch->value, "items")));
    set_default(f, "mirror", json_string(""));
    set_default(f, "mode", json_string("sealed"));
    set_default(f, "scope", json_pack("{s:[],s:[]}", "district", "type"));
    set_default(f, "stratify", json_string("none"));
    set_default(f, "urgent", json_integer(0));
}

/* RFC 3339 strings become Unix seconds. */
static enum err set_times(struct filling *f, struct directory *dir)
{
    static const char *const keys[] = { "t0", "t1", "t4" };
    for (size_t i = 0; i < 3; i++) {
        const json_t *value = json_object_get(f->root, keys[i]);
        uint64_t time = 0;
        if (json_is_integer(value)) continue;
        if (!json_is_string(value) ||
            clock_read(&time, bytes_text(json_string_value(value))) != OK)
            return directory_why(dir, ERR_INPUT,
                               "%s 须是时间，例如 2027-04-12T10:00:00+08:00",
                               keys[i]);
        set_integer(f, keys[i], time);
    }
    return OK;
}

static enum err set_facts(struct filling *f, struct directory *dir,
                          const struct batch *batch)
{
    uint8_t room[65536];
    struct writer w = writer_into(room, sizeof room);
    enum err err = store_log_policy_read(&w, dir->db, NULL);
    if (err != OK) return err;
    set_hash(f, "policy", hash_sha256(writer_bytes(&w)));
    set_hash(f, "prev", batch->plan_digest);
    set_hash(f, "book", batch->book_digest);
    set_hash(f, "ending", batch->ending);
    set(f, "kind", json_string("announcement"));
    set_integer(f, "draw", batch->number);
    set_integer(f, "slot", batch->slot);
    set_integer(f, "time", log_time(&dir->log));
    return f->is_short ? ERR_MEMORY : OK;
}

/* A stratum's `value` is kept apart: it is not published. */
static enum err take_values(const char *values[ANNOUNCEMENT_STRATA_MAX],
                            json_t *kept, json_t *root)
{
    const json_t *strata = json_object_get(root, "strata");
    if (json_array_size(strata) > ANNOUNCEMENT_STRATA_MAX) return ERR_RANGE;
    for (size_t i = 0; i < json_array_size(strata); i++) {
        json_t *stratum = json_array_get(strata, i);
        json_t *value = json_object_get(stratum, "value");
        values[i] = NULL;
        if (!json_is_string(value)) continue;
        if (json_array_append(kept, value) != 0) return ERR_MEMORY;
        values[i] = json_string_value(value);
        json_object_del(stratum, "value");
    }
    return OK;
}

static enum err check_keys(struct directory *dir, const json_t *root)
{
    static const char *const known[] = {
        "batch",      "beacon",  "columns", "contributors", "custodian",
        "departments", "disclosure", "exclusions", "given", "items",
        "mirror",     "mode",    "scope",   "strata",       "stratify",
        "t0",         "t1",      "t4",      "urgent",
    };
    json_t *borrowed = (json_t *)(uintptr_t)root;
    for (void *at = json_object_iter(borrowed); at != NULL;
         at = json_object_iter_next(borrowed, at)) {
        const char *key = json_object_iter_key(at);
        bool is_known = false;
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
            is_known = is_known || strcmp(known[i], key) == 0;
        if (!is_known)
            return directory_why(dir, ERR_INPUT, "公告里有不认识的键“%s”",
                               key);
    }
    return OK;
}

/* ---- the step --------------------------------------------------------- */

static enum err append(struct directory *dir, uint64_t number,
                       struct bytes text,
                       const char *const values[ANNOUNCEMENT_STRATA_MAX])
{
    uint64_t index = 0;
    enum err err = log_begin(&dir->log);
    if (err != OK) return err;
    err = log_append(&index, &dir->log, text);
    for (size_t i = 0; i < ANNOUNCEMENT_STRATA_MAX && err == OK; i++) {
        if (values[i] == NULL) continue;
        err = store_draw_value_write(dir->db, number, i,
                                     bytes_text(values[i]));
        FAULT("announce-value");
    }
    err = log_finish(&dir->log, err);
    return err != OK ? err : log_publish(&dir->log);
}

static enum err announce(struct batch *batch, struct directory *dir,
                         json_t *root)
{
    const char *values[ANNOUNCEMENT_STRATA_MAX] = { 0 };
    json_t *kept = json_array();
    uint8_t *room = malloc(ENTRY_MAX);
    const char *code = json_read_plain(root, "batch");
    struct filling filling = { .root = root };

    enum err err = room == NULL || kept == NULL ? ERR_MEMORY : OK;
    if (err == OK) err = find_batch(batch, dir, code);
    if (err == OK) err = follow_all(batch, dir, code);
    if (err == OK) err = set_times(&filling, dir);
    if (err == OK) err = take_values(values, kept, root);
    if (err == OK) set_defaults(&filling, batch, dir->is_rehearsal);
    if (err == OK) err = set_facts(&filling, dir, batch);
    if (err == OK) {
        struct writer w = writer_into(room, ENTRY_MAX);
        struct canon c = canon_into(&w);
        err = json_write_value(&c, root);
        if (err == OK && w.is_full) err = ERR_LIMIT;
        if (err == OK) err = draw_check_announcement(dir, batch->value,
                                          writer_bytes(&w));
        if (err == OK)
            err = append(dir, batch->number, writer_bytes(&w), values);
    }
    json_decref(kept);
    free(room);
    return err;
}

enum err draw_announce(uint64_t *number, struct directory *dir,
                       struct bytes input)
{
    json_t *root = NULL;
    struct batch batch = { 0 };
    enum err err = json_read_text(&root, input);
    if (err != OK || !json_is_object(root))
        err = directory_why(dir, ERR_INPUT,
                          "公告文件不是规范的 JSON 对象（UTF-8，键不重复）");
    if (err == OK) err = check_keys(dir, root);
    if (err == OK) err = announce(&batch, dir, root);
    *number = batch.number;
    release_batch(&batch);
    json_decref(root);
    return err;
}
