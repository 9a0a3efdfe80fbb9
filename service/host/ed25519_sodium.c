/*
 * ed25519_sodium — the Ed25519 seam of core on libsodium, which refuses
 * S >= L, small orders and keys that are not canonical.
 */
#include "core/ed25519.h"

#include <sodium.h>

bool ed25519_verify(const uint8_t sig[64], struct bytes message,
                    const uint8_t key[32])
{
    return crypto_sign_verify_detached(sig, message.at, message.len, key) == 0;
}
