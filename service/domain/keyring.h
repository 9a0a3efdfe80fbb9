/*
 * keyring — the secrets of a data directory: the log's signing key, the key
 * that encrypts secrets inside the database, a rehearsal's test beacon.
 *
 *     secret/log.key          yaohao-key/1 log
 *     secret/store.key        argon2id 3 262144 5f1c…      cost and salt
 *     secret/test-beacon.key  base64(nonce || tag || 32 encrypted bytes)
 *
 *     file key = HASH("key-file/v1", Argon2id(pass phrase), use)
 *
 * The three files of a directory share cost and salt, so that one stretch of
 * the pass phrase opens them.  Rehearsals use the minimal cost.
 * Source: RFC 9106; the decisions of this house on keys.
 */
#ifndef DOMAIN_KEYRING_H
#define DOMAIN_KEYRING_H

#include "core/hash.h"
#include "core/note.h"
#include "host/crypto.h"
#include "host/entropy.h"

enum keyring_use { KEYRING_LOG, KEYRING_STORE, KEYRING_BEACON, KEYRING_COUNT };

#define KEYRING_PASSPHRASE_MAX 1024 /* bytes */

/* Keys in guarded memory; NULL where a directory has none. */
struct keyring {
    uint8_t *key[KEYRING_COUNT]; /* 32 bytes each */
};

/* What a new keyring needs. */
struct keyring_birth {
    const char *dir;         /* secret/, which exists and is empty        */
    struct bytes passphrase; /* empty only in a rehearsal                 */
    bool is_rehearsal;       /* minimal cost, and with a test beacon      */
    struct entropy *entropy;
};
/*
 * Makes the keys and their files (0600), durable when it returns.
 *   ERR_INPUT   an empty pass phrase outside of a rehearsal, or too long
 *   ERR_EXISTS  there are keys      ERR_DISK, ERR_IO, ERR_MEMORY
 */
MUST_CHECK enum err keyring_create(struct keyring *keyring,
                                   const struct keyring_birth *birth);
/*
 * Opens the files in `dir`.  The test beacon may be missing.
 *   ERR_KEY      the wrong pass phrase, or changed bytes
 *   ERR_FORMAT   not a key file    ERR_ABSENT  log.key or store.key missing
 *   ERR_RANGE    a cost that this program does not accept
 */
MUST_CHECK enum err keyring_read(struct keyring *keyring, const char *dir,
                                 struct bytes passphrase);
/* Wipes and releases.  Of a zeroed keyring: nothing. */
void keyring_close(struct keyring *keyring);

/* ---- the log's key --------------------------------------------------- */

/* The verifier key of the log named `origin` (borrowed).  ERR_FORMAT. */
MUST_CHECK enum err keyring_log_key(struct note_key *key,
                                    const struct keyring *keyring,
                                    struct bytes origin);
void keyring_sign(uint8_t signature[CRYPTO_SIGNATURE_LEN],
                  const struct keyring *keyring, struct bytes message);

/* ---- secrets in the database ----------------------------------------- */

/*
 * `to` holds plain.len + CRYPTO_SEAL_EXTRA bytes.  `purpose` names the place,
 * e.g. "draw/17/keys": a sealed secret opens only for the same purpose, so
 * rows cannot be swapped.
 */
void keyring_seal(uint8_t *to, const struct keyring *keyring,
                  struct entropy *entropy, const char *purpose,
                  struct bytes plain);
/*
 * `to` holds sealed.len - CRYPTO_SEAL_EXTRA bytes.
 *   ERR_FORMAT   too short      ERR_KEY   another key, purpose or bytes
 */
MUST_CHECK enum err keyring_open(uint8_t *to, const struct keyring *keyring,
                                 const char *purpose, struct bytes sealed);

/*
 * The secret of the test beacon for host/drand.  Borrowed from the keyring.
 * NULL outside of a rehearsal.
 */
const uint8_t *keyring_beacon(const struct keyring *keyring);

#endif
