#include "domain/publish.h"

#include "core/seed.h"
#include "domain/book.h"
#include "domain/draw.h"
#include "domain/edition.h"
#include "domain/listing.h"
#include "format/json_read.h"
#include "host/fault.h"
#include "store/db.h"

#include <stdio.h>
#include <stdlib.h>

enum { BOOK_NAME_MAX = 32, SLOTS_MAX = 100000 };

/* The latest version, unless it is in force already. */
static enum err next_edition(struct edition *edition, struct directory *dir,
                             enum edition_kind kind)
{
    struct edition active;
    enum err err = edition_latest(edition, dir->db, kind);
    if (err == ERR_ABSENT)
        return directory_why(dir, ERR_STATE, "还没有导入。"
                           "请先 yaohao import");
    if (err != OK) return err;
    err = edition_active(&active, dir->db, kind);
    if (err == OK && active.version == edition->version)
        return directory_why(dir, ERR_STATE, "第 %llu 版已经公布过了",
                           (unsigned long long)active.version);
    return err == ERR_ABSENT ? OK : err;
}

static enum err make_list(struct entry_list *list, struct directory *dir,
                          const struct edition *edition)
{
    struct bytes array;
    struct hash digest;
    enum err err = edition_array(&array, dir->db, edition);
    if (err != OK) return err;
    *list = entry_list_of(array, edition->count);
    return list->is_attached ? directory_attach(&digest, dir, array) : OK;
}

static void write_items(struct writer *w, const struct entry_head *head,
                        const struct entry_list *list, uint64_t version)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    canon_member_u64(&c, "draw", 0);
    canon_member_text(&c, "kind", "items");
    entry_list_write(&c, "list", list);
    canon_member_hash(&c, "prev", head->prev);
    canon_member_u64(&c, "time", head->time);
    canon_member_u64(&c, "version", version);
    canon_object_end(&c);
}

enum err publish_items(struct directory *dir)
{
    struct edition edition;
    struct entry_list list = { 0 };
    struct listing_entry first = { 0 };
    uint8_t *room = malloc(ENTRY_MAX);
    uint64_t index = 0;
    if (room == NULL) return ERR_MEMORY;
    enum err err = next_edition(&edition, dir, EDITION_ITEMS);
    if (err == OK) err = make_list(&list, dir, &edition);
    if (err == OK) err = listing_entry(&first, dir->db, 0);
    if (err == OK) err = log_begin(&dir->log);
    if (err == OK) {
        const struct entry_head head = { 0, log_time(&dir->log),
                                         first.digest };
        struct writer w = writer_into(room, ENTRY_MAX);
        write_items(&w, &head, &list, edition.version);
        err = w.is_full ? ERR_LIMIT : OK;
        if (err == OK)
            err = edition_activate(dir->db, EDITION_ITEMS, edition.version,
                                   head.time);
        if (err == OK) err = log_append(&index, &dir->log, writer_bytes(&w));
        err = log_finish(&dir->log, err);
    }
    if (err == OK) err = log_publish(&dir->log);
    json_decref(first.root);
    entry_list_release(&list);
    free(room);
    return err;
}

/* ---- the plan and its seed book --------------------------------------- */

struct book {
    char name[BOOK_NAME_MAX];
    uint32_t slots;
    struct hash *secrets; /* guarded memory */
    struct hash *commits;
    struct hash root, list;
};

static enum err make_book(struct book *book, struct directory *dir)
{
    size_t max = (size_t)book->slots * 67 + 16;
    book->secrets = crypto_secret(book->slots * sizeof *book->secrets);
    book->commits = calloc(book->slots, sizeof *book->commits);
    struct hash *leaves = calloc(book->slots, sizeof *leaves);
    uint8_t *room = malloc(max);
    enum err err = OK;
    if (book->secrets == NULL || book->commits == NULL || leaves == NULL ||
        room == NULL)
        err = ERR_MEMORY;
    struct writer w = writer_into(room, max);
    struct canon c = canon_into(&w);
    if (err == OK) canon_array(&c);
    for (uint32_t i = 0; i < book->slots && err == OK; i++) {
        entropy_take(&dir->entropy, book->secrets[i].b, 32);
        book->commits[i] =
            seed_commit(bytes_text(book->name), i, &book->secrets[i]);
        leaves[i] = merkle_leaf(hash_bytes(&book->commits[i]));
        canon_hash(&c, book->commits[i]);
    }
    if (err == OK) {
        canon_array_end(&c);
        book->root = merkle_root(leaves, book->slots);
        err = directory_attach(&book->list, dir, writer_bytes(&w));
    }
    FAULT("book-made");
    free(room);
    free(leaves);
    return err;
}

static void release_book(struct book *book)
{
    crypto_release(book->secrets);
    free(book->commits);
}

static enum err keep_secrets(struct directory *dir, const struct book *book,
                             const struct hash *digest)
{
    for (uint32_t i = 0; i < book->slots; i++) {
        const struct book_slot slot = { *digest, i };
        enum err err = book_keep(dir, &slot, &book->secrets[i]);
        if (err != OK) return err;
        FAULT("book-slot");
    }
    return OK;
}

static void write_plan(struct writer *w, const struct entry_head *head,
                       const struct entry_list *list, uint64_t year,
                       struct hash amends)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    canon_member_hash(&c, "amends", amends);
    entry_list_write(&c, "batches", list);
    canon_member_u64(&c, "draw", 0);
    canon_member_text(&c, "kind", "plan");
    canon_member_hash(&c, "prev", head->prev);
    canon_member_u64(&c, "time", head->time);
    canon_member_u64(&c, "year", year);
    canon_object_end(&c);
}

static void write_book(struct writer *w, const struct entry_head *head,
                       const struct book *book, bool is_supplement)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    canon_member_text(&c, "book", book->name);
    canon_member_u64(&c, "draw", 0);
    canon_member_text(&c, "kind", "seed-book");
    canon_member_hash(&c, "list", book->list);
    canon_member_hash(&c, "prev", head->prev);
    canon_member_hash(&c, "root", book->root);
    canon_member_u64(&c, "slots", book->slots);
    canon_member_text(&c, "supplement", is_supplement ? "计划调整" : "");
    canon_member_u64(&c, "time", head->time);
    canon_object_end(&c);
}

struct plan {
    struct edition edition;
    struct entry_list list;
    struct hash items, amends; /* entries */
    uint64_t count;            /* plans published before */
};

static enum err find_before(struct plan *plan, struct directory *dir)
{
    struct store_log_entry found;
    struct listing_entry entry = { 0 };
    enum err err = listing_last(&found, dir->db, "items");
    if (err == ERR_ABSENT)
        return directory_why(dir, ERR_STATE,
                           "抽查事项清单还没有公布，请先 publish items");
    if (err == OK) err = listing_entry(&entry, dir->db, found.seq);
    if (err != OK) return err;
    plan->items = entry.digest;
    json_decref(entry.root);

    struct store_log_entry wish = { .kind = "plan" };
    while ((err = store_log_find(&found, dir->db, &wish)) == OK) {
        uint64_t year = 0;
        wish.seq = found.seq + 1;
        plan->count++;
        err = listing_entry(&entry, dir->db, found.seq);
        if (err != OK) return err;
        err = json_read_u64(&year, json_read_member(entry.root, "year"),
                            9999);
        if (err == OK && year == plan->edition.year)
            plan->amends = entry.digest;
        json_decref(entry.root);
    }
    return err == ERR_ABSENT ? OK : err;
}

static enum err log_plan(struct directory *dir, struct plan *plan,
                         struct book *book, uint8_t *room)
{
    struct entry_head head = { 0, log_time(&dir->log), plan->items };
    struct hash none = { { 0 } };
    bool is_amendment = !hash_equal(plan->amends, none);
    uint64_t index = 0;
    struct writer w = writer_into(room, ENTRY_MAX);
    write_plan(&w, &head, &plan->list, plan->edition.year, plan->amends);
    enum err err = w.is_full ? ERR_LIMIT : OK;
    if (err == OK) err = log_append(&index, &dir->log, writer_bytes(&w));
    if (err != OK) return err;

    head.prev = hash_sha256(writer_bytes(&w));
    w = writer_into(room, ENTRY_MAX);
    write_book(&w, &head, book, is_amendment);
    struct hash digest = hash_sha256(writer_bytes(&w));
    err = log_append(&index, &dir->log, writer_bytes(&w));
    if (err == OK) err = keep_secrets(dir, book, &digest);
    if (err != OK) return err;
    FAULT("book-kept");
    return edition_activate(dir->db, EDITION_PLAN, plan->edition.version,
                            head.time);
}

enum err publish_plan(struct directory *dir, uint32_t slots)
{
    struct plan plan = { 0 };
    struct book book = { .slots = slots };
    uint8_t *room = malloc(ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    enum err err = next_edition(&plan.edition, dir, EDITION_PLAN);
    if (err == OK) err = find_before(&plan, dir);
    if (err == OK) err = make_list(&plan.list, dir, &plan.edition);
    if (slots == 0) book.slots = (uint32_t)plan.edition.count * 2 + 10;
    if (book.slots > SLOTS_MAX) book.slots = SLOTS_MAX;
    snprintf(book.name, sizeof book.name, "%llu-%llu",
             (unsigned long long)plan.edition.year,
             (unsigned long long)plan.count + 1);
    if (err == OK) err = make_book(&book, dir);
    if (err == OK) err = log_begin(&dir->log);
    if (err == OK) {
        err = log_plan(dir, &plan, &book, room);
        err = log_finish(&dir->log, err);
    }
    if (err == OK) err = log_publish(&dir->log);
    release_book(&book);
    entry_list_release(&plan.list);
    free(room);
    return err;
}
