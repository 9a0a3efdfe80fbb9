/* verdict_shelf_test — an outcome is made once, kept while right, let go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/verdict_shelf.h"
#include "tests/ceremony_fixture.h"

enum { NOW = 1000, THREADS = 4, LARGE = VERDICT_SHELF_MAX / 2 - 4096 };

static struct directory *dir_of(void **state)
{
    return *state;
}

static struct verdict_copy *take(struct verdict_shelf *shelf,
                                 struct directory *dir, uint64_t draw,
                                 uint64_t now)
{
    const struct verdict_wish wish = { draw, now };
    struct verdict_copy *copy = NULL;
    assert_int_equal(verdict_shelf_take(&copy, shelf, dir->db, &wish), OK);
    return copy;
}

static bool is_kept(struct verdict_shelf *shelf, struct directory *dir,
                    uint64_t draw, uint64_t now)
{
    struct verdict_copy *copy = take(shelf, dir, draw, now);
    bool is_made = copy->is_made;
    if (!is_made) verdict_shelf_put(shelf, copy, false);
    verdict_shelf_give(shelf, copy);
    return is_made;
}

static void put(struct verdict_shelf *shelf, struct directory *dir,
                uint64_t draw, size_t len)
{
    struct verdict_copy *copy = take(shelf, dir, draw, NOW);
    uint8_t *bytes = calloc(1, len);
    assert_false(copy->is_made);
    assert_non_null(bytes);
    assert_int_equal(opened_add(&copy->rows, bytes_of(bytes, len)), OK);
    free(bytes);
    copy->until = NOW + 10;
    verdict_shelf_put(shelf, copy, true);
    verdict_shelf_give(shelf, copy);
}

static void an_outcome_is_kept_while_it_is_right(void **state)
{
    struct directory *dir = dir_of(state);
    struct verdict_shelf *shelf = NULL;
    struct verdict_copy *none = NULL;
    const struct verdict_wish absent = { 9, NOW };
    assert_int_equal(verdict_shelf_create(&shelf), OK);
    assert_int_equal(verdict_shelf_take(&none, shelf, dir->db, &absent),
                     ERR_ABSENT);
    assert_false(is_kept(shelf, dir, 1, NOW));
    put(shelf, dir, 1, 10);
    assert_true(is_kept(shelf, dir, 1, NOW));
    assert_false(is_kept(shelf, dir, 2, NOW));
    assert_true(is_kept(shelf, dir, 1, NOW + 9));
    assert_false(is_kept(shelf, dir, 1, NOW + 10));
    /* Whoever has it keeps it, though another is made meanwhile. */
    put(shelf, dir, 1, 10);
    struct verdict_copy *held = take(shelf, dir, 1, NOW);
    assert_true(held->is_made);
    assert_int_equal(call(cli_freeze,
                          (const char *const[]){ "freeze", home, "1", "--now",
                                                 ANNOUNCED, NULL }),
                     0);
    assert_false(is_kept(shelf, dir, 1, NOW));
    put(shelf, dir, 1, 20);
    assert_true(is_kept(shelf, dir, 1, NOW));
    assert_int_equal(held->rows.len, 10);
    verdict_shelf_give(shelf, held);
    verdict_shelf_destroy(shelf);
}

static void the_least_recently_used_goes_first(void **state)
{
    struct directory *dir = dir_of(state);
    struct verdict_shelf *shelf = NULL;
    assert_int_equal(verdict_shelf_create(&shelf), OK);
    put(shelf, dir, 1, LARGE);
    put(shelf, dir, 2, LARGE);
    put(shelf, dir, 3, LARGE);
    /* The two before the last one just fit, one byte more would not. */
    assert_true(is_kept(shelf, dir, 2, NOW));
    assert_true(is_kept(shelf, dir, 3, NOW));
    assert_true(is_kept(shelf, dir, 1, NOW));
    assert_false(is_kept(shelf, dir, 2, NOW + 10));
    put(shelf, dir, 2, LARGE + 8192); /* used after 3 */
    assert_false(is_kept(shelf, dir, 1, NOW + 10));
    put(shelf, dir, 1, VERDICT_SHELF_MAX); /* never counts itself */
    assert_true(is_kept(shelf, dir, 1, NOW));
    assert_true(is_kept(shelf, dir, 2, NOW));
    assert_false(is_kept(shelf, dir, 3, NOW));
    verdict_shelf_destroy(shelf);
}

struct reader {
    struct verdict_shelf *shelf;
    pthread_t thread;
    atomic_uint *fills;
    bool is_right;
};

/* The first who fills fails; the next one does not. */
static void *read_one(void *of)
{
    struct reader *reader = of;
    struct directory dir;
    struct verdict_copy *copy = NULL;
    const struct verdict_wish wish = { 1, NOW };
    reader->is_right =
        directory_open(&dir, &options, DIRECTORY_READ) == OK &&
        verdict_shelf_take(&copy, reader->shelf, dir.db, &wish) == OK;
    if (copy != NULL && !copy->is_made) {
        bool is_first = atomic_fetch_add(reader->fills, 1) == 0;
        usleep(20000);
        copy->until = UINT64_MAX;
        verdict_shelf_put(reader->shelf, copy, !is_first);
    }
    if (copy != NULL) verdict_shelf_give(reader->shelf, copy);
    directory_close(&dir);
    return NULL;
}

static void many_who_ask_at_once_have_it_made_once(void **state)
{
    (void)state;
    struct reader readers[THREADS] = { 0 };
    struct verdict_shelf *shelf = NULL;
    atomic_uint fills = 0;
    assert_int_equal(verdict_shelf_create(&shelf), OK);
    for (size_t i = 0; i < THREADS; i++) {
        readers[i].shelf = shelf;
        readers[i].fills = &fills;
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_one,
                                        &readers[i]),
                         0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(readers[i].thread, NULL);
        assert_true(readers[i].is_right);
    }
    assert_int_equal(atomic_load(&fills), 2);
    verdict_shelf_destroy(shelf);
}

static int announce(const char *batch, const char *strata)
{
    char path[80], text[1024];
    snprintf(text, sizeof text,
             "{\"batch\":\"%s\",%s,\"t0\":\"" T0 "\",\"t1\":\"" T1
             "\",\"t4\":\"" T4 "\"}",
             batch, strata);
    snprintf(path, sizeof path, "%s/A.json", folder);
    if (file_write(path, bytes_text(text), 0600) != OK) return 1;
    return call(cli_announce,
                (const char *const[]){ "announce", home, path, "--now",
                                       ANNOUNCED, NULL });
}

/* Three draws that are announced. */
static int begin(void **state)
{
    static struct directory dir;
    *state = &dir;
    if (prepare() != 0) return 1;
    if (announce("2027-03", "\"strata\":[{\"class\":\"public\",\"least\":0,"
                            "\"name\":\"全部\",\"take\":\"3%\"}]") != 0)
        return 1;
    if (announce("2027-02", "\"strata\":[{\"class\":\"public\",\"least\":0,"
                            "\"name\":\"全部\",\"take\":\"20\"}]") != 0)
        return 1;
    if (announce("2027-01",
                 "\"stratify\":\"risk\",\"disclosure\":\"waived\","
                 "\"strata\":["
                 "{\"class\":\"internal\",\"least\":0,\"name\":\"A\","
                 "\"take\":\"3%\"},"
                 "{\"class\":\"internal\",\"least\":0,\"name\":\"B\","
                 "\"take\":\"5%\"},"
                 "{\"class\":\"internal\",\"least\":0,\"name\":\"C\","
                 "\"take\":\"10%\"},"
                 "{\"class\":\"internal\",\"least\":0,\"name\":\"D\","
                 "\"take\":\"20%\"},"
                 "{\"class\":\"internal\",\"least\":0,\"name\":\"未分类\","
                 "\"take\":\"5%\"}]") != 0)
        return 1;
    return directory_open(&dir, &options, DIRECTORY_READ) == OK ? 0 : 1;
}

static int end(void **state)
{
    directory_close(dir_of(state));
    return drop_folder();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outcome_is_kept_while_it_is_right),
        cmocka_unit_test(the_least_recently_used_goes_first),
        cmocka_unit_test(many_who_ask_at_once_have_it_made_once),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
