/* keyring_test — key files open with the right pass phrase only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "domain/keyring.h"

static char folder[] = "/tmp/yaohao-keys-XXXXXX";
static const char *const names[] = { "log.key", "store.key",
                                     "test-beacon.key" };
static struct entropy entropy;

static const char *path_of(size_t name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, names[name]);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    entropy =
        entropy_fixed((const uint8_t *)"0123456789abcdef0123456789abcdef");
    if (crypto_begin() != OK) return 1;
    return mkdtemp(folder) == NULL;
}

static int clear_folder(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) unlink(path_of(i));
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static struct keyring made(const char *passphrase)
{
    struct keyring keyring;
    const struct keyring_birth birth = { .dir = folder,
                                         .passphrase = bytes_text(passphrase),
                                         .is_rehearsal = true,
                                         .entropy = &entropy };
    assert_int_equal(keyring_create(&keyring, &birth), OK);
    return keyring;
}

static void keys_come_back_with_the_pass_phrase(void **state)
{
    (void)state;
    struct keyring first = made("correct horse"), second;
    assert_int_equal(keyring_read(&second, folder, bytes_text("correct horse")),
                     OK);
    for (int i = 0; i < KEYRING_COUNT; i++)
        assert_memory_equal(first.key[i], second.key[i], 32);
    assert_memory_not_equal(first.key[0], first.key[1], 32);
    assert_non_null(keyring_beacon(&second));
    for (size_t i = 0; i < 3; i++) {
        struct stat about;
        assert_int_equal(stat(path_of(i), &about), 0);
        assert_int_equal(about.st_mode & 0777, 0600);
    }
    keyring_close(&first);
    keyring_close(&second);
    assert_null(second.key[0]);
}

static void a_wrong_pass_phrase_is_refused(void **state)
{
    (void)state;
    struct keyring keyring = made("one");
    keyring_close(&keyring);
    assert_int_equal(keyring_read(&keyring, folder, bytes_text("two")),
                     ERR_KEY);
    assert_null(keyring.key[KEYRING_LOG]);
    assert_int_equal(keyring_read(&keyring, folder, bytes_text("")), ERR_KEY);
}

static void real_keys_need_a_pass_phrase(void **state)
{
    (void)state;
    struct keyring keyring;
    const struct keyring_birth birth = { .dir = folder, .entropy = &entropy };
    assert_int_equal(keyring_create(&keyring, &birth), ERR_INPUT);
}

static void keys_are_never_overwritten(void **state)
{
    (void)state;
    struct keyring keyring = made("a"), second;
    const struct keyring_birth birth = { .dir = folder,
                                         .is_rehearsal = true,
                                         .entropy = &entropy };
    assert_int_equal(keyring_create(&second, &birth), ERR_EXISTS);
    keyring_close(&keyring);
}

static void the_beacon_may_be_missing_but_not_the_others(void **state)
{
    (void)state;
    struct keyring keyring = made("a");
    keyring_close(&keyring);
    unlink(path_of(2));
    assert_int_equal(keyring_read(&keyring, folder, bytes_text("a")), OK);
    assert_null(keyring_beacon(&keyring));
    keyring_close(&keyring);
    unlink(path_of(1));
    assert_int_equal(keyring_read(&keyring, folder, bytes_text("a")),
                     ERR_ABSENT);
}

/* Every byte of a key file counts. */
static void a_changed_key_file_is_refused(void **state)
{
    (void)state;
    struct keyring keyring = made("a");
    keyring_close(&keyring);
    char whole[512];
    FILE *file = fopen(path_of(0), "rb");
    size_t len = fread(whole, 1, sizeof whole, file);
    fclose(file);
    for (size_t i = 0; i < len; i++) {
        file = fopen(path_of(0), "wb");
        whole[i] ^= 1;
        fwrite(whole, 1, len, file);
        whole[i] ^= 1;
        fclose(file);
        enum err err = keyring_read(&keyring, folder, bytes_text("a"));
        assert_true(err == ERR_KEY || err == ERR_FORMAT || err == ERR_RANGE ||
                    err == ERR_CANONICAL || err == ERR_MEMORY);
    }
}

static void key_files_cannot_be_exchanged(void **state)
{
    (void)state;
    struct keyring keyring = made("a");
    keyring_close(&keyring);
    char from[128];
    snprintf(from, sizeof from, "%s", path_of(1));
    assert_int_equal(rename(from, path_of(0)), 0);
    assert_int_equal(keyring_read(&keyring, folder, bytes_text("a")),
                     ERR_FORMAT);
}

static void a_sealed_secret_opens_for_its_purpose_only(void **state)
{
    (void)state;
    struct keyring keyring = made("a");
    uint8_t sealed[3 + CRYPTO_SEAL_EXTRA], plain[3];
    struct bytes whole = bytes_of(sealed, sizeof sealed);
    keyring_seal(sealed, &keyring, &entropy, "seed/2027/1", bytes_text("abc"));
    assert_int_equal(keyring_open(plain, &keyring, "seed/2027/1", whole), OK);
    assert_memory_equal(plain, "abc", 3);
    assert_int_equal(keyring_open(plain, &keyring, "seed/2027/2", whole),
                     ERR_KEY);
    sealed[30] ^= 1;
    assert_int_equal(keyring_open(plain, &keyring, "seed/2027/1", whole),
                     ERR_KEY);
    whole.len = CRYPTO_SEAL_EXTRA - 1;
    assert_int_equal(keyring_open(plain, &keyring, "seed/2027/1", whole),
                     ERR_FORMAT);
    keyring_close(&keyring);
}

#define TEST(f) cmocka_unit_test_teardown(f, clear_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_come_back_with_the_pass_phrase),
        TEST(a_wrong_pass_phrase_is_refused),
        TEST(real_keys_need_a_pass_phrase),
        TEST(keys_are_never_overwritten),
        TEST(the_beacon_may_be_missing_but_not_the_others),
        TEST(a_changed_key_file_is_refused),
        TEST(key_files_cannot_be_exchanged),
        TEST(a_sealed_secret_opens_for_its_purpose_only),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
