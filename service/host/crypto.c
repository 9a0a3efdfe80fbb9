#include "host/crypto.h"

#include <sodium.h>

_Static_assert(CRYPTO_SEAL_EXTRA == crypto_secretbox_NONCEBYTES +
                                        crypto_secretbox_MACBYTES,
               "sealed form");
_Static_assert(CRYPTO_SALT_LEN == crypto_pwhash_SALTBYTES, "salt");

const struct crypto_cost crypto_cost_moderate = { 3, 256 * 1024 };
const struct crypto_cost crypto_cost_minimal = { 1, 8 };

enum err crypto_begin(void)
{
    return sodium_init() < 0 ? ERR_IO : OK;
}

void crypto_random(void *to, size_t len)
{
    randombytes_buf(to, len);
}

void *crypto_secret(size_t len)
{
    return sodium_malloc(len);
}

void crypto_release(void *secret)
{
    sodium_free(secret);
}

void crypto_wipe(void *at, size_t len)
{
    if (len != 0) sodium_memzero(at, len);
}

bool crypto_equal(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}

void crypto_public(uint8_t public_key[CRYPTO_PUBLIC_LEN],
                   const uint8_t seed[CRYPTO_SEED_LEN])
{
    uint8_t secret[crypto_sign_SECRETKEYBYTES];
    crypto_sign_seed_keypair(public_key, secret, seed);
    sodium_memzero(secret, sizeof secret);
}

void crypto_signature(uint8_t signature[CRYPTO_SIGNATURE_LEN],
                      const uint8_t seed[CRYPTO_SEED_LEN],
                      struct bytes message)
{
    uint8_t public_key[CRYPTO_PUBLIC_LEN];
    uint8_t secret[crypto_sign_SECRETKEYBYTES];
    crypto_sign_seed_keypair(public_key, secret, seed);
    crypto_sign_detached(signature, NULL, message.at, message.len, secret);
    sodium_memzero(secret, sizeof secret);
}

void crypto_seal(uint8_t *to, struct bytes plain,
                 const uint8_t key[CRYPTO_KEY_LEN],
                 const uint8_t nonce[CRYPTO_NONCE_LEN])
{
    bytes_copy(to, nonce, CRYPTO_NONCE_LEN);
    crypto_secretbox_easy(to + CRYPTO_NONCE_LEN, plain.at, plain.len, nonce,
                          key);
}

enum err crypto_open(uint8_t *to, struct bytes sealed,
                     const uint8_t key[CRYPTO_KEY_LEN])
{
    if (sealed.len < CRYPTO_SEAL_EXTRA) return ERR_FORMAT;
    int result = crypto_secretbox_open_easy(
        to, sealed.at + CRYPTO_NONCE_LEN, sealed.len - CRYPTO_NONCE_LEN,
        sealed.at, key);
    return result == 0 ? OK : ERR_KEY;
}

enum err crypto_stretch(uint8_t key[CRYPTO_KEY_LEN], struct bytes passphrase,
                        const uint8_t salt[CRYPTO_SALT_LEN],
                        struct crypto_cost cost)
{
    static const uint8_t nothing[1] = { 0 };
    if (cost.passes < crypto_cost_minimal.passes || cost.passes > 64)
        return ERR_RANGE;
    if (cost.memory_kib < crypto_cost_minimal.memory_kib ||
        cost.memory_kib > UINT32_C(4) << 20)
        return ERR_RANGE;
    const void *at = passphrase.len == 0 ? nothing : passphrase.at;
    int result = crypto_pwhash(key, CRYPTO_KEY_LEN, at, passphrase.len, salt,
                               cost.passes, (size_t)cost.memory_kib * 1024,
                               crypto_pwhash_ALG_ARGON2ID13);
    return result == 0 ? OK : ERR_MEMORY;
}
