#include "domain/entry.h"

#include "core/roster.h"

#include <stdlib.h>

struct entry_list entry_list_of(struct bytes text, uint64_t count)
{
    struct entry_list list = { text, count, text.len > ENTRY_LIST_MAX,
                               hash_sha256(text) };
    return list;
}

void entry_list_release(struct entry_list *list)
{
    free((void *)(uintptr_t)list->text.at);
    list->text = bytes_of(NULL, 0);
}

void entry_list_write(struct canon *c, const char *key,
                      const struct entry_list *list)
{
    if (!list->is_attached) {
        canon_member_raw(c, key, list->text);
        return;
    }
    canon_key(c, key);
    canon_object(c);
    canon_member_u64(c, "count", list->count);
    canon_member_hash(c, "sha256", list->digest);
    canon_object_end(c);
}

void entry_path_write(struct canon *c, const char *key,
                      const struct merkle_path *path)
{
    canon_key(c, key);
    canon_array(c);
    for (size_t i = 0; i < path->count; i++) canon_hash(c, path->at[i]);
    canon_array_end(c);
}

static enum err list_caps(struct entry_list *list, const struct frozen *f)
{
    size_t max = (size_t)f->inspector_count * 12 + 16;
    uint8_t *room = malloc(max);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, max);
    struct canon c = canon_into(&w);
    canon_array(&c);
    for (uint32_t i = 0; i < f->inspector_count; i++) {
        const struct roster_row *row = f->inspectors[i].row;
        if (row->has_cap) canon_u64(&c, row->cap);
        else canon_null(&c);
    }
    canon_array_end(&c);
    *list = entry_list_of(writer_bytes(&w), f->inspector_count);
    return w.is_full ? ERR_FULL : OK;
}

static enum err list_pools(struct entry_list *list, const struct frozen *f)
{
    size_t max = 16;
    for (uint32_t p = 0; p < f->pool_count; p++)
        max += (size_t)f->pools[p].count * 11 + 8;
    uint8_t *room = malloc(max);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, max);
    struct canon c = canon_into(&w);
    canon_array(&c);
    for (uint32_t p = 0; p < f->pool_count; p++) {
        canon_array(&c);
        for (uint32_t i = 0; i < f->pools[p].count; i++)
            canon_u64(&c, f->pools[p].members[i]);
        canon_array_end(&c);
    }
    canon_array_end(&c);
    *list = entry_list_of(writer_bytes(&w), f->pool_count);
    return w.is_full ? ERR_FULL : OK;
}

enum err entry_freeze_lists(struct entry_freeze *freeze,
                            const struct frozen *frozen)
{
    enum err err = list_caps(&freeze->caps, frozen);
    if (err == OK) err = list_pools(&freeze->pools, frozen);
    return err;
}

void entry_freeze_release(struct entry_freeze *freeze)
{
    entry_list_release(&freeze->caps);
    entry_list_release(&freeze->pools);
}

static void write_excluded(struct canon *c, const struct frozen *f)
{
    size_t strata = f->input.announcement->stratum_count;
    canon_key(c, "excluded");
    canon_array(c);
    for (size_t i = strata; i < f->list_count; i++) {
        canon_object(c);
        canon_member_hash(c, "commitment", f->lists[i].commitment);
        canon_member_u64(c, "count", f->lists[i].count);
        canon_member_u64(c, "rule", i - strata);
        canon_object_end(c);
    }
    canon_array_end(c);
}

static void write_strata(struct canon *c, const struct frozen *f)
{
    const struct announcement *a = f->input.announcement;
    canon_key(c, "strata");
    canon_array(c);
    for (size_t i = 0; i < a->stratum_count; i++) {
        canon_object(c);
        canon_member_hash(c, "commitment", f->lists[i].commitment);
        canon_member_u64(c, "count", f->lists[i].count);
        canon_member_string(c, "name", a->strata[i].name);
        canon_object_end(c);
    }
    canon_array_end(c);
}

static void write_libraries(struct canon *c, const struct frozen *f,
                            const struct entry_freeze *freeze)
{
    uint64_t draw = f->input.announcement->draw;
    canon_key(c, "register");
    canon_object(c);
    canon_member_u64(c, "codes", f->codes);
    canon_member_hash(c, "sha256", freeze->register_digest);
    canon_member_u64(c, "version", freeze->register_version);
    canon_object_end(c);
    canon_key(c, "roster");
    canon_object(c);
    canon_member_hash(c, "commitment", f->roster_commitment);
    canon_member_u64(c, "count", f->inspector_count);
    canon_object_end(c);
    canon_member_hash(c, "roster_key",
                      roster_key_commitment(draw, &f->input.keys.roster));
}

void entry_freeze(struct writer *w, const struct entry_head *head,
                  const struct frozen *f, const struct entry_freeze *freeze)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    entry_list_write(&c, "caps", &freeze->caps);
    if (freeze->custody != NULL)
        canon_member_hex(&c, "custody", bytes_of(freeze->custody, 64));
    canon_member_u64(&c, "draw", head->draw);
    write_excluded(&c, f);
    canon_member_hash(&c, "frame_key",
                      frame_key_commitment(head->draw,
                                           &f->input.keys.frame));
    canon_member_text(&c, "kind", "freeze");
    entry_list_write(&c, "pools", &freeze->pools);
    canon_member_hash(&c, "prev", head->prev);
    write_libraries(&c, f, freeze);
    write_strata(&c, f);
    canon_member_u64(&c, "time", head->time);
    canon_object_end(&c);
}

void entry_reveal(struct writer *w, const struct entry_head *head,
                  const struct entry_reveal *reveal)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    canon_key(&c, "contributions");
    canon_array(&c);
    for (size_t i = 0; i < reveal->contribution_count; i++) {
        const struct entry_contribution *one = &reveal->contributions[i];
        canon_object(&c);
        canon_member_string(&c, "name", one->name);
        canon_member_hex(&c, "signature", bytes_of(one->signature, 64));
        canon_member_hex(&c, "value", one->value);
        canon_object_end(&c);
    }
    canon_array_end(&c);
    canon_member_u64(&c, "draw", head->draw);
    if (reveal->frame_key != NULL)
        canon_member_hash(&c, "frame_key", *reveal->frame_key);
    canon_member_text(&c, "kind", "reveal");
    canon_member_hash(&c, "prev", head->prev);
    canon_member_hash(&c, "secret", reveal->secret);
    canon_member_u64(&c, "time", head->time);
    canon_object_end(&c);
}

void entry_beacon(struct writer *w, const struct entry_head *head,
                  const struct entry_beacon *beacon)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    canon_member_text(&c, "chain", beacon->is_test ? "test" : "quicknet");
    canon_member_u64(&c, "draw", head->draw);
    canon_member_text(&c, "kind", "beacon");
    canon_member_hash(&c, "prev", head->prev);
    canon_member_u64(&c, "round", beacon->round);
    canon_member_hex(&c, "signature",
                     bytes_of(beacon->signature, CHAIN_SIGNATURE_LEN));
    canon_member_u64(&c, "time", head->time);
    canon_object_end(&c);
}

void entry_draw(struct writer *w, const struct entry_head *head,
                const struct outcome *o)
{
    const struct frozen *f = o->frozen;
    const struct announcement *a = f->input.announcement;
    struct canon c = canon_into(w);
    canon_object(&c);
    canon_member_hash(&c, "crews", o->crews_commitment);
    canon_member_u64(&c, "draw", head->draw);
    canon_member_text(&c, "kind", "draw");
    canon_member_hash(&c, "prev", head->prev);
    canon_key(&c, "strata");
    canon_array(&c);
    for (size_t i = 0; i < a->stratum_count; i++) {
        canon_object(&c);
        canon_member_u64(&c, "count", f->lists[i].count);
        canon_member_string(&c, "name", a->strata[i].name);
        canon_member_hash(&c, "positions", o->strata[i].digest);
        canon_member_u64(&c, "take", o->strata[i].take);
        canon_object_end(&c);
    }
    canon_array_end(&c);
    canon_member_u64(&c, "time", head->time);
    canon_object_end(&c);
}

void entry_void(struct writer *w, const struct entry_head *head,
                const struct entry_void *ending)
{
    struct canon c = canon_into(w);
    canon_object(&c);
    canon_key(&c, "by");
    canon_array(&c);
    canon_hash(&c, ending->by[0]);
    canon_hash(&c, ending->by[1]);
    canon_array_end(&c);
    canon_member_text(&c, "cause", ending->cause);
    canon_member_u64(&c, "draw", head->draw);
    canon_member_string(&c, "head", ending->head);
    canon_member_text(&c, "kind", "void");
    canon_member_hash(&c, "prev", head->prev);
    canon_member_string(&c, "reason", ending->reason);
    canon_member_u64(&c, "time", head->time);
    canon_object_end(&c);
}
