/* site_feed — what happened, as Atom; what will happen, as a calendar. */
#include <stdio.h>
#include <stdlib.h>

#include "domain/search.h"
#include "format/day.h"
#include "format/ical.h"
#include "format/json_read.h"
#include "http/page.h"
#include "http/page_site.h"
#include "http/site.h"
#include "http/view.h"
#include "store/store_log.h"

enum { EVENT_MAX = 4096, EVENTS_PER_DRAW = 3 };

enum err site_feed(struct route_reply *reply, struct route_request *request)
{
    uint8_t *room = malloc(EVENT_MAX * 64);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, EVENT_MAX * 64);
    struct canon c = canon_into(&w);
    enum err err = view_events(&c, request);
    if (err == OK && w.is_full) err = ERR_LIMIT;
    reply->type = "application/atom+xml; charset=utf-8";
    if (err == OK)
        err = page_render(&reply->body, request->dir, "feed.atom.html",
                          writer_bytes(&w));
    free(room);
    return err;
}

struct calendar {
    struct writer w;
    struct directory *dir;
    struct bytes site;   /* empty: none                            */
    uint64_t now, until; /* until: in, out, lowered to the next deadline */
};

static void time_line(struct calendar *to, const char *name, uint64_t time)
{
    uint8_t room[16];
    struct writer w = writer_into(room, sizeof room);
    day_write_utc(&w, time);
    ical_line(&to->w, name, writer_bytes(&w));
}

/* The same for ever: a calendar knows an event again by it. */
static void uid_line(struct calendar *to, uint64_t draw, const char *step)
{
    char text[512];
    snprintf(text, sizeof text, "draw-%llu-%s@%s", (unsigned long long)draw,
             step, to->dir->log.origin);
    ical_text(&to->w, "UID", bytes_text(text));
}

static void link_line(struct calendar *to, uint64_t draw)
{
    char text[512];
    if (to->site.len == 0) return;
    snprintf(text, sizeof text, "%.*s/draws/%llu", (int)to->site.len,
             (const char *)to->site.at, (unsigned long long)draw);
    ical_line(&to->w, "URL", bytes_text(text));
}

/* How it ended without a result; "": it did not. */
static enum err ending(const char **how, struct calendar *to, uint64_t number,
                       const struct search_draw *draw)
{
    const struct {
        const char *kind;
        uint64_t due;
    } steps[] = { { "freeze", draw->t0 }, { "reveal", draw->t1 } };
    bool is_there = false;
    *how = "";
    if (draw->is_taken) return OK;
    enum err err = store_log_has(&is_there, to->dir->db, number, "void");
    if (is_there) *how = "（已作废）";
    for (size_t i = 0; i < 2 && err == OK && **how == 0; i++) {
        err = store_log_has(&is_there, to->dir->db, number, steps[i].kind);
        if (err != OK || is_there) continue;
        if (steps[i].due < to->now) *how = "（失败）";
        else if (steps[i].due < to->until) to->until = steps[i].due + 1;
    }
    return err;
}

static enum err add_events(struct calendar *to, uint64_t number,
                           const struct search_draw *draw)
{
    const struct {
        const char *name, *title;
        uint64_t from, until;
    } steps[EVENTS_PER_DRAW] = {
        { "t0", "名单封存的期限", draw->t0, draw->t0 },
        { "t1", "揭示随机数，信标，抽取", draw->t1, draw->t1 + 900 },
        { "t4", "公开的期限", draw->t4, draw->t4 },
    };
    const char *how = "";
    enum err err = ending(&how, to, number, draw);
    for (size_t i = 0; i < EVENTS_PER_DRAW; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s第 %llu 号抽取%s：%s",
                 to->dir->is_rehearsal ? "演练 · " : "",
                 (unsigned long long)number, how, steps[i].title);
        ical_line(&to->w, "BEGIN", bytes_text("VEVENT"));
        uid_line(to, number, steps[i].name);
        time_line(to, "DTSTAMP", draw->time);
        time_line(to, "DTSTART", steps[i].from);
        if (steps[i].until != steps[i].from)
            time_line(to, "DTEND", steps[i].until);
        ical_text(&to->w, "SUMMARY", bytes_text(text));
        link_line(to, number);
        if (*how != 0) {
            ical_line(&to->w, "SEQUENCE", bytes_text("1"));
            ical_line(&to->w, "STATUS", bytes_text("CANCELLED"));
        }
        ical_line(&to->w, "END", bytes_text("VEVENT"));
    }
    return err;
}

static enum err write_calendar(struct calendar *to,
                               const struct search *search)
{
    enum err err = OK;
    ical_line(&to->w, "BEGIN", bytes_text("VCALENDAR"));
    ical_line(&to->w, "VERSION", bytes_text("2.0"));
    ical_line(&to->w, "PRODID", bytes_text("-//yaohao//draws//ZH"));
    ical_text(&to->w, "X-WR-CALNAME", bytes_text("双随机抽查"));
    for (uint64_t n = 1; err == OK && n <= search->draw_count; n++)
        err = add_events(to, n, &search->draws[n - 1]);
    ical_line(&to->w, "END", bytes_text("VCALENDAR"));
    return err;
}

enum err site_calendar(struct route_reply *reply,
                       struct route_request *request)
{
    const struct search *search = NULL;
    enum err err = route_search(&search, request);
    if (err != OK) return err;
    size_t max = 1024 + (size_t)search->draw_count * EVENT_MAX;
    uint8_t *room = malloc(max);
    json_t *office = page_site_office(request->dir);
    struct calendar to = { .w = writer_into(room, max),
                           .dir = request->dir,
                           .now = request->now,
                           .until = UINT64_MAX };
    if (json_read_string(&to.site, json_read_member(office, "site")) != OK)
        to.site = bytes_of("", 0);
    err = room == NULL ? ERR_MEMORY : OK;
    if (err == OK) err = write_calendar(&to, search);
    request->until = to.until;
    if (err == OK && to.w.is_full) err = ERR_LIMIT;
    if (err == OK) err = route_body(reply, writer_bytes(&to.w));
    reply->type = "text/calendar; charset=utf-8";
    json_decref(office);
    free(room);
    return err;
}
