#include "domain/listing.h"

#include "domain/evidence.h"
#include "format/json_read.h"

#include <stdio.h>
#include <stdlib.h>

enum err listing_file(struct bytes *text, const struct directory *dir,
                      struct hash digest)
{
    char path[FILE_PATH_MAX];
    enum err err = directory_file_path(path, dir, digest);
    if (err == OK) err = file_read(text, path, JSON_READ_MAX);
    if (err != OK) return err;
    if (hash_equal(hash_sha256(*text), digest)) return OK;
    file_release(text);
    return ERR_PROOF;
}

enum err listing_read(json_t **array, const struct directory *dir,
                      const json_t *member)
{
    size_t count = 0;
    struct hash digest;
    struct bytes text;
    if (json_read_array(&count, member) == OK) {
        *array = json_incref((json_t *)(uintptr_t)member);
        return OK;
    }
    enum err err =
        json_read_hash(&digest, json_read_member(member, "sha256"));
    if (err == OK) err = listing_file(&text, dir, digest);
    if (err != OK) return err;
    err = json_read_text(array, text);
    file_release(&text);
    return err;
}

enum err listing_row_id(struct bytes *id, struct arena *arena,
                        const json_t *row)
{
    struct bytes code, kind;
    enum err err = json_read_string(&code, json_read_member(row, "code"));
    if (err != OK) return err;
    if (json_read_string(&kind, json_read_member(row, "kind")) != OK)
        kind = bytes_text("");
    size_t len = kind.len + 1 + code.len;
    uint8_t *room = arena_take_raw(arena, len);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, len);
    writer_add(&w, kind);
    if (kind.len != 0) writer_byte(&w, ':');
    writer_add(&w, code);
    *id = writer_bytes(&w);
    return OK;
}

enum err listing_last(struct store_log_entry *found, struct db *db,
                      const char *kind)
{
    struct store_log_entry wish = { 0 }, next;
    bool is_found = false;
    enum err err;
    snprintf(wish.kind, sizeof wish.kind, "%s", kind);
    while ((err = store_log_find(&next, db, &wish)) == OK) {
        *found = next;
        is_found = true;
        wish.seq = next.seq + 1;
    }
    return err == ERR_ABSENT && is_found ? OK : err;
}

enum err listing_entry(struct listing_entry *entry, struct db *db,
                       uint64_t index)
{
    uint8_t *room = malloc(TILE_ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, TILE_ENTRY_MAX);
    enum err err = evidence_entry(&w, db, index);
    entry->digest = hash_sha256(writer_bytes(&w));
    if (err == OK) err = json_read_text(&entry->root, writer_bytes(&w));
    free(room);
    return err;
}
