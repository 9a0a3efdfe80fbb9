/*
 * ed25519 — the check of one signature, a seam like SHA-256.
 *
 * Resolved when a program is linked, to libsodium in service/host.  The
 * rules are strict: S >= L, points of small order and keys that are not in
 * canonical form are refused.
 * Source: RFC 8032 section 5.1.7.
 */
#ifndef CORE_ED25519_H
#define CORE_ED25519_H

#include "core/bytes.h"

#define ED25519_KEY_LEN       32
#define ED25519_SIGNATURE_LEN 64

/* Not defined in core.  The message may be empty. */
bool ed25519_verify(const uint8_t sig[64], struct bytes message,
                    const uint8_t key[32]);

#endif
