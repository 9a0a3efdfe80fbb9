#include "host/drand.h"

#include "core/hash.h"

#include <blst.h>

static const char domain[] = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

static struct hash message(uint64_t round)
{
    uint8_t wire[8];
    bytes_put_u64(wire, round);
    return hash_sha256(bytes_of(wire, sizeof wire));
}

/* blst refuses a non-canonical encoding and a point off the curve itself. */
static bool read_key(blst_p2_affine *point, const uint8_t key[DRAND_KEY_LEN])
{
    return blst_p2_uncompress(point, key) == BLST_SUCCESS &&
           !blst_p2_affine_is_inf(point) && blst_p2_affine_in_g2(point);
}

static bool read_signature(blst_p1_affine *point,
                           const uint8_t signature[DRAND_SIGNATURE_LEN])
{
    return blst_p1_uncompress(point, signature) == BLST_SUCCESS &&
           !blst_p1_affine_is_inf(point) && blst_p1_affine_in_g1(point);
}

enum err drand_verify(const uint8_t key[DRAND_KEY_LEN], uint64_t round,
                      const uint8_t signature[DRAND_SIGNATURE_LEN])
{
    if (round == 0) return ERR_RANGE;
    blst_p2_affine key_point;
    blst_p1_affine point;
    if (!read_key(&key_point, key)) return ERR_KEY;
    if (!read_signature(&point, signature)) return ERR_FORMAT;

    struct hash digest = message(round);
    BLST_ERROR result = blst_core_verify_pk_in_g2(
        &key_point, &point, true, digest.b, sizeof digest.b,
        (const uint8_t *)domain, sizeof domain - 1, NULL, 0);
    return result == BLST_SUCCESS ? OK : ERR_SIGNATURE;
}

/* Reduced, so that key and signature agree for any 32 bytes. */
static blst_scalar read_secret(const uint8_t secret[DRAND_SECRET_LEN])
{
    blst_scalar scalar;
    blst_scalar_from_be_bytes(&scalar, secret, DRAND_SECRET_LEN);
    return scalar;
}

void drand_keygen(uint8_t secret[DRAND_SECRET_LEN],
                  const uint8_t material[DRAND_SECRET_LEN])
{
    blst_scalar scalar;
    blst_keygen(&scalar, material, DRAND_SECRET_LEN, NULL, 0);
    blst_bendian_from_scalar(secret, &scalar);
}

void drand_public(uint8_t key[DRAND_KEY_LEN],
                  const uint8_t secret[DRAND_SECRET_LEN])
{
    blst_scalar scalar = read_secret(secret);
    blst_p2 point;
    blst_sk_to_pk_in_g2(&point, &scalar);
    blst_p2_compress(key, &point);
}

void drand_sign(uint8_t signature[DRAND_SIGNATURE_LEN],
                const uint8_t secret[DRAND_SECRET_LEN], uint64_t round)
{
    blst_scalar scalar = read_secret(secret);
    struct hash digest = message(round);
    blst_p1 hashed, point;
    blst_hash_to_g1(&hashed, digest.b, sizeof digest.b,
                    (const uint8_t *)domain, sizeof domain - 1, NULL, 0);
    blst_sign_pk_in_g2(&point, &hashed, &scalar);
    blst_p1_compress(signature, &point);
}
