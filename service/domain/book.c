#include "domain/book.h"

#include "core/seed.h"
#include "domain/listing.h"
#include "format/json_read.h"
#include "store/store_draw.h"

#include <stdio.h>

enum { PURPOSE_MAX = 128, SEALED_LEN = 32 + CRYPTO_SEAL_EXTRA };

/* Of one book and one slot, so that rows cannot be swapped. */
static void write_purpose(char to[PURPOSE_MAX], const struct book_slot *slot)
{
    char book[65] = "";
    struct writer w = writer_into(book, 64);
    writer_hex(&w, hash_bytes(&slot->book));
    snprintf(to, PURPOSE_MAX, "seed/%s/%llu", book,
             (unsigned long long)slot->slot);
}

enum err book_keep(struct directory *dir, const struct book_slot *slot,
                   const struct hash *secret)
{
    uint8_t sealed[SEALED_LEN];
    char purpose[PURPOSE_MAX];
    write_purpose(purpose, slot);
    keyring_seal(sealed, &dir->keyring, &dir->entropy, purpose,
                 hash_bytes(secret));
    return store_draw_slot_write(dir->db, &slot->book, slot->slot,
                                 bytes_of(sealed, sizeof sealed));
}

enum err book_secret(struct hash *secret, struct directory *dir,
                     const struct book_slot *slot)
{
    uint8_t sealed[SEALED_LEN];
    char purpose[PURPOSE_MAX];
    struct writer w = writer_into(sealed, sizeof sealed);
    enum err err =
        store_draw_slot(&w, dir->db, &slot->book, slot->slot);
    if (err != OK) return err;
    if (w.len != sizeof sealed) return ERR_FORMAT;
    write_purpose(purpose, slot);
    return keyring_open(secret->b, &dir->keyring, purpose, writer_bytes(&w));
}

/* The entry of this digest. */
static enum err find_book(struct listing_entry *book, struct directory *dir,
                          const struct hash *digest)
{
    struct store_log_entry wish = { .kind = "seed-book" }, found;
    enum err err;
    while ((err = store_log_find(&found, dir->db, &wish)) == OK) {
        wish.seq = found.seq + 1;
        err = listing_entry(book, dir->db, found.seq);
        if (err != OK) return err;
        if (hash_equal(book->digest, *digest)) return OK;
        json_decref(book->root);
        book->root = NULL;
    }
    return err;
}

static enum err read_commit(struct hash *commit, const struct directory *dir,
                            const json_t *book, uint64_t slot)
{
    struct hash digest;
    struct bytes text = { NULL, 0 };
    json_t *list = NULL;
    enum err err = json_read_hash(&digest, json_read_member(book, "list"));
    if (err == OK) err = listing_file(&text, dir, digest);
    if (err == OK) err = json_read_text(&list, text);
    if (err == OK)
        err = json_read_hash(commit, json_read_item(list, (size_t)slot));
    if (text.at != NULL) file_release(&text);
    json_decref(list);
    return err;
}

enum err book_opens(bool *is, struct directory *dir,
                    const struct book_slot *slot, const struct hash *secret)
{
    struct listing_entry book = { 0 };
    struct hash commit;
    struct bytes name;
    enum err err = find_book(&book, dir, &slot->book);
    if (err == OK) err = read_commit(&commit, dir, book.root, slot->slot);
    if (err == OK)
        err = json_read_string(&name, json_read_member(book.root, "book"));
    if (err == OK)
        *is = hash_equal(commit,
                         seed_commit(name, (uint32_t)slot->slot, secret));
    json_decref(book.root);
    return err;
}
