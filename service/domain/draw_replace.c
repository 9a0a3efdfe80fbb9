/* Drop-outs and stand-ins: who goes instead is never a choice. */
#include "domain/aftermath.h"

#include "core/digest.h"
#include "domain/opening.h"

#include <stdlib.h>
#include <string.h>

/* What stands in the entry about a move, and what stays behind it. */
struct notice {
    struct succession_event *event;
    struct actor_secret why, evidence;
    uint8_t why_room[16000];
    struct actors actors;
};

static void write_away(struct canon *c, const struct succession *s)
{
    canon_key(c, "away");
    canon_array(c);
    for (size_t i = 0; i < s->away_count; i++) canon_u64(c, s->away[i]);
    canon_array_end(c);
}

static void write_crew(struct canon *c, const struct succession_event *event)
{
    if (event->set != SUCCESSION_NONE) {
        canon_member_hash(c, "crew", event->crew_digest);
        return;
    }
    canon_key(c, "crew");
    canon_null(c);
}

static void write_reserve(struct canon *c, const struct succession *s,
                          const struct succession_event *event)
{
    canon_key(c, "reserve");
    if (event->set == SUCCESSION_NONE) canon_null(c);
    else canon_u64(c, s->places[event->set].position);
}

/* Both kinds have their keys in one order. */
static void write_entry(struct writer *w, const struct aftermath *a,
                        const struct notice *n, struct bytes opens)
{
    const struct succession_event *e = n->event;
    const struct succession_place *p = &a->succession.places[e->place];
    bool is_sealed = aftermath_is_sealed(a);
    struct canon c = canon_into(w);
    canon_object(&c);
    actor_write(&c, n->actors.digest);
    write_crew(&c, e);
    if (is_sealed)
        canon_member_hash(&c, "digest",
                          digest_salted(&n->why.salt, n->why.text));
    canon_member_u64(&c, "draw", a->draw.number);
    if (e->is_replacement)
        canon_member_hash(&c, "evidence",
                          digest_salted(&n->evidence.salt,
                                        n->evidence.text));
    canon_member_text(&c, "kind",
                      e->is_replacement ? "replacement" : "stand-in");
    if (opens.len != 0) canon_member_raw(&c, "opens", opens);
    if (e->is_replacement) canon_member_u64(&c, "ordinal", e->ordinal);
    canon_member_u64(&c, "position", p->position);
    canon_member_hash(&c, "prev", a->draw.last);
    if (e->is_replacement) write_reserve(&c, &a->succession, e);
    canon_member_string(&c, "stratum",
                        a->draw.announcement.strata[p->stratum].name);
    canon_member_u64(&c, "time", log_time(&a->dir->log));
    if (!is_sealed) canon_member_string(&c, "why", n->why.text);
    canon_object_end(&c);
}

/* The file itself stays in the office: its SHA-256 is kept. */
static enum err log_notice(struct aftermath *a, struct notice *n)
{
    struct bytes opens = { NULL, 0 };
    uint8_t *room = malloc(ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    enum err err = actor_make(&n->actors, a->dir, a->persons);
    if (err == OK && aftermath_is_open(a))
        err = opening_opens(&opens, &a->succession, n->event);
    if (err == OK) {
        struct writer w = writer_into(room, ENTRY_MAX);
        write_entry(&w, a, n, opens);
        struct hash file = hash_sha256(n->evidence.text);
        struct actor_entry entry = { .text = writer_bytes(&w),
                                     .actors = &n->actors,
                                     .persons = a->persons };
        if (aftermath_is_sealed(a)) entry.secrets[0] = n->why;
        if (n->event->is_replacement) {
            entry.secrets[1] = n->evidence;
            entry.secrets[1].text = hash_bytes(&file);
        }
        err = w.is_full ? ERR_LIMIT : aftermath_append(a, &entry);
    }
    free((void *)(uintptr_t)opens.at);
    free(room);
    return err;
}

/* ---- replacement ----------------------------------------------------- */

/* `len` digits, leading zeros allowed. */
static bool read_part(uint64_t *number, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        *number = *number * 10 + (uint64_t)(text[i] - '0');
    }
    return true;
}

/* YYYY-MM-DD, a day that exists. */
static bool is_date(const char *t)
{
    static const unsigned days[] = { 31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31 };
    uint64_t year = 0, month = 0, day = 0;
    if (t == NULL || strlen(t) != 10 || t[4] != '-' || t[7] != '-' ||
        !read_part(&year, t, 4) || !read_part(&month, t + 5, 2) ||
        !read_part(&day, t + 8, 2))
        return false;
    if (month < 1 || month > 12 || day < 1) return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && is_leap ? 1U : 0U);
}

static enum err check_replacement(struct aftermath *a,
                                  const struct draw_replacement *wish)
{
    static const char *const reasons[] = { "注销", "吊销", "撤销", "迁出" };
    bool is_known = false;
    for (size_t i = 0; i < 4; i++)
        is_known = is_known || (wish->reason != NULL &&
                                strcmp(wish->reason, reasons[i]) == 0);
    if (!is_known)
        return directory_why(a->dir, ERR_INPUT,
                           "--reason 只能是注销、吊销、撤销或迁出；"
                           "其余情形是检查结果，不得递补");
    if (!is_date(wish->date))
        return directory_why(a->dir, ERR_INPUT,
                           "--date 须是登记的日期，如 2027-03-01");
    if (wish->evidence.len == 0)
        return directory_why(a->dir, ERR_INPUT, "--evidence 文件是空的");
    return aftermath_name(a, "--source", wish->source);
}

static enum err explain_replacement(struct notice *n, struct aftermath *a,
                                    const struct draw_replacement *wish)
{
    struct writer w = writer_into(n->why_room, sizeof n->why_room);
    struct canon c = canon_into(&w);
    canon_object(&c);
    write_away(&c, &a->succession);
    canon_member_text(&c, "date", wish->date);
    canon_member_text(&c, "reason", wish->reason);
    canon_member_text(&c, "source", wish->source);
    canon_object_end(&c);
    n->why = (struct actor_secret){ .use = "why", .text = writer_bytes(&w) };
    n->evidence = (struct actor_secret){ .use = "evidence",
                                         .text = wish->evidence };
    entropy_take(&a->dir->entropy, n->why.salt.b, 32);
    entropy_take(&a->dir->entropy, n->evidence.salt.b, 32);
    return w.is_full ? ERR_LIMIT : OK;
}

enum err draw_replace(struct directory *dir, uint64_t number,
                      struct draw_replacement *wish)
{
    struct aftermath a;
    struct notice n = { 0 };
    size_t place = 0;
    enum err err = aftermath_begin(&a, dir, number);
    a.persons = wish->persons;
    if (err == OK) err = check_replacement(&a, wish);
    if (err == OK)
        err = aftermath_place(&place, &a, wish->stratum, wish->position);
    if (err == OK)
        err = succession_replace(&n.event, &a.succession, place);
    if (err == OK) err = explain_replacement(&n, &a, wish);
    if (err == OK) err = log_notice(&a, &n);
    if (err == OK && n.event->set != SUCCESSION_NONE) {
        wish->has_reserve = true;
        wish->reserve = a.succession.places[n.event->set].position;
    }
    aftermath_end(&a);
    return err;
}

/* ---- stand-in -------------------------------------------------------- */

static void tell(const struct aftermath *a, const struct draw_standin *wish,
                 size_t place, uint32_t seat)
{
    if (wish->tell == NULL) return;
    const struct succession_place *p = &a->succession.places[place];
    uint32_t who = p->crew[seat];
    const struct draw_post post = {
        .entry = a->dir->log.published.size - 1,
        .stratum = a->draw.announcement.strata[p->stratum].name,
        .position = p->position,
        .seat = seat,
        .certificate = who == TEAM_NOBODY
                           ? bytes_text("")
                           : a->frozen.inspectors[who].row->certificate,
    };
    wish->tell(wish->context, &post);
}

static enum err stand_in(struct aftermath *a, const struct draw_standin *wish,
                         size_t place, uint32_t seat)
{
    struct notice n = { 0 };
    enum err err =
        succession_stand_in(&n.event, &a->succession, place, seat);
    if (err != OK) return err;
    struct writer w = writer_into(n.why_room, sizeof n.why_room);
    struct canon c = canon_into(&w);
    canon_object(&c);
    write_away(&c, &a->succession);
    canon_member_text(&c, "class", wish->reason);
    canon_member_u64(&c, "removed", n.event->removed);
    canon_member_u64(&c, "seat", seat);
    canon_object_end(&c);
    n.why = (struct actor_secret){ .use = "why", .text = writer_bytes(&w) };
    entropy_take(&a->dir->entropy, n.why.salt.b, 32);
    err = w.is_full ? ERR_LIMIT : log_notice(a, &n);
    if (err == OK) tell(a, wish, place, seat);
    return err;
}

static enum err find_inspector(uint32_t *inspector, struct aftermath *a,
                               const char *certificate)
{
    for (uint32_t i = 0; i < a->frozen.inspector_count; i++) {
        const struct roster_row *row = a->frozen.inspectors[i].row;
        if (!bytes_equal_text(row->certificate, certificate)) continue;
        *inspector = i;
        return OK;
    }
    return directory_why(a->dir, ERR_INPUT,
                       "封存的人员名单中没有执法证号“%s”", certificate);
}

/* His seat at one place, or at all that are not dropped. */
static enum err leave_posts(size_t *count, struct aftermath *a,
                            const struct draw_standin *wish, uint32_t who,
                            size_t only)
{
    struct succession *s = &a->succession;
    size_t seats = a->draw.announcement.seat_count;
    enum err err = OK;
    for (size_t p = 0; p < s->place_count && err == OK; p++) {
        if (s->places[p].is_dropped) continue;
        if (only != SUCCESSION_NONE && only != p) continue;
        for (uint32_t i = 0; i < seats && err == OK; i++) {
            if (s->places[p].crew[i] != who) continue;
            err = stand_in(a, wish, p, i);
            if (err == OK) ++*count;
        }
    }
    return err;
}

enum err draw_stand_in(struct directory *dir, uint64_t number,
                       const struct draw_standin *wish)
{
    struct aftermath a;
    uint32_t who = 0;
    size_t only = SUCCESSION_NONE, count = 0;
    enum err err = aftermath_begin(&a, dir, number);
    a.persons = wish->persons;
    if (err == OK) err = aftermath_name(&a, "--reason", wish->reason);
    if (err == OK) err = find_inspector(&who, &a, wish->certificate);
    if (err == OK && wish->stratum != NULL)
        err = aftermath_place(&only, &a, wish->stratum, wish->position);
    if (err == OK && wish->stratum == NULL)
        err = succession_leave(&a.succession, who);
    if (err == OK) err = leave_posts(&count, &a, wish, who, only);
    if (err == OK && count == 0)
        err = directory_why(dir, ERR_STATE, "“%s”在这里没有岗位，无人可顶替",
                          wish->certificate);
    aftermath_end(&a);
    return err;
}
