#include "domain/proof.h"

#include "domain/proof_heads.h"
#include "domain/evidence.h"
#include "domain/listing.h"
#include "format/json_read.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MAX = 10000, ATTACHMENTS_MAX = 1024 };

struct attachment {
    struct hash digest;
    struct bytes text; /* file_release() */
};

struct gathering {
    struct directory *dir;
    struct draw draw;
    struct merkle_head final;
    size_t entry_count, attachment_count;
    uint64_t *entries; /* indexes, ascending */
    struct attachment *attachments;
    uint64_t book; /* index of the seed-book entry */
};

/* ---- entries ----------------------------------------------------------- */

/* The plan that A names; its seed book stands right behind it. */
static enum err find_plan(uint64_t *index, struct gathering *g)
{
    struct store_log_entry wish = { .kind = "plan" }, found;
    enum err err;
    while ((err = store_log_find(&found, g->dir->db, &wish)) == OK) {
        struct listing_entry plan = { 0 };
        wish.seq = found.seq + 1;
        err = listing_entry(&plan, g->dir->db, found.seq);
        json_decref(plan.root);
        if (err != OK) return err;
        *index = found.seq;
        if (hash_equal(plan.digest, g->draw.announcement.prev)) return OK;
    }
    return err;
}

static enum err find_entries(struct gathering *g)
{
    struct store_log_entry wish = { .draw = g->draw.number }, found;
    uint64_t plan = 0;
    enum err err = find_plan(&plan, g);
    if (err != OK) return err;
    g->book = plan + 1;
    g->entries[0] = 0;
    g->entries[1] = plan;
    g->entries[2] = g->book;
    g->entry_count = 3;
    while ((err = store_log_find(&found, g->dir->db, &wish)) == OK) {
        if (found.seq >= g->final.size) break;
        if (g->entry_count == ENTRIES_MAX) return ERR_LIMIT;
        g->entries[g->entry_count++] = found.seq;
        wish.seq = found.seq + 1;
    }
    return err == ERR_ABSENT ? OK : err;
}

static enum err keep_attachment(struct gathering *g, const json_t *member)
{
    struct hash digest;
    if (!json_is_object(member)) return OK;
    enum err err =
        json_read_hash(&digest, json_read_member(member, "sha256"));
    if (err != OK) return err;
    for (size_t i = 0; i < g->attachment_count; i++) {
        if (hash_equal(g->attachments[i].digest, digest)) return OK;
    }
    if (g->attachment_count == ATTACHMENTS_MAX) return ERR_LIMIT;
    struct attachment *one = &g->attachments[g->attachment_count];
    one->digest = digest;
    err = listing_file(&one->text, g->dir, digest);
    if (err == OK) g->attachment_count++;
    return err;
}

/* Which members of an entry are lists. */
static enum err find_attachments(struct gathering *g, const json_t *entry)
{
    static const struct {
        const char *kind, *key;
    } lists[] = {
        { "plan", "batches" },        { "freeze", "caps" },
        { "freeze", "pools" },        { "opening", "disclosures" },
        { "opening", "inspectors" },  { "opening", "targets" },
    };
    struct bytes kind;
    enum err err = json_read_string(&kind, json_read_member(entry, "kind"));
    for (size_t i = 0; i < sizeof lists / sizeof lists[0] && err == OK; i++) {
        if (!bytes_equal_text(kind, lists[i].kind)) continue;
        err = keep_attachment(g, json_read_member(entry, lists[i].key));
    }
    return err;
}

static enum err gather_attachments(struct gathering *g)
{
    enum err err = OK;
    for (size_t i = 0; i < g->entry_count && err == OK; i++) {
        struct listing_entry entry = { 0 };
        err = listing_entry(&entry, g->dir->db, g->entries[i]);
        if (err == OK) err = find_attachments(g, entry.root);
        json_decref(entry.root);
    }
    return err;
}

static int compare_attachments(const void *a, const void *b)
{
    const struct attachment *x = a, *y = b;
    return hash_compare(&x->digest, &y->digest);
}

static void write_attachments(struct canon *c, struct gathering *g)
{
    qsort(g->attachments, g->attachment_count, sizeof *g->attachments,
          compare_attachments);
    canon_key(c, "attachments");
    canon_object(c);
    for (size_t i = 0; i < g->attachment_count; i++) {
        uint8_t hex[64];
        struct writer w = writer_into(hex, sizeof hex);
        writer_hex(&w, hash_bytes(&g->attachments[i].digest));
        canon_key_bytes(c, writer_bytes(&w));
        canon_string(c, g->attachments[i].text);
    }
    canon_object_end(c);
}

static enum err write_entries(struct canon *c, struct gathering *g)
{
    uint8_t *room = malloc(TILE_ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    enum err err = OK;
    canon_key(c, "entries");
    canon_array(c);
    for (size_t i = 0; i < g->entry_count && err == OK; i++) {
        struct merkle_path path;
        struct writer w = writer_into(room, TILE_ENTRY_MAX);
        err = evidence_entry(&w, g->dir->db, g->entries[i]);
        if (err == OK)
            err = evidence_inclusion(&path, g->dir->db, g->entries[i],
                                     g->final.size);
        if (err != OK) break;
        canon_object(c);
        canon_member_u64(c, "index", g->entries[i]);
        entry_path_write(c, "path", &path);
        canon_member_string(c, "text", writer_bytes(&w));
        canon_object_end(c);
    }
    canon_array_end(c);
    free(room);
    return err;
}

/* ---- the seed's commitment --------------------------------------------- */

static enum err read_commits(struct hash **leaves, struct hash *commit,
                             size_t *count, const json_t *list,
                             uint64_t slot)
{
    enum err err = json_read_array(count, list);
    if (err != OK) return err;
    if (slot >= *count) return ERR_RANGE;
    *leaves = calloc((size_t)merkle_levels_count(*count) + 1,
                     sizeof **leaves);
    if (*leaves == NULL) return ERR_MEMORY;
    for (size_t i = 0; i < *count && err == OK; i++) {
        struct hash one;
        err = json_read_hash(&one, json_read_item(list, i));
        if (err != OK) break;
        (*leaves)[i] = merkle_leaf(hash_bytes(&one));
        if (i == slot) *commit = one;
    }
    return err;
}

static enum err write_commitment(struct canon *c, struct gathering *g)
{
    struct listing_entry book = { 0 };
    struct hash digest, commit = { { 0 } }, *leaves = NULL;
    struct bytes text = { NULL, 0 };
    json_t *list = NULL;
    size_t count = 0;
    uint64_t slot = g->draw.announcement.slot;
    enum err err = listing_entry(&book, g->dir->db, g->book);
    if (err == OK)
        err = json_read_hash(&digest, json_read_member(book.root, "list"));
    if (err == OK) err = listing_file(&text, g->dir, digest);
    if (err == OK) err = json_read_text(&list, text);
    if (err == OK) err = read_commits(&leaves, &commit, &count, list, slot);
    if (err == OK) {
        struct merkle_levels levels = { count, leaves };
        struct merkle_path path;
        struct merkle_place place = { .index = slot };
        merkle_levels_fill(&levels);
        struct merkle_source source = merkle_levels_source(&levels);
        err = merkle_prove_inclusion(&path, &place, &source, count);
        canon_key(c, "commitment");
        canon_object(c);
        canon_member_hash(c, "commit", commit);
        entry_path_write(c, "path", &path);
        canon_object_end(c);
    }
    free(leaves);
    if (text.at != NULL) file_release(&text);
    json_decref(list);
    json_decref(book.root);
    return err;
}

/* ---- all of it --------------------------------------------------------- */

static enum err write_policy(struct canon *c, struct gathering *g)
{
    uint8_t room[65536];
    struct writer w = writer_into(room, sizeof room);
    enum err err = store_log_policy_read(&w, g->dir->db,
                                         &g->draw.announcement.policy);
    if (err == OK) canon_member_string(c, "policy", writer_bytes(&w));
    return err;
}

static size_t room_for(const struct gathering *g)
{
    size_t len = (size_t)1 << 20;
    for (size_t i = 0; i < g->attachment_count; i++)
        len += canon_string_len(g->attachments[i].text) + 80;
    return len + g->entry_count * ((size_t)64 * 68 + 2 * TILE_ENTRY_MAX);
}

static enum err write_proof(struct bytes *text, struct gathering *g)
{
    size_t max = room_for(g);
    uint8_t *room = malloc(max);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, max);
    struct canon c = canon_into(&w);
    canon_object(&c);
    write_attachments(&c, g);
    enum err err = write_commitment(&c, g);
    if (err == OK) err = write_entries(&c, g);
    canon_member_text(&c, "format", "yaohao-proof/1");
    if (err == OK) err = proof_write_heads(&c, g->dir, &g->draw,
                                             &g->final);
    if (err == OK) err = write_policy(&c, g);
    canon_object_end(&c);
    writer_byte(&w, '\n');
    if (err == OK && (w.is_full || w.len > PROOF_MAX)) err = ERR_LIMIT;
    if (err == OK) *text = writer_bytes(&w);
    else free(room);
    return err;
}

enum err proof_make(struct bytes *text, struct directory *dir,
                    uint64_t number)
{
    struct gathering g = { .dir = dir };
    g.entries = calloc(ENTRIES_MAX, sizeof *g.entries);
    g.attachments = calloc(ATTACHMENTS_MAX, sizeof *g.attachments);
    enum err err = g.entries == NULL || g.attachments == NULL ? ERR_MEMORY
                                                              : OK;
    if (err == OK) err = evidence_published(&g.final, dir->db);
    if (err == OK) err = draw_load(&g.draw, dir, number);
    if (err == OK) err = find_entries(&g);
    if (err == OK) err = gather_attachments(&g);
    if (err == OK) err = write_proof(text, &g);
    for (size_t i = 0; i < g.attachment_count; i++)
        file_release(&g.attachments[i].text);
    draw_release(&g.draw);
    free(g.attachments);
    free(g.entries);
    return err;
}
