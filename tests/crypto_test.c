#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/ed25519.h"
#include "host/crypto.h"
#include "host/entropy.h"

/* RFC 8032 section 7.1, test 2. */
static const char rfc_seed[] =
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
static const char rfc_public[] =
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
static const char rfc_signature[] =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

static void signing_agrees_with_the_standard(void **state)
{
    (void)state;
    uint8_t seed[32], expected_public[32], expected[64];
    uint8_t public_key[32], signature[64];
    struct bytes message = bytes_text("r"); /* 0x72 */
    assert_int_equal(OK, bytes_read_hex(seed, 32, bytes_text(rfc_seed)));
    assert_int_equal(
        OK, bytes_read_hex(expected_public, 32, bytes_text(rfc_public)));
    assert_int_equal(OK,
                     bytes_read_hex(expected, 64, bytes_text(rfc_signature)));
    crypto_public(public_key, seed);
    assert_memory_equal(expected_public, public_key, 32);
    crypto_signature(signature, seed, message);
    assert_memory_equal(expected, signature, 64);
    assert_true(ed25519_verify(signature, message, public_key));
    assert_false(ed25519_verify(signature, bytes_text("s"), public_key));
}

static void a_sealed_box_opens_with_its_key_only(void **state)
{
    (void)state;
    static const char plain[] = "a list of firms";
    uint8_t key[CRYPTO_KEY_LEN] = { 1 }, other[CRYPTO_KEY_LEN] = { 2 };
    uint8_t nonce[CRYPTO_NONCE_LEN] = { 3 };
    uint8_t sealed[sizeof plain + CRYPTO_SEAL_EXTRA], opened[sizeof plain];
    crypto_seal(sealed, bytes_of(plain, sizeof plain), key, nonce);
    struct bytes whole = bytes_of(sealed, sizeof sealed);
    assert_int_equal(OK, crypto_open(opened, whole, key));
    assert_memory_equal(plain, opened, sizeof plain);
    assert_int_equal(ERR_KEY, crypto_open(opened, whole, other));
    assert_int_equal(
        ERR_FORMAT,
        crypto_open(opened, bytes_slice(whole, 0, CRYPTO_SEAL_EXTRA - 1), key));
    for (size_t i = 0; i < sizeof sealed; i++) {
        sealed[i] ^= 1;
        assert_int_equal(ERR_KEY, crypto_open(opened, whole, key));
        sealed[i] ^= 1;
    }
}

static void a_pass_phrase_gives_one_key(void **state)
{
    (void)state;
    uint8_t salt[CRYPTO_SALT_LEN] = { 9 };
    uint8_t a[CRYPTO_KEY_LEN], b[CRYPTO_KEY_LEN];
    struct crypto_cost cost = crypto_cost_minimal;
    assert_int_equal(OK, crypto_stretch(a, bytes_text("x"), salt, cost));
    assert_int_equal(OK, crypto_stretch(b, bytes_text("x"), salt, cost));
    assert_memory_equal(a, b, sizeof a);
    assert_int_equal(OK, crypto_stretch(b, bytes_of(NULL, 0), salt, cost));
    assert_memory_not_equal(a, b, sizeof a);
    salt[0] = 8;
    assert_int_equal(OK, crypto_stretch(b, bytes_text("x"), salt, cost));
    assert_memory_not_equal(a, b, sizeof a);

    static const struct crypto_cost outside[] = {
        { 0, 8 }, { 1, 7 }, { 65, 8 }, { 1, (4U << 20) + 1 }
    };
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_int_equal(
            ERR_RANGE, crypto_stretch(b, bytes_text("x"), salt, outside[i]));
}

static void secrets_are_lent_and_wiped(void **state)
{
    (void)state;
    uint8_t *secret = crypto_secret(64);
    assert_non_null(secret);
    memset(secret, 7, 64);
    crypto_wipe(secret, 64);
    static const uint8_t zeros[64];
    assert_true(crypto_equal(secret, zeros, 64));
    secret[63] = 1;
    assert_false(crypto_equal(secret, zeros, 64));
    crypto_release(secret);
    crypto_release(NULL);
}

static void a_fixed_source_repeats_itself(void **state)
{
    (void)state;
    static const uint8_t seed[32] = { 5 };
    struct entropy one = entropy_fixed(seed), two = entropy_fixed(seed);
    uint8_t a[80], b[80];
    entropy_take(&one, a, 80);
    entropy_take(&two, b, 80);
    assert_memory_equal(a, b, 80);
    entropy_take(&one, a, 80);
    assert_memory_not_equal(a, b, 80);

    struct entropy machine = entropy_machine();
    entropy_take(&machine, a, 80);
    entropy_take(&machine, b, 80);
    assert_memory_not_equal(a, b, 80);
}

static int begin(void **state)
{
    (void)state;
    return crypto_begin() == OK ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signing_agrees_with_the_standard),
        cmocka_unit_test(a_sealed_box_opens_with_its_key_only),
        cmocka_unit_test(a_pass_phrase_gives_one_key),
        cmocka_unit_test(secrets_are_lent_and_wiped),
        cmocka_unit_test(a_fixed_source_repeats_itself),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
