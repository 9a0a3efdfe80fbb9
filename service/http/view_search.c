/* view_search — draws, firms, items and batches that fit what was typed. */
#include <stdlib.h>
#include <string.h>

#include "domain/listing.h"
#include "domain/search.h"
#include "format/json_read.h"
#include "format/text.h"
#include "http/change.h"
#include "http/profile.h"
#include "http/view.h"

enum { PAGE_ROWS = 50, PAGE_MAX = 1000, DRAWS_ROWS = 50, KIND_ROWS = 50 };

static const char silence[] =
    "只查已经公开的抽取。名单封存期间不回答任何单位是否在名单里，"
    "查得到与查不到的单位，回答一样。";

struct wish {
    struct bytes text, key;
    uint64_t page, firm_count;
    const struct search *search;
    const struct search_firm *firms[PAGE_ROWS]; /* of this page */
};

static enum err write_draw(struct canon *c, struct directory *dir,
                           const struct search *search, uint64_t number)
{
    const struct search_draw *draw = &search->draws[number - 1];
    bool is_annulled = false;
    enum err err = published_is_annulled(&is_annulled, dir, number);
    canon_object(c);
    canon_member_u64(c, "annulled", is_annulled ? 1 : 0);
    canon_member_string(c, "batch", draw->batch);
    canon_member_u64(c, "draw", number);
    canon_member_u64(c, "opened", draw->is_taken ? 1 : 0);
    canon_member_u64(c, "t0", draw->t0);
    canon_member_u64(c, "t1", draw->t1);
    canon_object_end(c);
    return err;
}

static enum err write_draws(struct canon *c, struct directory *dir,
                            const struct wish *wish)
{
    enum err err = OK;
    uint64_t found[DRAWS_ROWS];
    const struct search_wish all = { wish->key, 0, DRAWS_ROWS };
    size_t count = search_draws(found, wish->search, wish->text, &all);
    canon_member_u64(c, "draw_count", count);
    canon_key(c, "draws");
    canon_array(c);
    for (size_t i = 0; err == OK && i < count && i < DRAWS_ROWS; i++)
        err = write_draw(c, dir, wish->search, found[i]);
    canon_array_end(c);
    return err;
}

/* The pages there are, and the ones beside this one. */
static void write_pages(struct canon *c, const struct wish *wish)
{
    uint64_t pages = (wish->firm_count + PAGE_ROWS - 1) / PAGE_ROWS;
    if (pages > PAGE_MAX) pages = PAGE_MAX;
    if (wish->page < pages) canon_member_u64(c, "after", wish->page + 1);
    if (wish->page > 1 && wish->page <= pages + 1)
        canon_member_u64(c, "before", wish->page - 1);
    canon_member_u64(c, "cut", wish->search->is_cut ? 1 : 0);
}

static void write_words(struct canon *c, const struct wish *wish)
{
    uint8_t room[3 * PARAMETER_QUERY_MAX];
    struct writer w = writer_into(room, sizeof room);
    uint64_t pages = (wish->firm_count + PAGE_ROWS - 1) / PAGE_ROWS;
    parameter_encode(&w, wish->text);
    canon_member_u64(c, "page", wish->page);
    canon_member_u64(c, "pages", pages > PAGE_MAX ? PAGE_MAX : pages);
    canon_member_string(c, "q", wish->text);
    canon_member_string(c, "q_escaped", writer_bytes(&w));
    canon_member_text(c, "silence", silence);
}

static void write_firms(struct canon *c, const struct wish *wish)
{
    size_t skip = (size_t)(wish->page - 1) * PAGE_ROWS;
    size_t count = (size_t)wish->firm_count;
    canon_member_u64(c, "firm_count", count);
    canon_key(c, "firms");
    canon_array(c);
    for (size_t i = skip; i < count && i - skip < PAGE_ROWS; i++) {
        const struct search_firm *firm = wish->firms[i - skip];
        canon_object(c);
        canon_member_string(c, "code", search_text(firm, SEARCH_CODE));
        profile_member(c, "district", search_text(firm, SEARCH_DISTRICT));
        canon_member_string(c, "id", search_text(firm, SEARCH_ID));
        profile_member(c, "name", search_text(firm, SEARCH_NAME));
        profile_member(c, "type", search_text(firm, SEARCH_TYPE));
        canon_object_end(c);
    }
    canon_array_end(c);
}

/* ---- items, and batches of the plan ----------------------------------- */

/* A kind of list: which of its texts are looked at, and how it is shown. */
struct kind {
    const char *kind, *member, *key;
    const char *texts[6];
    void (*write)(struct canon *c, const json_t *element);
};

static bool holds(const json_t *value, struct bytes key)
{
    uint8_t room[SEARCH_KEY_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct bytes text;
    return json_read_string(&text, value) == OK && text_key(&w, text) == OK &&
           memmem(room, w.len, key.at, key.len) != NULL;
}

/* Does a text of the element hold the key, or one of a list of texts? */
static bool fits(const json_t *element, const struct kind *kind,
                 struct bytes key)
{
    for (size_t i = 0; kind->texts[i] != NULL; i++) {
        const json_t *value = json_read_member(element, kind->texts[i]);
        if (holds(value, key)) return true;
        for (size_t k = 0; k < json_array_size(value); k++)
            if (holds(json_array_get(value, k), key)) return true;
    }
    return false;
}

static void write_item(struct canon *c, const json_t *item)
{
    static const char *const members[] = { "basis", "code", "name", NULL };
    canon_object(c);
    profile_write_json(c, item, members);
    canon_object_end(c);
}

static void write_batch(struct canon *c, const json_t *batch)
{
    static const char *const members[] = { "code", "name", NULL };
    canon_object(c);
    change_join(c, "departments", json_read_member(batch, "departments"));
    profile_write_json(c, batch, members);
    canon_object_end(c);
}

static const struct kind kinds[] = {
    { "items", "list", "items",
      { "code", "name", "field", "basis", "departments", NULL }, write_item },
    { "plan", "batches", "batches",
      { "code", "name", "scope", "items", "departments", NULL },
      write_batch },
};

/* What fits in the version that is in force. */
static enum err write_kind(struct canon *c, struct directory *dir,
                           const struct kind *kind, struct bytes key)
{
    struct store_log_entry found;
    struct listing_entry entry = { 0 };
    json_t *array = NULL;
    size_t count = 0, shown = 0;
    canon_key(c, kind->key);
    canon_array(c);
    enum err err = listing_last(&found, dir->db, kind->kind);
    if (err == OK) err = listing_entry(&entry, dir->db, found.seq);
    if (err == OK)
        err = listing_read(&array, dir,
                           json_read_member(entry.root, kind->member));
    if (err == OK) err = json_read_array(&count, array);
    for (size_t i = 0; err == OK && i < count && shown < KIND_ROWS; i++) {
        const json_t *element = json_read_item(array, i);
        if (!fits(element, kind, key)) continue;
        kind->write(c, element);
        shown++;
    }
    canon_array_end(c);
    json_decref(array);
    json_decref(entry.root);
    return err == ERR_ABSENT ? OK : err;
}

static bool is_enough(struct bytes key)
{
    size_t letters = 0;
    bool is_number = key.len != 0;
    for (size_t i = 0; i < key.len; i++) {
        letters += (key.at[i] & 0xc0) != 0x80;
        is_number = is_number && key.at[i] >= '0' && key.at[i] <= '9';
    }
    return letters >= 2 || is_number;
}

static enum err find_firms(struct wish *wish)
{
    const struct search_wish page = { wish->key,
                                      (size_t)(wish->page - 1) * PAGE_ROWS,
                                      PAGE_ROWS };
    return search_firms(wish->firms, &wish->firm_count, wish->search, &page);
}

static enum err answer(struct canon *c, struct directory *dir,
                       struct wish *wish)
{
    bool is_asked = is_enough(wish->key);
    enum err err = is_asked ? find_firms(wish) : OK;
    if (err != OK) return err;
    canon_object(c);
    write_pages(c, wish);
    if (is_asked) err = write_draws(c, dir, wish);
    if (is_asked) write_firms(c, wish);
    canon_member_u64(c, "has_firms", wish->firm_count != 0);
    canon_member_text(c, "hint",
                      is_asked ? ""
                               : "请写两个以上的汉字、代码的四位以上、"
                                 "抽取的编号或日期（如 2027-04-12）。");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (err == OK && is_asked)
            err = write_kind(c, dir, &kinds[i], wish->key);
    write_words(c, wish);
    canon_object_end(c);
    return err;
}

enum err view_search(struct canon *c, struct route_request *request)
{
    uint8_t room[SEARCH_KEY_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct wish wish = { .text = text_trim(
                             parameter_find(&request->query, "q")) };
    request->is_passing = true;
    enum err err = parameter_number(&wish.page, &request->query, "page",
                                    PAGE_MAX, 1);
    if (err == OK && text_key(&w, wish.text) != OK) err = ERR_INPUT;
    if (err == OK && w.is_full) err = ERR_INPUT;
    if (err == OK) err = route_search(&wish.search, request);
    if (err != OK) return err;
    wish.key = writer_bytes(&w);
    return answer(c, request->dir, &wish);
}
