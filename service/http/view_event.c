/* view_event — the last events of the log that people follow. */
#include <stdio.h>
#include <string.h>

#include "core/base64.h"
#include "domain/evidence.h"
#include "domain/listing.h"
#include "format/json_read.h"
#include "http/view.h"

enum { EVENTS_MAX = 50, LOOK_MAX = 20000 /* entries, from the newest */ };

static const struct {
    const char *kind, *title;
} kinds[] = {
    { "items", "公布抽查事项清单" },
    { "plan", "公布年度抽查计划" },
    { "announcement", "公告" },
    { "draw", "抽取" },
    { "opening", "公开" },
    { "void", "作废" },
    { "annul", "撤销" },
};

static const char *title_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0) return kinds[i].title;
    return NULL;
}

static void write_title(struct canon *c, const struct store_log_entry *about,
                        const char *title)
{
    char text[128];
    if (about->draw == 0) snprintf(text, sizeof text, "%s", title);
    else
        snprintf(text, sizeof text, "第 %llu 号抽取：%s",
                 (unsigned long long)about->draw, title);
    canon_member_text(c, "title", text);
}

/* Named by its hash (RFC 6920), so that its name never changes. */
static void write_name(struct canon *c, struct hash digest)
{
    uint8_t room[80];
    struct writer w = writer_into(room, sizeof room);
    writer_text(&w, "ni:///sha-256;");
    base64_write_url(&w, hash_bytes(&digest));
    canon_member_string(c, "id", writer_bytes(&w));
}

static enum err write_event(struct canon *c, struct db *db,
                            const struct store_log_entry *about,
                            const char *title)
{
    struct listing_entry entry = { 0 };
    enum err err = listing_entry(&entry, db, about->seq);
    json_decref(entry.root);
    if (err != OK) return err;
    canon_object(c);
    if (about->draw != 0) canon_member_u64(c, "draw", about->draw);
    canon_member_u64(c, "entry", about->seq);
    write_name(c, entry.digest);
    canon_member_text(c, "kind", about->kind);
    canon_member_u64(c, "time", about->time);
    write_title(c, about, title);
    canon_object_end(c);
    return OK;
}

/* The feed itself is named by entry 0, and as new as the newest entry. */
static enum err write_log(struct canon *c, struct db *db, uint64_t size)
{
    struct listing_entry first = { 0 };
    struct store_log_entry last = { 0 };
    enum err err = listing_entry(&first, db, 0);
    if (err == OK) err = store_log_about(&last, db, size - 1);
    if (err == OK) write_name(c, first.digest);
    if (err == OK) canon_member_u64(c, "time", last.time);
    json_decref(first.root);
    return err;
}

enum err view_events(struct canon *c, struct route_request *request)
{
    struct merkle_head head;
    struct db *db = request->dir->db;
    size_t count = 0;
    enum err err = evidence_published(&head, db);
    if (err == OK && head.size == 0) err = ERR_ABSENT;
    if (err != OK) return err;
    canon_object(c);
    canon_key(c, "events");
    canon_array(c);
    uint64_t stop = head.size > LOOK_MAX ? head.size - LOOK_MAX : 0;
    for (uint64_t n = head.size; err == OK && n > stop; n--) {
        struct store_log_entry about;
        err = store_log_about(&about, db, n - 1);
        const char *title = err == OK ? title_of(about.kind) : NULL;
        if (title == NULL) continue;
        err = write_event(c, db, &about, title);
        if (++count == EVENTS_MAX) break;
    }
    canon_array_end(c);
    if (err == OK) err = write_log(c, db, head.size);
    canon_object_end(c);
    return err;
}
