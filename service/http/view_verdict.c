/* view_verdict — one draw as everybody may see and judge it. */
#include <stdlib.h>

#include "domain/gazette.h"
#include "format/json_read.h"
#include "http/brief.h"
#include "http/pages.h"
#include "http/profile.h"
#include "http/verdict_check.h"
#include "http/verdict_row.h"
#include "http/verdict_shelf.h"
#include "http/verdict_step.h"
#include "http/view.h"
#include "http/words.h"

static void write_departments(struct canon *c, const struct value *list)
{
    const struct value *at = value_first(list);
    canon_key(c, "departments");
    canon_array(c);
    for (; at != NULL; at = value_next(list, at))
        profile_text(c, value_member_text(at, "name"));
    canon_array_end(c);
}

/* A's items by the names that the list under the plan gives them. */
static void write_items(struct canon *c, const struct verdict *verdict,
                        const struct gazette *items)
{
    static const char *const fields[] = { "code", "name", NULL };
    const struct value *plan = verdict_entry(verdict, KIND_PLAN);
    const struct value *a = verdict_entry(verdict, KIND_ANNOUNCEMENT);
    const struct value *list = value_member(a, "items");
    const struct value *at = value_first(list);
    const struct gazette_issue *issue =
        gazette_find(items, value_member_hash(plan, "prev"));
    canon_key(c, "items");
    canon_array(c);
    for (; at != NULL; at = value_next(list, at)) {
        const json_t *item = gazette_element(issue, value_text(at));
        canon_object(c);
        if (item == NULL) canon_member_string(c, "code", value_text(at));
        profile_write_json(c, item, fields);
        canon_object_end(c);
    }
    canon_array_end(c);
}

static const char *next_name(const struct verdict *verdict)
{
    if (verdict_entry(verdict, KIND_FREEZE) == NULL) return "封存名单";
    if (verdict_entry(verdict, KIND_REVEAL) == NULL) return "揭示随机数";
    return verdict_entry(verdict, KIND_DRAW) == NULL ? "登记抽取"
                                                     : "公开名单";
}

static const struct value *batch_of(const struct verify *v,
                                    const struct value *a)
{
    const struct value *list =
        verify_case_list(v, verify_case_value(v, KIND_PLAN), "batches");
    const struct value *at = value_first(list);
    while (at != NULL && !bytes_equal(value_member_text(at, "code"),
                                      value_member_text(a, "batch")))
        at = value_next(list, at);
    return at;
}

/* What the announcement left out of the lists, and how many it met. */
static void write_exclusions(struct canon *c, const struct value *a,
                             const struct value *f)
{
    const struct value *counts = value_member(f, "excluded");
    const struct value *list = value_member(a, "exclusions");
    const struct value *at = value_first(list);
    canon_key(c, "exclusions");
    canon_array(c);
    for (uint64_t rule = 1; at != NULL; at = value_next(list, at), rule++) {
        const struct value *count = value_item(counts, rule);
        canon_object(c);
        if (count != NULL)
            canon_member_u64(c, "count", value_member_u64(count, "count"));
        profile_member(c, "document", value_member_text(at, "document"));
        canon_member_u64(c, "is_counted", count != NULL);
        profile_member(c, "reason", value_member_text(at, "reason"));
        canon_object_end(c);
    }
    canon_array_end(c);
    if (counts != NULL)
        canon_member_u64(c, "outside_count",
                         value_member_u64(value_item(counts, 0), "count"));
}

/* A's t0 … t4 and whether names are still closed. */
static void write_times(struct canon *c, const struct verdict *verdict,
                        const struct value *a)
{
    bool is_opened = verdict_entry(verdict, KIND_OPENING) != NULL;
    bool is_ended = verdict_entry(verdict, KIND_VOID) != NULL;
    canon_member_u64(c, "is_over", verdict_is_over(verdict));
    canon_member_u64(c, "is_sealed", !is_opened && !is_ended);
    canon_member_u64(c, "is_urgent", value_member_u64(a, "urgent"));
    canon_member_u64(c, "is_witnessed",
                     !verify_case_is_unwitnessed(&verdict->v));
    canon_member_text(c, "next_name", next_name(verdict));
    canon_member_u64(c, "next_time", verdict->next_time);
    canon_member_u64(c, "round_time", verdict_round_time(verdict));
    canon_member_u64(c, "t0", value_member_u64(a, "t0"));
    canon_member_u64(c, "t1", value_member_u64(a, "t1"));
    canon_member_u64(c, "t4", value_member_u64(a, "t4"));
}

static void write_about(struct canon *c, const struct verdict *verdict,
                        const struct gazette *items)
{
    const struct value *a = verdict_entry(verdict, KIND_ANNOUNCEMENT);
    const struct value *batch = batch_of(&verdict->v, a);
    canon_key(c, "about");
    canon_object(c);
    profile_member(c, "batch", value_member_text(a, "batch"));
    profile_member(c, "batch_name", value_member_text(batch, "name"));
    write_departments(c, value_member(a, "departments"));
    write_exclusions(c, a, verdict_entry(verdict, KIND_FREEZE));
    write_times(c, verdict, a);
    write_items(c, verdict, items);
    profile_member(c, "scope", value_member_text(batch, "scope"));
    canon_object_end(c);
}

/* ---- once a draw, for all pages -------------------------------------- */

static enum err write_members(struct canon *c, const struct verdict *verdict,
                              const struct gazette *items)
{
    if (verdict->is_read) write_about(c, verdict, items);
    verdict_row_changes(c, verdict);
    verdict_check(c, verdict);
    verdict_claims(c, verdict);
    canon_member_u64(c, "draw", verdict->number);
    canon_member_u64(c, "is_read", verdict->is_read);
    enum err err = verdict_remarks(c, verdict);
    if (verdict->v.rule != NULL)
        canon_member_text(c, "rule", verdict->v.rule);
    verdict_say(c, verdict);
    verdict_step(c, verdict);
    verdict_row_strata(c, verdict);
    return err;
}

/* The same where the proof is too large: what the log says of the draw. */
static enum err write_too_large(struct canon *c, struct verdict_copy *copy,
                                struct route_request *request)
{
    struct gazette plans;
    struct brief brief = { .plans = &plans,
                           .now = request->now,
                           .until = UINT64_MAX,
                           .next_time = UINT64_MAX };
    enum err err = gazette_load(&plans, request->dir, "plan");
    canon_key(c, "about");
    if (err == OK)
        err = brief_write(c, &brief, request->dir, request->number);
    canon_key(c, "checks");
    canon_array(c);
    canon_array_end(c);
    canon_member_u64(c, "draw", request->number);
    canon_key(c, "icon");
    canon_object(c);
    canon_member_u64(c, "bad", 1);
    canon_object_end(c);
    canon_member_u64(c, "is_too_large", 1);
    canon_member_text(c, "say", "不能核验：" WORDS_TOO_LARGE);
    canon_member_text(c, "stage", "不能核验");
    copy->until = brief.until;
    gazette_release(&plans);
    return err;
}

static enum err keep(struct opened_text *to, const struct writer *w)
{
    return w->is_full ? ERR_LIMIT : opened_add(to, writer_bytes(w));
}

static enum err keep_rows(struct verdict_copy *copy, struct writer *w,
                          const struct verdict *verdict)
{
    copy->row_count = verdict_row_count(verdict);
    copy->page_count =
        (copy->row_count + VERDICT_ROW_PAGE - 1) / VERDICT_ROW_PAGE;
    copy->ends = calloc((size_t)copy->page_count + 1, sizeof *copy->ends);
    enum err err = copy->ends == NULL ? ERR_MEMORY : OK;
    for (uint64_t i = 0; err == OK && i < copy->page_count; i++) {
        struct canon c = canon_into(w);
        w->len = 0;
        verdict_row_page(&c, verdict, i + 1);
        err = keep(&copy->rows, w);
        copy->ends[i] = copy->rows.len;
    }
    return err;
}

static enum err keep_all(struct verdict_copy *copy, struct writer *w,
                         struct verdict *verdict,
                         struct route_request *request)
{
    struct gazette items = { 0 };
    struct canon c = canon_into(w);
    enum err err = verdict_begin(verdict, request->dir, request->number,
                                 request->now);
    bool is_too_large = err == ERR_LIMIT;
    copy->until = verdict->until;
    if (is_too_large) err = write_too_large(&c, copy, request);
    else if (err == OK) err = gazette_load(&items, request->dir, "items");
    if (err == OK && !is_too_large) err = write_members(&c, verdict, &items);
    if (err == OK) err = keep(&copy->members, w);
    if (err == OK && !is_too_large) err = keep_rows(copy, w, verdict);
    gazette_release(&items);
    verdict_end(verdict);
    return err;
}

static enum err fill(struct verdict_copy *copy, struct route_request *request)
{
    struct verdict *verdict = calloc(1, sizeof *verdict);
    uint8_t *room = malloc(ROUTE_JSON_MAX);
    struct writer w = writer_into(room, ROUTE_JSON_MAX);
    enum err err = verdict == NULL || room == NULL
                       ? ERR_MEMORY
                       : keep_all(copy, &w, verdict, request);
    free(verdict);
    free(room);
    return err;
}

/* ---- one page -------------------------------------------------------- */

static enum err write_page(struct canon *c, const struct verdict_copy *copy,
                           uint64_t page)
{
    uint64_t pages = copy->page_count;
    if (page == 0 || (page > 1 && page > pages)) return ERR_ABSENT;
    size_t from = page == 1 ? 0 : copy->ends[page - 2];
    size_t to = pages == 0 ? 0 : copy->ends[page - 1];
    canon_object(c);
    canon_raw(c, bytes_of(copy->members.at, copy->members.len));
    canon_member_u64(c, "page", page);
    canon_member_u64(c, "page_count", pages);
    pages_write(c, page, pages);
    canon_member_u64(c, "row_count", copy->row_count);
    canon_key(c, "rows");
    canon_array(c);
    if (to != from) canon_raw(c, bytes_of(copy->rows.at + from, to - from));
    canon_array_end(c);
    canon_object_end(c);
    return OK;
}

enum err view_verdict(struct canon *c, struct route_request *request)
{
    const struct verdict_wish wish = { request->number, request->now };
    struct verdict_shelf *shelf = request->means->verdicts;
    struct verdict_copy *copy = NULL;
    uint64_t page = 1;
    if (request->rest.len != 0 &&
        bytes_read_u64(&page, request->rest, UINT32_MAX) != OK)
        return ERR_ABSENT;
    enum err err = verdict_shelf_take(&copy, shelf, request->dir->db, &wish);
    if (err != OK) return err;
    if (!copy->is_made) {
        err = fill(copy, request);
        verdict_shelf_put(shelf, copy, err == OK);
    }
    if (err == OK) err = write_page(c, copy, page);
    request->until = copy->until;
    verdict_shelf_give(shelf, copy);
    return err;
}
