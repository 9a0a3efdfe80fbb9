#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/hash.h"
#include "format/json_read.h"
#include "host/drand.h"
#include "host/file.h"

struct chain_file {
    struct bytes text;
    json_t *root;
    uint8_t key[DRAND_KEY_LEN];
};

static struct chain_file open_vectors(void)
{
    struct chain_file file;
    assert_int_equal(
        OK, file_read(&file.text, "tests/vectors/drand-quicknet.json", 65536));
    assert_int_equal(OK, json_read_text(&file.root, file.text));
    const json_t *info = json_read_member(file.root, "info");
    assert_int_equal(OK,
                     json_read_hex(file.key, sizeof file.key,
                                   json_read_member(info, "public_key")));
    return file;
}

static void close_vectors(struct chain_file *file)
{
    json_decref(file->root);
    file_release(&file->text);
}

static uint64_t round_of(const json_t *item)
{
    uint64_t round = 0;
    assert_int_equal(OK, json_read_u64(&round, json_read_member(item, "round"),
                                       UINT64_MAX));
    return round;
}

static void every_real_round_verifies(void **state)
{
    (void)state;
    struct chain_file file = open_vectors();
    const json_t *rounds = json_read_member(file.root, "rounds");
    size_t count = 0;
    assert_int_equal(OK, json_read_array(&count, rounds));
    assert_true(count >= 8);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_read_item(rounds, i);
        uint8_t signature[DRAND_SIGNATURE_LEN];
        struct hash randomness;
        assert_int_equal(OK,
                         json_read_hex(signature, sizeof signature,
                                       json_read_member(item, "signature")));
        assert_int_equal(OK,
                         drand_verify(file.key, round_of(item), signature));
        assert_int_equal(OK,
                         json_read_hash(&randomness,
                                        json_read_member(item, "randomness")));
        struct bytes whole = bytes_of(signature, sizeof signature);
        assert_true(hash_equal(randomness, hash_sha256(whole)));
        assert_int_equal(ERR_SIGNATURE, drand_verify(file.key,
                                                     round_of(item) + 1,
                                                     signature));
    }
    close_vectors(&file);
}

static void every_forgery_is_refused(void **state)
{
    (void)state;
    struct chain_file file = open_vectors();
    const json_t *forged = json_read_member(file.root, "must_be_refused");
    size_t count = 0, short_count = 0;
    assert_int_equal(OK, json_read_array(&count, forged));
    assert_true(count >= 9);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_read_item(forged, i);
        uint8_t signature[DRAND_SIGNATURE_LEN];
        const json_t *hex = json_read_member(item, "signature");
        if (json_read_hex(signature, sizeof signature, hex) != OK) {
            short_count++;
            continue;
        }
        assert_int_not_equal(
            OK, drand_verify(file.key, round_of(item), signature));
    }
    assert_int_equal(1, short_count);
    close_vectors(&file);
}

static void unusable_points_have_their_own_error(void **state)
{
    (void)state;
    static const struct {
        const char *signature;
    } unusable[] = {
        /* infinity */
        { "c0000000000000000000000000000000000000000000000000000000000000000"
          "0000000000000000000000000000000" },
        /* on the curve, outside the subgroup */
        { "8000000000000000000000000000000000000000000000000000000000000000"
          "00000000000000000000000000000004" },
        /* x = p */
        { "9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f624"
          "1eabfffeb153ffffb9feffffffffaaab" },
        /* off the curve */
        { "8000000000000000000000000000000000000000000000000000000000000000"
          "00000000000000000000000000000001" },
    };
    struct chain_file file = open_vectors();
    for (size_t i = 0; i < sizeof unusable / sizeof *unusable; i++) {
        uint8_t signature[DRAND_SIGNATURE_LEN];
        struct bytes hex = bytes_text(unusable[i].signature);
        hex.len = 2 * sizeof signature;
        assert_int_equal(OK, bytes_read_hex(signature, sizeof signature, hex));
        assert_int_equal(ERR_FORMAT, drand_verify(file.key, 1000, signature));
    }
    close_vectors(&file);
}

static void an_unusable_key_is_no_key(void **state)
{
    (void)state;
    struct chain_file file = open_vectors();
    const json_t *item =
        json_read_item(json_read_member(file.root, "rounds"), 0);
    uint8_t signature[DRAND_SIGNATURE_LEN];
    assert_int_equal(OK, json_read_hex(signature, sizeof signature,
                                       json_read_member(item, "signature")));
    uint8_t infinity[DRAND_KEY_LEN] = { 0xc0 };
    uint8_t zeros[DRAND_KEY_LEN] = { 0 };
    uint8_t outside[DRAND_KEY_LEN] = { 0x80, [DRAND_KEY_LEN - 1] = 2 };
    assert_int_equal(ERR_KEY, drand_verify(infinity, 42, signature));
    assert_int_equal(ERR_KEY, drand_verify(zeros, 42, signature));
    assert_int_equal(ERR_KEY, drand_verify(outside, 42, signature));
    assert_int_equal(ERR_RANGE, drand_verify(file.key, 0, signature));
    close_vectors(&file);
}

static void a_test_chain_signs_what_verifies(void **state)
{
    (void)state;
    static const uint8_t material[DRAND_SECRET_LEN] = { 7, 7, 7 };
    uint8_t secret[DRAND_SECRET_LEN], key[DRAND_KEY_LEN];
    uint8_t signature[DRAND_SIGNATURE_LEN], again[DRAND_SIGNATURE_LEN];
    drand_keygen(secret, material);
    drand_public(key, secret);
    static const uint64_t rounds[] = { 1, 2, 1000, UINT64_C(1) << 40 };
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++) {
        drand_sign(signature, secret, rounds[i]);
        drand_sign(again, secret, rounds[i]);
        assert_memory_equal(signature, again, sizeof again);
        assert_int_equal(OK, drand_verify(key, rounds[i], signature));
        assert_int_equal(ERR_SIGNATURE,
                         drand_verify(key, rounds[i] + 1, signature));
        signature[0] ^= 0x20;
        assert_int_equal(ERR_SIGNATURE,
                         drand_verify(key, rounds[i], signature));
    }
}

static void a_secret_above_the_order_stands_for_its_remainder(void **state)
{
    (void)state;
    uint8_t secret[DRAND_SECRET_LEN], key[DRAND_KEY_LEN];
    uint8_t signature[DRAND_SIGNATURE_LEN];
    for (unsigned first = 0x60; first < 0x100; first += 0x10) {
        for (size_t i = 0; i < sizeof secret; i++) secret[i] = 0xff;
        secret[0] = (uint8_t)first;
        drand_public(key, secret);
        drand_sign(signature, secret, 9);
        assert_int_equal(OK, drand_verify(key, 9, signature));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_real_round_verifies),
        cmocka_unit_test(every_forgery_is_refused),
        cmocka_unit_test(unusable_points_have_their_own_error),
        cmocka_unit_test(an_unusable_key_is_no_key),
        cmocka_unit_test(a_test_chain_signs_what_verifies),
        cmocka_unit_test(a_secret_above_the_order_stands_for_its_remainder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
