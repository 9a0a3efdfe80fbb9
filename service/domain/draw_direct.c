/* A seat filled by hand, and the end that an authority decrees. */
#include "domain/aftermath.h"
#include "domain/listing.h"
#include "format/json_read.h"
#include "store/store_log.h"

#include <stdlib.h>
#include <string.h>

enum { REASON_MAX = 4000 };

static enum err log_entry(struct aftermath *a, struct writer *w,
                          const struct actors *actors)
{
    const struct actor_entry entry = { .text = writer_bytes(w),
                                       .actors = actors,
                                       .persons = a->persons };
    return w->is_full ? ERR_LIMIT : aftermath_append(a, &entry);
}

static void write_direct(struct writer *w, struct aftermath *a,
                         const struct draw_direction *wish,
                         const struct actors *actors)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    actor_write(&c, actors->digest);
    canon_member_u64(&c, "draw", a->draw.number);
    canon_member_text(&c, "kind", "direct");
    canon_member_u64(&c, "position", wish->position);
    canon_member_hash(&c, "prev", a->draw.last);
    canon_member_text(&c, "reason", wish->reason);
    canon_member_u64(&c, "seat", wish->seat);
    canon_member_text(&c, "stratum", wish->stratum);
    canon_member_u64(&c, "time", log_time(&a->dir->log));
    canon_member_text(&c, "unit", wish->unit);
    canon_object_end(&c);
}

static bool is_given(const json_t *root, const struct draw_direction *wish)
{
    struct bytes stratum, unit;
    uint64_t position = 0, seat = 0;
    return json_read_string(&stratum, json_read_member(root, "stratum")) ==
               OK &&
           json_read_string(&unit, json_read_member(root, "unit")) == OK &&
           json_read_u64(&position, json_read_member(root, "position"),
                         CANON_INTEGER_MAX) == OK &&
           json_read_u64(&seat, json_read_member(root, "seat"),
                         CANON_INTEGER_MAX) == OK &&
           bytes_equal_text(stratum, wish->stratum) &&
           bytes_equal_text(unit, wish->unit) &&
           position == wish->position && seat == wish->seat;
}

/* The same seat to the same unit is said once, also after a crash. */
static enum err check_again(struct aftermath *a,
                            const struct draw_direction *wish)
{
    struct store_log_entry find = { .kind = "direct", .draw = a->draw.number };
    struct store_log_entry found;
    enum err err;
    while ((err = store_log_find(&found, a->dir->db, &find)) == OK) {
        struct listing_entry entry = { 0 };
        err = listing_entry(&entry, a->dir->db, found.seq);
        bool is_same = err == OK && is_given(entry.root, wish);
        json_decref(entry.root);
        if (err != OK) return err;
        if (is_same)
            return directory_why(a->dir, ERR_STATE,
                                 "这个席位早已委派给“%s”", wish->unit);
        find.seq = found.seq + 1;
    }
    return err == ERR_ABSENT ? OK : err;
}

/* Only a seat that chance left open may be filled by hand. */
static enum err check_direct(struct aftermath *a,
                             const struct draw_direction *wish)
{
    size_t place = 0;
    enum err err = aftermath_place(&place, a, wish->stratum, wish->position);
    if (err == OK && wish->seat >= a->draw.announcement.seat_count)
        err = directory_why(a->dir, ERR_INPUT,
                            "席位从 0 数起，没有第 %llu 席",
                          (unsigned long long)wish->seat);
    if (err == OK &&
        a->succession.places[place].crew[wish->seat] != TEAM_NOBODY)
        err = directory_why(a->dir, ERR_STATE,
                          "这个席位有人，不能直接委派。"
                          "要换人请用 yaohao standin");
    if (err == OK) err = aftermath_name(a, "--unit", wish->unit);
    if (err == OK &&
        (wish->reason == NULL || strlen(wish->reason) > REASON_MAX))
        err = directory_why(a->dir, ERR_INPUT,
                          "--reason 须写明，至多 4000 字节");
    return err == OK ? check_again(a, wish) : err;
}

enum err draw_direct(struct directory *dir, uint64_t number,
                     const struct draw_direction *wish)
{
    struct aftermath a;
    struct actors actors;
    uint8_t room[16384];
    struct writer w = writer_into(room, sizeof room);
    enum err err = aftermath_begin(&a, dir, number);
    a.persons = wish->persons;
    if (err == OK) err = check_direct(&a, wish);
    if (err == OK) err = actor_make(&actors, dir, wish->persons);
    if (err == OK) {
        write_direct(&w, &a, wish, &actors);
        err = log_entry(&a, &w, &actors);
    }
    aftermath_end(&a);
    return err;
}

static void write_annul(struct writer *w, struct aftermath *a,
                        const struct draw_annulment *wish,
                        const struct actors *actors)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    canon_member_text(&c, "authority", wish->authority);
    actor_write(&c, actors->digest);
    canon_member_text(&c, "document", wish->document);
    canon_member_u64(&c, "draw", a->draw.number);
    canon_member_text(&c, "kind", "annul");
    canon_member_hash(&c, "prev", a->draw.last);
    canon_member_hash(&c, "sha256", hash_sha256(wish->file));
    canon_member_u64(&c, "time", log_time(&a->dir->log));
    canon_object_end(&c);
}

enum err draw_annul(struct directory *dir, uint64_t number,
                    const struct draw_annulment *wish)
{
    struct aftermath a;
    struct actors actors;
    uint8_t room[4096];
    struct writer w = writer_into(room, sizeof room);
    enum err err = aftermath_begin(&a, dir, number);
    a.persons = wish->persons;
    if (err == OK && !aftermath_is_open(&a))
        err = directory_why(dir, ERR_STATE,
                          "第 %llu 号尚未公开，不能撤销：请先用 yaohao open",
                          (unsigned long long)number);
    if (err == OK) err = aftermath_name(&a, "--authority", wish->authority);
    if (err == OK) err = aftermath_name(&a, "--document", wish->document);
    if (err == OK) err = actor_make(&actors, dir, wish->persons);
    if (err == OK) {
        write_annul(&w, &a, wish, &actors);
        err = log_entry(&a, &w, &actors);
    }
    aftermath_end(&a);
    return err;
}
