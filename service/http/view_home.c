/* view_home — the first page, and the list of every draw. */
#include "http/brief.h"
#include "http/pages.h"
#include "http/view.h"

enum { LATEST = 5, PAGE = 50 };

/* Draws first … last, newest first, as the member draws. */
static enum err write_draws(struct canon *c, struct brief *brief,
                            struct directory *dir, uint64_t first,
                            uint64_t last)
{
    enum err err = OK;
    canon_key(c, "draws");
    canon_array(c);
    for (uint64_t n = last; err == OK && n >= first && n != 0; n--)
        err = brief_write(c, brief, dir, n);
    canon_array_end(c);
    return err;
}

static enum err begin(struct brief *brief, struct gazette *plans,
                      uint64_t *count, struct route_request *request)
{
    *brief = (struct brief){ .plans = plans,
                             .now = request->now,
                             .until = UINT64_MAX,
                             .next_time = UINT64_MAX };
    enum err err = gazette_load(plans, request->dir, "plan");
    return err == OK ? store_log_draws(count, request->dir->db) : err;
}

/* What is next may be told of a draw that is not among the latest. */
static enum err see_pending(struct brief *brief, struct directory *dir,
                            uint64_t end)
{
    uint64_t n = 0;
    enum err err = store_log_pending(&n, dir->db, 0);
    while (err == OK && n < end) {
        err = brief_see(brief, dir, n);
        if (err == OK) err = store_log_pending(&n, dir->db, n);
    }
    return err == ERR_ABSENT ? OK : err;
}

enum err view_home(struct canon *c, struct route_request *request)
{
    struct gazette plans;
    struct brief brief;
    uint64_t count = 0;
    enum err err = begin(&brief, &plans, &count, request);
    canon_object(c);
    canon_member_u64(c, "count", count);
    uint64_t first = count > LATEST ? count - LATEST + 1 : 1;
    if (err == OK) err = write_draws(c, &brief, request->dir, first, count);
    if (err == OK) err = see_pending(&brief, request->dir, first);
    if (brief.next_time != UINT64_MAX) {
        canon_member_u64(c, "next_draw", brief.next_draw);
        canon_member_text(c, "next_name", words_step(brief.next_step));
        canon_member_u64(c, "next_time", brief.next_time);
    }
    canon_object_end(c);
    request->until = brief.until;
    gazette_release(&plans);
    return err;
}

/* Page 1 is the newest; /draws itself is page 1. */
enum err view_draw_list(struct canon *c, struct route_request *request)
{
    struct gazette plans;
    struct brief brief;
    uint64_t count = 0, page = request->number == 0 ? 1 : request->number;
    enum err err = begin(&brief, &plans, &count, request);
    uint64_t pages = (count + PAGE - 1) / PAGE;
    if (err == OK && page > 1 && page > pages) err = ERR_ABSENT;
    uint64_t last = err == OK && count > 0 ? count - (page - 1) * PAGE : 0;
    uint64_t first = last > PAGE ? last - PAGE + 1 : 1;
    canon_object(c);
    canon_member_u64(c, "count", count);
    if (err == OK) err = write_draws(c, &brief, request->dir, first, last);
    canon_member_u64(c, "first", first);
    canon_member_u64(c, "last", last);
    pages_write(c, page, pages);
    canon_object_end(c);
    request->until = brief.until;
    gazette_release(&plans);
    return err;
}
