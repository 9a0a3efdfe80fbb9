#include "domain/actor.h"

#include "core/digest.h"
#include "host/fault.h"
#include "store/store_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECRET_MAX = 16384, PURPOSE_MAX = 64 };

enum err actor_make(struct actors *actors, struct directory *dir,
                    const struct draw_persons *persons)
{
    if (strcmp(persons->name[0], persons->name[1]) == 0)
        return directory_why(dir, ERR_INPUT,
                           "须由两个不同的人负责：--by 甲 --by 乙");
    for (size_t i = 0; i < 2; i++) {
        entropy_take(&dir->entropy, actors->salt[i].b, 32);
        actors->digest[i] = digest_actor(&actors->salt[i],
                                         bytes_text(persons->name[i]));
    }
    return OK;
}

void actor_write(struct canon *c, const struct hash digests[2])
{
    canon_key(c, "by");
    canon_array(c);
    canon_hash(c, digests[0]);
    canon_hash(c, digests[1]);
    canon_array_end(c);
}

static void write_purpose(char to[PURPOSE_MAX], uint64_t index,
                          const char *use)
{
    snprintf(to, PURPOSE_MAX, "salt/%llu/%s", (unsigned long long)index, use);
}

static enum err keep(struct directory *dir, uint64_t index,
                     const struct actor_secret *secret)
{
    uint8_t plain[SECRET_MAX], sealed[sizeof plain + CRYPTO_SEAL_EXTRA];
    char purpose[PURPOSE_MAX];
    struct writer w = writer_into(plain, sizeof plain);
    writer_add(&w, hash_bytes(&secret->salt));
    writer_add(&w, secret->text);
    if (w.is_full) return ERR_LIMIT;
    write_purpose(purpose, index, secret->use);
    keyring_seal(sealed, &dir->keyring, &dir->entropy, purpose,
                 writer_bytes(&w));
    const struct store_draw_salt salt = { index, secret->use };
    enum err err = store_draw_salt_write(
        dir->db, &salt, bytes_of(sealed, w.len + CRYPTO_SEAL_EXTRA));
    crypto_wipe(plain, sizeof plain);
    return err;
}

/* Salt and name, so that an auditor can be shown who it was. */
static enum err keep_all(struct directory *dir, uint64_t index,
                         const struct actor_entry *entry)
{
    static const char *const uses[2] = { "actor1", "actor2" };
    enum err err = OK;
    for (size_t i = 0; i < 2 && err == OK; i++) {
        const struct actor_secret name = {
            uses[i], entry->actors->salt[i],
            bytes_text(entry->persons->name[i])
        };
        err = keep(dir, index, &name);
        if (err == OK && entry->secrets[i].use != NULL)
            err = keep(dir, index, &entry->secrets[i]);
        FAULT("actor-kept");
    }
    return err;
}

enum err actor_append(struct directory *dir, const struct actor_entry *entry)
{
    uint64_t index = 0;
    enum err err = log_begin(&dir->log);
    if (err != OK) return err;
    err = log_append(&index, &dir->log, entry->text);
    if (err == OK) err = keep_all(dir, index, entry);
    err = log_finish(&dir->log, err);
    return err != OK ? err : log_publish(&dir->log);
}

enum err actor_secret_read(struct actor_secret *secret, struct writer *room,
                           struct directory *dir, uint64_t index)
{
    uint8_t sealed[SECRET_MAX + CRYPTO_SEAL_EXTRA];
    char purpose[PURPOSE_MAX];
    struct writer w = writer_into(sealed, sizeof sealed);
    const struct store_draw_salt salt = { index, secret->use };
    enum err err = store_draw_salt(&w, dir->db, &salt);
    if (err != OK) return err;
    if (w.len < CRYPTO_SEAL_EXTRA + sizeof secret->salt) return ERR_FORMAT;

    size_t len = w.len - CRYPTO_SEAL_EXTRA;
    uint8_t *plain = malloc(len);
    if (plain == NULL) return ERR_MEMORY;
    write_purpose(purpose, index, secret->use);
    err = keyring_open(plain, &dir->keyring, purpose, writer_bytes(&w));
    if (err == OK) {
        size_t start = room->len;
        bytes_copy(secret->salt.b, plain, sizeof secret->salt);
        writer_add(room, bytes_slice(bytes_of(plain, len), 32, len));
        if (room->is_full) err = ERR_FULL;
        else secret->text = bytes_slice(writer_bytes(room), start, room->len);
    }
    crypto_wipe(plain, len);
    free(plain);
    return err;
}
