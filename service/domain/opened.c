#include "domain/opened.h"

#include "core/roster.h"

#include <stdlib.h>
#include <string.h>

enum { INSPECTOR_MAX = 8192 };

enum err opened_add(struct opened_text *text, struct bytes more)
{
    if (more.len == 0) return OK;
    if (text->at == NULL || text->max - text->len < more.len) {
        size_t max = (text->max + more.len) * 2 + 4096;
        uint8_t *at = realloc(text->at, max);
        if (at == NULL) return ERR_MEMORY;
        text->at = at;
        text->max = max;
    }
    memcpy(text->at + text->len, more.at, more.len);
    text->len += more.len;
    return OK;
}

static void write_inspector(struct canon *c, const struct frozen *f,
                            uint32_t index, const struct merkle_path *path)
{
    uint8_t room[4096];
    const struct hash *key = &f->input.keys.roster;
    const struct roster_row *row = f->inspectors[index].row;
    const struct roster_entry entry = { row->certificate, row->unit,
                                        row->name };
    struct hash p = roster_person_blind(key, row->certificate);
    struct writer w = writer_into(room, sizeof room);
    roster_write_person(&w, &entry);
    struct hash person = roster_person_digest(&p, writer_bytes(&w));

    canon_object(c);
    canon_member_hash(c, "blind", roster_blind(key, row->certificate));
    canon_member_u64(c, "index", index);
    entry_path_write(c, "path", path);
    canon_member_hash(c, "person", person);
    w = writer_into(room, sizeof room);
    roster_write_text(&w, &entry);
    canon_member_string(c, "text", writer_bytes(&w));
    canon_object_end(c);
}

static enum err open_inspector(struct opened_text *text, const struct frozen *f,
                               uint32_t index, uint8_t *room)
{
    struct merkle_levels roster = f->roster;
    struct merkle_source source = merkle_levels_source(&roster);
    struct merkle_path path;
    struct merkle_place place = { .index = index };
    enum err err =
        merkle_prove_inclusion(&path, &place, &source, roster.size);
    if (err != OK) return err;
    struct writer w = writer_into(room, INSPECTOR_MAX);
    struct canon c = canon_into(&w);
    write_inspector(&c, f, index, &path);
    if (w.is_full) return ERR_FULL;
    if (text->len > 1) err = opened_add(text, bytes_text(","));
    return err == OK ? opened_add(text, writer_bytes(&w)) : err;
}

void opened_mark(uint8_t *holds, const uint32_t *crew, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (crew[i] != TEAM_NOBODY) holds[crew[i]] = 1;
    }
}

enum err opened_inspectors(struct opened_text *text, uint64_t *count,
                            const struct frozen *f, const uint8_t *holds)
{
    uint8_t room[INSPECTOR_MAX];
    enum err err = opened_add(text, bytes_text("["));
    for (uint32_t i = 0; i < f->inspector_count && err == OK; i++) {
        if (!holds[i]) continue;
        err = open_inspector(text, f, i, room);
        ++*count;
    }
    return err == OK ? opened_add(text, bytes_text("]")) : err;
}
