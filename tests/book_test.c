/* book_test — a sealed secret opens for its book and its slot alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/book.h"
#include "store/db.h"
#include "store/store_draw.h"
#include "tests/log_fixture.h"

static const struct book_slot here = { { { 1 } }, 3 };

static void keep(struct directory *dir, const struct book_slot *slot,
                 struct bytes sealed)
{
    assert_int_equal(db_begin(dir->db), OK);
    enum err err = store_draw_slot_write(dir->db, &slot->book, slot->slot,
                                         sealed);
    assert_int_equal(db_finish(dir->db, err), OK);
}

static void make(struct directory *dir, struct hash *secret)
{
    bytes_fill(secret->b, 9, sizeof secret->b);
    create(dir);
    assert_int_equal(db_begin(dir->db), OK);
    enum err err = book_keep(dir, &here, secret);
    assert_int_equal(db_finish(dir->db, err), OK);
}

static void a_secret_comes_back(void **state)
{
    (void)state;
    struct directory dir;
    struct hash secret, read;
    make(&dir, &secret);
    assert_int_equal(book_secret(&read, &dir, &here), OK);
    assert_true(hash_equal(read, secret));
    const struct book_slot none = { here.book, 4 };
    assert_int_equal(book_secret(&read, &dir, &none), ERR_ABSENT);
    directory_close(&dir);
}

static void a_row_of_another_book_or_slot_does_not_open(void **state)
{
    (void)state;
    static const struct book_slot others[] = { { { { 2 } }, 3 },
                                               { { { 1 } }, 13 } };
    struct directory dir;
    struct hash secret, read;
    uint8_t room[256];
    struct writer w = writer_into(room, sizeof room);
    make(&dir, &secret);
    assert_int_equal(
        store_draw_slot(&w, dir.db, &here.book, here.slot), OK);
    for (size_t i = 0; i < 2; i++) {
        keep(&dir, &others[i], writer_bytes(&w));
        assert_int_equal(book_secret(&read, &dir, &others[i]), ERR_KEY);
    }
    const struct book_slot cut = { here.book, 5 };
    keep(&dir, &cut, bytes_of(room, w.len - 1));
    assert_int_equal(book_secret(&read, &dir, &cut), ERR_FORMAT);
    directory_close(&dir);
}

static void what_was_never_published_opens_nothing(void **state)
{
    (void)state;
    struct directory dir;
    struct hash secret;
    bool is = false;
    make(&dir, &secret);
    assert_int_equal(book_opens(&is, &dir, &here, &secret), ERR_ABSENT);
    assert_false(is);
    directory_close(&dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_secret_comes_back, NULL,
                                        clear_folder),
        cmocka_unit_test_setup_teardown(
            a_row_of_another_book_or_slot_does_not_open, NULL, clear_folder),
        cmocka_unit_test_setup_teardown(
            what_was_never_published_opens_nothing, NULL, clear_folder),
    };
    if (crypto_begin() != OK) return 1;
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
