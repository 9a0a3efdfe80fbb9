#include "domain/keyring.h"

#include <string.h>

#include "core/base64.h"
#include "host/drand.h"
#include "host/fault.h"
#include "host/file.h"

#define FIRST_LINE "yaohao-key/1 "
#define STRETCH_LINE "argon2id "

enum {
    KEY_LEN = 32,
    SEALED_LEN = KEY_LEN + CRYPTO_SEAL_EXTRA,
    FILE_MAX = 512, /* bytes of a key file */
};

static const struct use {
    const char *name, *file;
    bool is_optional;
} uses[KEYRING_COUNT] = {
    [KEYRING_LOG] = { "log", "log.key", false },
    [KEYRING_STORE] = { "store", "store.key", false },
    [KEYRING_BEACON] = { "test-beacon", "test-beacon.key", true },
};

/* How a pass phrase became a key: the cost and the salt of a file. */
struct stretch {
    struct crypto_cost cost;
    uint8_t salt[CRYPTO_SALT_LEN];
};

/* The stretched pass phrase, kept while the files of a directory are open. */
struct unlocking {
    struct bytes passphrase;
    bool is_done;
    struct stretch stretch;
    uint8_t *key; /* secret memory */
};

static enum err unlock(struct unlocking *u, const struct stretch *stretch)
{
    if (u->is_done && memcmp(&u->stretch, stretch, sizeof *stretch) == 0)
        return OK;
    u->is_done = false;
    enum err err =
        crypto_stretch(u->key, u->passphrase, stretch->salt, stretch->cost);
    if (err != OK) return err;
    u->stretch = *stretch;
    u->is_done = true;
    return OK;
}

/* Each file has a key of its own, so that files cannot be exchanged. */
static void file_key(uint8_t key[KEY_LEN], const struct unlocking *u,
                     const char *use)
{
    const struct bytes args[] = { bytes_of(u->key, KEY_LEN), bytes_text(use) };
    struct hash hash = hash_tagged("key-file/v1", args, 2);
    bytes_copy(key, hash.b, KEY_LEN);
    crypto_wipe(&hash, sizeof hash);
}

/* ---- key files ------------------------------------------------------- */

static enum err file_print(struct writer *w, const struct use *use,
                           const struct stretch *stretch, struct bytes sealed)
{
    writer_text(w, FIRST_LINE);
    writer_text(w, use->name);
    writer_text(w, "\n" STRETCH_LINE);
    writer_u64(w, stretch->cost.passes);
    writer_text(w, " ");
    writer_u64(w, stretch->cost.memory_kib);
    writer_text(w, " ");
    writer_hex(w, bytes_of(stretch->salt, sizeof stretch->salt));
    writer_text(w, "\n");
    base64_write(w, sealed);
    writer_text(w, "\n");
    return w->is_full ? ERR_FULL : OK;
}

/* The bytes up to `end`, which is taken off as well. */
static enum err take(struct bytes *word, struct bytes *rest, char end)
{
    const uint8_t *at =
        rest->len == 0 ? NULL : memchr(rest->at, end, rest->len);
    if (at == NULL) return ERR_FORMAT;
    size_t len = (size_t)(at - rest->at);
    *word = bytes_slice(*rest, 0, len);
    *rest = bytes_slice(*rest, len + 1, rest->len);
    return OK;
}

static enum err number_take(uint32_t *number, struct bytes *rest)
{
    struct bytes word;
    uint64_t value = 0;
    enum err err = take(&word, rest, ' ');
    if (err == OK) err = bytes_read_u64(&value, word, UINT32_MAX);
    *number = (uint32_t)value;
    return err;
}

static enum err stretch_parse(struct stretch *stretch, struct bytes *rest)
{
    struct bytes word;
    enum err err = take(&word, rest, ' ');
    if (err != OK) return err;
    if (!bytes_equal_text(word, "argon2id")) return ERR_FORMAT;
    *stretch = (struct stretch){ .cost = { 0, 0 } };
    err = number_take(&stretch->cost.passes, rest);
    if (err == OK) err = number_take(&stretch->cost.memory_kib, rest);
    if (err == OK) err = take(&word, rest, '\n');
    if (err != OK) return err;
    return bytes_read_hex(stretch->salt, sizeof stretch->salt, word);
}

static enum err file_parse(struct stretch *stretch, uint8_t sealed[SEALED_LEN],
                           const struct use *use, struct bytes whole)
{
    struct bytes rest = whole, line;
    enum err err = take(&line, &rest, '\n');
    if (err != OK) return err;
    if (!bytes_starts(line, FIRST_LINE)) return ERR_FORMAT;
    struct bytes name = bytes_slice(line, strlen(FIRST_LINE), line.len);
    if (!bytes_equal_text(name, use->name)) return ERR_FORMAT;

    err = stretch_parse(stretch, &rest);
    if (err == OK) err = take(&line, &rest, '\n');
    if (err != OK) return err;
    if (rest.len != 0) return ERR_FORMAT;
    return base64_read_exact(sealed, SEALED_LEN, line);
}

static enum err key_write(const struct keyring *keyring, enum keyring_use use,
                          const struct unlocking *u,
                          const struct keyring_birth *birth)
{
    char path[FILE_PATH_MAX];
    enum err err = file_path(path, birth->dir, uses[use].file);
    if (err != OK) return err;

    uint8_t key[KEY_LEN], nonce[CRYPTO_NONCE_LEN], sealed[SEALED_LEN];
    file_key(key, u, uses[use].name);
    entropy_take(birth->entropy, nonce, sizeof nonce);
    crypto_seal(sealed, bytes_of(keyring->key[use], KEY_LEN), key, nonce);
    crypto_wipe(key, sizeof key);

    uint8_t room[FILE_MAX];
    struct writer w = writer_into(room, sizeof room);
    err = file_print(&w, &uses[use], &u->stretch,
                     bytes_of(sealed, sizeof sealed));
    return err != OK ? err : file_create(path, writer_bytes(&w), 0600);
}

static enum err key_read(struct keyring *keyring, enum keyring_use use,
                         struct unlocking *u, const char *dir)
{
    char path[FILE_PATH_MAX];
    struct bytes whole = { NULL, 0 };
    enum err err = file_path(path, dir, uses[use].file);
    if (err == OK) err = file_read(&whole, path, FILE_MAX);
    if (err == ERR_ABSENT && uses[use].is_optional) return OK;
    if (err != OK) return err;

    struct stretch stretch;
    uint8_t sealed[SEALED_LEN], key[KEY_LEN];
    err = file_parse(&stretch, sealed, &uses[use], whole);
    file_release(&whole);
    if (err == OK) err = unlock(u, &stretch);
    if (err != OK) return err;

    keyring->key[use] = crypto_secret(KEY_LEN);
    if (keyring->key[use] == NULL) return ERR_MEMORY;
    file_key(key, u, uses[use].name);
    err = crypto_open(keyring->key[use], bytes_of(sealed, sizeof sealed), key);
    crypto_wipe(key, sizeof key);
    return err;
}

/* ---- the ring -------------------------------------------------------- */

static enum err unlocking_begin(struct unlocking *u, struct bytes passphrase)
{
    *u = (struct unlocking){ .passphrase = passphrase };
    u->key = crypto_secret(CRYPTO_KEY_LEN);
    return u->key == NULL ? ERR_MEMORY : OK;
}

static enum err keys_make(struct keyring *keyring,
                          const struct keyring_birth *birth)
{
    for (int use = 0; use < KEYRING_COUNT; use++) {
        if (uses[use].is_optional && !birth->is_rehearsal) continue;
        keyring->key[use] = crypto_secret(KEY_LEN);
        if (keyring->key[use] == NULL) return ERR_MEMORY;
        entropy_take(birth->entropy, keyring->key[use], KEY_LEN);
        /* A beacon's secret is a scalar below the order of the group. */
        if (use == KEYRING_BEACON)
            drand_keygen(keyring->key[use], keyring->key[use]);
    }
    return OK;
}

static enum err keys_write(const struct keyring *keyring,
                           const struct unlocking *u,
                           const struct keyring_birth *birth)
{
    for (int use = 0; use < KEYRING_COUNT; use++) {
        if (keyring->key[use] == NULL) continue;
        enum err err = key_write(keyring, (enum keyring_use)use, u, birth);
        if (err != OK) return err;
        FAULT("keyring-file");
    }
    return OK;
}

enum err keyring_create(struct keyring *keyring,
                        const struct keyring_birth *birth)
{
    *keyring = (struct keyring){ { NULL } };
    if (birth->passphrase.len > KEYRING_PASSPHRASE_MAX) return ERR_INPUT;
    if (birth->passphrase.len == 0 && !birth->is_rehearsal) return ERR_INPUT;

    struct stretch stretch = { .cost = birth->is_rehearsal
                                           ? crypto_cost_minimal
                                           : crypto_cost_moderate };
    entropy_take(birth->entropy, stretch.salt, sizeof stretch.salt);
    struct unlocking u;
    enum err err = unlocking_begin(&u, birth->passphrase);
    if (err == OK) err = unlock(&u, &stretch);
    if (err == OK) err = keys_make(keyring, birth);
    if (err == OK) err = keys_write(keyring, &u, birth);
    crypto_release(u.key);
    if (err != OK) keyring_close(keyring);
    return err;
}

enum err keyring_read(struct keyring *keyring, const char *dir,
                      struct bytes passphrase)
{
    *keyring = (struct keyring){ { NULL } };
    struct unlocking u;
    enum err err = unlocking_begin(&u, passphrase);
    for (int use = 0; use < KEYRING_COUNT && err == OK; use++)
        err = key_read(keyring, (enum keyring_use)use, &u, dir);
    crypto_release(u.key);
    if (err != OK) keyring_close(keyring);
    return err;
}

void keyring_close(struct keyring *keyring)
{
    for (int use = 0; use < KEYRING_COUNT; use++) {
        crypto_release(keyring->key[use]);
        keyring->key[use] = NULL;
    }
}

/* ---- use ------------------------------------------------------------- */

enum err keyring_log_key(struct note_key *key, const struct keyring *keyring,
                         struct bytes origin)
{
    uint8_t public_key[CRYPTO_PUBLIC_LEN];
    crypto_public(public_key, keyring->key[KEYRING_LOG]);
    return note_key_make(key, origin, NOTE_ED25519, public_key);
}

void keyring_sign(uint8_t signature[CRYPTO_SIGNATURE_LEN],
                  const struct keyring *keyring, struct bytes message)
{
    crypto_signature(signature, keyring->key[KEYRING_LOG], message);
}

static void purpose_key(uint8_t key[KEY_LEN], const struct keyring *keyring,
                        const char *purpose)
{
    const struct bytes args[] = {
        bytes_of(keyring->key[KEYRING_STORE], KEY_LEN), bytes_text(purpose)
    };
    struct hash hash = hash_tagged("store-key/v1", args, 2);
    bytes_copy(key, hash.b, KEY_LEN);
    crypto_wipe(&hash, sizeof hash);
}

void keyring_seal(uint8_t *to, const struct keyring *keyring,
                  struct entropy *entropy, const char *purpose,
                  struct bytes plain)
{
    uint8_t key[KEY_LEN], nonce[CRYPTO_NONCE_LEN];
    purpose_key(key, keyring, purpose);
    entropy_take(entropy, nonce, sizeof nonce);
    crypto_seal(to, plain, key, nonce);
    crypto_wipe(key, sizeof key);
}

enum err keyring_open(uint8_t *to, const struct keyring *keyring,
                      const char *purpose, struct bytes sealed)
{
    uint8_t key[KEY_LEN];
    purpose_key(key, keyring, purpose);
    enum err err = crypto_open(to, sealed, key);
    crypto_wipe(key, sizeof key);
    return err;
}

const uint8_t *keyring_beacon(const struct keyring *keyring)
{
    return keyring->key[KEYRING_BEACON];
}
