#include "cli/audit_data.h"

#include <stdlib.h>

#include "domain/evidence.h"
#include "domain/proof.h"

static enum err make_note(struct bytes *body, struct db *db, uint64_t size)
{
    uint8_t *room = malloc(EVIDENCE_NOTE_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, EVIDENCE_NOTE_MAX);
    enum err err = size == 0 ? evidence_checkpoint(&w, db)
                             : evidence_heads(&w, db, size);
    if (err == OK) *body = writer_bytes(&w);
    else free(room);
    return err;
}

/* Policy texts stand in the database, whether or not in files/. */
static enum err make_file(struct bytes *body, struct directory *dir,
                          struct bytes name)
{
    struct hash hash;
    char path[FILE_PATH_MAX];
    enum err err = bytes_read_hex(hash.b, sizeof hash.b, name);
    if (err == OK) err = directory_file_path(path, dir, hash);
    if (err != OK) return err;
    uint8_t *room = malloc(POLICY_TEXT_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, POLICY_TEXT_MAX);
    err = store_log_policy_read(&w, dir->db, &hash);
    if (err == OK) {
        *body = writer_bytes(&w);
        return OK;
    }
    free(room);
    return err == ERR_ABSENT
               ? file_read(body, path, PROOF_MAX)
               : err;
}

static enum err read_path(struct bytes *body, void *context, const char *path)
{
    struct directory *dir = context;
    struct bytes whole = bytes_text(path);
    struct tile tile;
    uint64_t size;
    if (bytes_equal_text(whole, "checkpoint"))
        return make_note(body, dir->db, 0);
    if (bytes_starts(whole, "files/"))
        return make_file(body, dir, bytes_slice(whole, 6, whole.len));
    if (bytes_starts(whole, "heads/")) {
        enum err err = bytes_read_u64(&size, bytes_slice(whole, 6, whole.len),
                                      (uint64_t)INT64_MAX);
        return err == OK && size > 0 ? make_note(body, dir->db, size)
                                     : ERR_ABSENT;
    }
    enum err err = tile_read(&tile, whole);
    return err == OK ? evidence_tile(body, dir->db, tile) : err;
}

static enum err next_head(uint64_t *size, void *context, uint64_t after)
{
    struct directory *dir = context;
    struct merkle_head head;
    enum err err = evidence_head_with(&head, dir->db, after);
    if (err == OK) *size = head.size;
    return err;
}

struct audit_source audit_data_source(struct directory *dir)
{
    return (struct audit_source){ read_path, next_head, dir };
}
