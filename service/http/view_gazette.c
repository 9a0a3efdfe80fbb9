/* view_gazette — items with their versions, plans with their seed books. */
#include <stdlib.h>

#include "domain/announcement.h"
#include "format/json_read.h"
#include "http/change.h"
#include "http/profile.h"
#include "http/view.h"
#include "host/clock.h"

static uint64_t number_of(const json_t *object, const char *key)
{
    uint64_t number = 0;
    if (json_read_u64(&number, json_read_member(object, key),
                      CANON_INTEGER_MAX) != OK)
        return 0;
    return number;
}

/* ---- items ------------------------------------------------------------ */
static void write_items(struct canon *c, const json_t *list)
{
    struct bytes category;
    canon_key(c, "items");
    canon_array(c);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        bool is_key =
            json_read_string(&category,
                             json_read_member(item, "category")) == OK &&
            bytes_equal_text(category, "重点");
        canon_object(c);
        change_join(c, "departments", json_read_member(item, "departments"));
        canon_member_u64(c, "is_key", is_key);
        profile_write_json(c, item, profile_item);
        canon_object_end(c);
    }
    canon_array_end(c);
}

static void write_versions(struct canon *c, const struct gazette *items)
{
    canon_key(c, "versions");
    canon_array(c);
    for (size_t i = items->count; i-- > 0;) {
        const struct gazette_issue *at = &items->issues[i];
        canon_object(c);
        if (i > 0) change_write(c, at - 1, at, change_item);
        // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): i < count
        canon_member_u64(c, "count", json_array_size(at->list));
        canon_member_hash(c, "digest", at->digest);
        canon_member_u64(c, "entry", at->seq);
        canon_member_u64(c, "is_first_version", i == 0);
        canon_member_u64(c, "time", at->time);
        canon_member_u64(c, "version", number_of(at->root, "version"));
        canon_object_end(c);
    }
    canon_array_end(c);
}

enum err view_item_versions(struct canon *c, struct route_request *request)
{
    struct gazette items;
    enum err err = gazette_load(&items, request->dir, "items");
    if (err == OK) {
        const struct gazette_issue *last =
            items.count == 0 ? NULL : &items.issues[items.count - 1];
        canon_object(c);
        write_items(c, last == NULL ? NULL : last->list);
        if (last != NULL) canon_member_u64(c, "time", last->time);
        write_versions(c, &items);
        canon_object_end(c);
    }
    gazette_release(&items);
    return err;
}

/* ---- which draw used which plan, batch and page of a seed book -------- */
struct use {
    uint64_t draw;
    struct announcement a;
};

struct uses {
    uint64_t count;
    struct use *of;
};

static enum err read_use(struct use *use, struct directory *dir,
                         uint64_t number)
{
    struct store_log_entry wish = { .draw = number }, found;
    uint8_t *room = malloc(TILE_ENTRY_MAX);
    struct writer w = writer_into(room, TILE_ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    use->draw = number;
    enum err err = store_log_find(&found, dir->db, &wish);
    if (err == OK) err = store_log_body(&w, dir->db, found.seq);
    if (err == OK) err = announcement_read(&use->a, writer_bytes(&w));
    free(room);
    return err;
}

static void uses_release(struct uses *uses)
{
    for (uint64_t i = 0; i < uses->count; i++)
        announcement_release(&uses->of[i].a);
    free(uses->of);
}

static enum err uses_load(struct uses *uses, struct directory *dir)
{
    uint64_t count = 0;
    *uses = (struct uses){ 0 };
    enum err err = store_log_draws(&count, dir->db);
    if (err == OK) uses->of = calloc(count + 1, sizeof *uses->of);
    if (err == OK && uses->of == NULL) err = ERR_MEMORY;
    for (uint64_t n = 1; err == OK && n <= count; n++) {
        err = read_use(&uses->of[n - 1], dir, n);
        if (err == OK) uses->count = n;
    }
    return err;
}

/* ---- plans ------------------------------------------------------------ */
struct shelf {
    struct gazette items, plans, books;
    struct uses uses;
};

static bool is_of_year(const struct shelf *shelf, struct hash plan,
                       uint64_t year)
{
    const struct gazette_issue *issue = gazette_find(&shelf->plans, plan);
    return issue != NULL && number_of(issue->root, "year") == year;
}

static void write_draws(struct canon *c, const struct shelf *shelf,
                        uint64_t year, struct bytes code)
{
    canon_key(c, "draws");
    canon_array(c);
    for (uint64_t i = 0; i < shelf->uses.count; i++) {
        const struct use *use = &shelf->uses.of[i];
        if (!bytes_equal(use->a.batch, code) ||
            !is_of_year(shelf, use->a.prev, year))
            continue;
        canon_object(c);
        canon_member_u64(c, "draw", use->draw);
        canon_object_end(c);
    }
    canon_array_end(c);
}

/* Items by name, as the list that the plan rests on has them. */
static void write_item_names(struct canon *c,
                             const struct gazette_issue *items,
                             const json_t *codes)
{
    static const char *const fields[] = { "code", "name", NULL };
    struct bytes code;
    canon_key(c, "items");
    canon_array(c);
    for (size_t i = 0; i < json_array_size(codes); i++) {
        if (json_read_string(&code, json_array_get(codes, i)) != OK) continue;
        const json_t *item = gazette_element(items, code);
        canon_object(c);
        if (item != NULL)
            profile_write_json(c, item, fields);
        else {
            canon_member_string(c, "code", code);
            canon_member_text(c, "name", "");
        }
        canon_object_end(c);
    }
    canon_array_end(c);
}

static void write_batches(struct canon *c, const struct shelf *shelf,
                          const struct gazette_issue *plan)
{
    struct hash items;
    uint64_t year = number_of(plan->root, "year");
    bool has_items =
        json_read_hash(&items, json_read_member(plan->root, "prev")) == OK;
    canon_key(c, "batches");
    canon_array(c);
    for (size_t i = 0; i < json_array_size(plan->list); i++) {
        const json_t *batch = json_array_get(plan->list, i);
        struct bytes code = bytes_text("");
        if (json_read_string(&code, json_read_member(batch, "code")) != OK)
            continue;
        canon_object(c);
        change_join(c, "departments", json_read_member(batch, "departments"));
        write_draws(c, shelf, year, code);
        canon_member_u64(c, "follows", number_of(batch, "follows"));
        canon_member_u64(
            c, "is_joint",
            json_array_size(json_read_member(batch, "departments")) > 1);
        write_item_names(c, has_items ? gazette_find(&shelf->items, items)
                                      : NULL,
                         json_read_member(batch, "items"));
        profile_write_json(c, batch, profile_batch);
        change_join(c, "quotas", json_read_member(batch, "quotas"));
        canon_object_end(c);
    }
    canon_array_end(c);
}

static void write_books(struct canon *c, const struct shelf *shelf,
                        uint64_t year)
{
    struct hash plan;
    canon_key(c, "books");
    canon_array(c);
    for (size_t i = 0; i < shelf->books.count; i++) {
        const struct gazette_issue *book = &shelf->books.issues[i];
        struct bytes why = bytes_text("");
        uint64_t slots = number_of(book->root, "slots"), used = 0;
        if (json_read_hash(&plan, json_read_member(book->root, "prev")) !=
                OK ||
            !is_of_year(shelf, plan, year))
            continue;
        for (uint64_t k = 0; k < shelf->uses.count; k++)
            used += hash_equal(shelf->uses.of[k].a.book, book->digest);
        canon_object(c);
        canon_member_u64(c, "left_count", slots > used ? slots - used : 0);
        canon_member_u64(c, "slots", slots);
        if (json_read_string(&why, json_read_member(book->root,
                                                    "supplement")) == OK)
            profile_member(c, "supplement", why);
        canon_member_u64(c, "time", book->time);
        canon_member_u64(c, "used_count", used);
        canon_object_end(c);
    }
    canon_array_end(c);
}

/* When this month of that year begins, Beijing time. */
static uint64_t month_begin(uint64_t year, const char *month)
{
    uint8_t room[CLOCK_TEXT_MAX];
    uint64_t time = 0;
    struct writer w = writer_into(room, sizeof room);
    writer_u64(&w, year);
    writer_text(&w, month);
    writer_text(&w, "-01T00:00:00+08:00");
    return clock_read(&time, writer_bytes(&w)) == OK ? time : 0;
}

/* The end of 31 March of that year. */
static uint64_t deadline(uint64_t year)
{
    return month_begin(year, "-04");
}

static uint64_t year_of(uint64_t now)
{
    char text[CLOCK_TEXT_MAX];
    uint64_t year = 0;
    clock_print_beijing(text, now);
    for (size_t i = 0; i < 4; i++) year = year * 10 + (uint64_t)(text[i] - '0');
    return year;
}

static void write_amendments(struct canon *c, const struct shelf *shelf,
                             uint64_t year)
{
    const struct gazette_issue *before = NULL;
    canon_key(c, "amendments");
    canon_array(c);
    for (size_t i = 0; i < shelf->plans.count; i++) {
        const struct gazette_issue *at = &shelf->plans.issues[i];
        if (number_of(at->root, "year") != year) continue;
        if (before != NULL) {
            canon_object(c);
            change_write(c, before, at, change_batch);
            canon_member_u64(c, "entry", at->seq);
            canon_member_u64(c, "time", at->time);
            canon_object_end(c);
        }
        before = at;
    }
    canon_array_end(c);
}

static const struct gazette_issue *first_of(const struct shelf *shelf,
                                            uint64_t year)
{
    for (size_t i = 0; i < shelf->plans.count; i++)
        if (number_of(shelf->plans.issues[i].root, "year") == year)
            return &shelf->plans.issues[i];
    return NULL;
}

static void write_year(struct canon *c, const struct shelf *shelf,
                       const struct gazette_issue *last)
{
    uint64_t year = number_of(last->root, "year"), due = deadline(year);
    const struct gazette_issue *first = first_of(shelf, year);
    uint64_t published = first == NULL ? last->time : first->time;
    canon_object(c);
    write_amendments(c, shelf, year);
    write_batches(c, shelf, last);
    write_books(c, shelf, year);
    canon_member_u64(c, "entry", last->seq);
    canon_member_u64(c, "is_kept", published < due);
    canon_member_u64(c, "time", published);
    canon_member_u64(c, "year", year);
    canon_object_end(c);
}

static enum err shelf_load(struct shelf *shelf, struct directory *dir)
{
    *shelf = (struct shelf){ 0 };
    enum err err = gazette_load(&shelf->items, dir, "items");
    if (err == OK) err = gazette_load(&shelf->plans, dir, "plan");
    if (err == OK) err = gazette_load(&shelf->books, dir, "seed-book");
    if (err == OK) err = uses_load(&shelf->uses, dir);
    return err;
}

/* This year's plan is not there; a log that began later owes none. */
static enum err write_missing(struct canon *c, const struct shelf *shelf,
                              struct route_request *request)
{
    uint64_t year = year_of(request->now), due = deadline(year);
    bool is_late = request->now >= due;
    struct store_log_entry begun;
    request->until = is_late ? month_begin(year + 1, "-01") : due;
    if (first_of(shelf, year) != NULL) return OK;
    enum err err = store_log_about(&begun, request->dir->db, 0);
    if (err != OK) return err == ERR_ABSENT ? OK : err;
    if (begun.time >= due) return OK;
    canon_key(c, "missing");
    canon_object(c);
    canon_member_u64(c, "is_late", is_late);
    canon_member_u64(c, "year", year);
    canon_object_end(c);
    return OK;
}

enum err view_plan_years(struct canon *c, struct route_request *request)
{
    struct shelf shelf;
    enum err err = shelf_load(&shelf, request->dir);
    if (err == OK) {
        canon_object(c);
        err = write_missing(c, &shelf, request);
        canon_key(c, "years");
        canon_array(c);
        for (size_t i = shelf.plans.count; i-- > 0;) {
            const struct gazette_issue *at = &shelf.plans.issues[i];
            uint64_t year = number_of(at->root, "year");
            bool is_last = true;
            for (size_t k = i + 1; k < shelf.plans.count; k++)
                if (number_of(shelf.plans.issues[k].root, "year") == year)
                    is_last = false;
            if (is_last) write_year(c, &shelf, at);
        }
        canon_array_end(c);
        canon_object_end(c);
    }
    gazette_release(&shelf.items);
    gazette_release(&shelf.plans);
    gazette_release(&shelf.books);
    uses_release(&shelf.uses);
    return err;
}
