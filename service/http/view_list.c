/* view_list — firms by district and by the first letter of the name, for
 * readers without scripts; over what was opened, as the search. */
#include <string.h>

#include "domain/area.h"
#include "domain/search.h"
#include "http/profile.h"
#include "http/view.h"

enum { PAGE_ROWS = 200 };

#define NO_DISTRICT "other" /* stands in the address */

/* A run of firms of one district in search->order. */
struct run {
    struct bytes district;
    uint32_t start, count;
};

static const struct search_firm *firm_at(const struct search *search,
                                         uint32_t place)
{
    return &search->firms[search->order[place]];
}

static struct bytes district_at(const struct search *search, uint32_t place)
{
    return search_text(firm_at(search, place), SEARCH_DISTRICT);
}

/* The run that begins at `start`. */
static struct run run_at(const struct search *search, uint32_t start)
{
    struct run run = { district_at(search, start), start, 0 };
    while (start + run.count < search->count &&
           bytes_equal(district_at(search, start + run.count), run.district))
        run.count++;
    return run;
}

static struct bytes label(struct bytes district)
{
    const char *name = area_name(district);
    if (district.len == 0) return bytes_text("未注明区划");
    return name == NULL ? district : bytes_text(name);
}

static struct bytes in_address(struct bytes district)
{
    return district.len == 0 ? bytes_text(NO_DISTRICT) : district;
}

enum err view_lists(struct canon *c, struct route_request *request)
{
    const struct search *search = NULL;
    enum err err = route_search(&search, request);
    if (err != OK) return err;
    canon_object(c);
    canon_member_u64(c, "cut", search->is_cut ? 1 : 0);
    canon_key(c, "districts");
    canon_array(c);
    for (uint32_t at = 0; at < search->count;) {
        struct run run = run_at(search, at);
        canon_object(c);
        canon_member_string(c, "district", in_address(run.district));
        canon_member_u64(c, "firm_count", run.count);
        canon_member_string(c, "name", label(run.district));
        canon_object_end(c);
        at += run.count;
    }
    canon_array_end(c);
    canon_member_u64(c, "firm_count", search->count);
    canon_object_end(c);
    return OK;
}

/* The first letter of a key with all its bytes. */
static struct bytes initial(const struct search_firm *firm)
{
    struct bytes key = search_text(firm, SEARCH_KEY);
    size_t len = key.len == 0 ? 0 : 1;
    while (len < key.len && (key.at[len] & 0xc0) == 0x80) len++;
    return bytes_slice(key, 0, len);
}

static void write_firms(struct canon *c, const struct search *search,
                        struct run run)
{
    struct bytes last = { NULL, 0 };
    canon_key(c, "firms");
    canon_array(c);
    for (uint32_t i = 0; i < run.count; i++) {
        const struct search_firm *firm = firm_at(search, run.start + i);
        bool is_new = i == 0 || !bytes_equal(last, initial(firm));
        last = initial(firm);
        canon_object(c);
        canon_member_string(c, "code", search_text(firm, SEARCH_CODE));
        canon_member_u64(c, "drawn", firm->turn != 0);
        canon_member_string(c, "id", search_text(firm, SEARCH_ID));
        if (is_new) canon_member_string(c, "initial", last);
        profile_member(c, "name", search_text(firm, SEARCH_NAME));
        canon_object_end(c);
    }
    canon_array_end(c);
}

/* Every page by its first and last letter. */
static void write_pages(struct canon *c, const struct search *search,
                        struct run run, uint64_t here)
{
    canon_key(c, "pages");
    canon_array(c);
    for (uint32_t at = 0; at < run.count; at += PAGE_ROWS) {
        uint32_t end = at + PAGE_ROWS < run.count ? at + PAGE_ROWS : run.count;
        canon_object(c);
        canon_member_string(c, "from",
                            initial(firm_at(search, run.start + at)));
        canon_member_u64(c, "is_here", at / PAGE_ROWS + 1 == here);
        canon_member_u64(c, "is_start", at == 0);
        canon_member_u64(c, "page", at / PAGE_ROWS + 1);
        canon_member_string(c, "to",
                            initial(firm_at(search, run.start + end - 1)));
        canon_object_end(c);
    }
    canon_array_end(c);
}

static enum err find_run(struct run *run, const struct search *search,
                         struct bytes district)
{
    for (uint32_t at = 0; at < search->count; at += run->count) {
        *run = run_at(search, at);
        if (bytes_equal(in_address(run->district), district)) return OK;
    }
    return ERR_ABSENT;
}

/* 140802 or 140802/2. */
static enum err read_rest(struct bytes *district, uint64_t *page,
                          struct bytes rest)
{
    const uint8_t *slash = memchr(rest.at, '/', rest.len);
    *district = rest;
    *page = 1;
    if (slash == NULL) return OK;
    size_t len = (size_t)(slash - rest.at);
    *district = bytes_slice(rest, 0, len);
    enum err err = bytes_read_u64(
        page, bytes_slice(rest, len + 1, rest.len), UINT32_MAX);
    return err != OK || *page < 2 ? ERR_ABSENT : OK;
}

enum err view_list(struct canon *c, struct route_request *request)
{
    const struct search *search = NULL;
    struct bytes district;
    uint64_t page = 1;
    struct run run = { { NULL, 0 }, 0, 0 };
    enum err err = read_rest(&district, &page, request->rest);
    if (err == OK) err = route_search(&search, request);
    if (err == OK) err = find_run(&run, search, district);
    if (err == OK && (page - 1) * PAGE_ROWS >= run.count) err = ERR_ABSENT;
    if (err != OK) return err;
    struct run part = run;
    part.start += (uint32_t)(page - 1) * PAGE_ROWS;
    part.count -= (uint32_t)(page - 1) * PAGE_ROWS;
    if (part.count > PAGE_ROWS) part.count = PAGE_ROWS;
    canon_object(c);
    canon_member_string(c, "district", in_address(run.district));
    canon_member_u64(c, "firm_count", run.count);
    write_firms(c, search, part);
    canon_member_string(c, "name", label(run.district));
    canon_member_u64(c, "page", page);
    write_pages(c, search, run, page);
    canon_object_end(c);
    return OK;
}
