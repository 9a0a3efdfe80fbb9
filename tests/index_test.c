/* index_test — one search index for all threads, as the log grows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>

#include "domain/evidence.h"
#include "http/index.h"
#include "tests/ceremony_fixture.h"

#define BY "--by", "甲", "--by", "乙"
enum { THREADS = 4 };

static void run(int (*verb)(int, char **), const char *const *words)
{
    assert_int_equal(call(verb, words), 0);
}
#define RUN(verb, ...) run(verb, (const char *const[]){ __VA_ARGS__, NULL })

/* Step `clock` of a draw on that day of March. */
static void at(char now[32], const char *day, const char *clock)
{
    snprintf(now, 32, "2027-03-%sT%sZ", day, clock);
}

static void announce(const char *batch, const char *day, const char *more)
{
    char path[80], text[1024], t0[32], t1[32], now[32];
    at(now, day, "08:00:00");
    at(t0, day, "09:00:00");
    at(t1, day, "09:01:00");
    snprintf(text, sizeof text,
             "{\"batch\":\"%s\",%s,\"t0\":\"%s\",\"t1\":\"%s\","
             "\"t4\":\"2027-05-01T09:00:00Z\"}",
             batch, more, t0, t1);
    snprintf(path, sizeof path, "%s/A.json", folder);
    assert_int_equal(file_write(path, bytes_text(text), 0600), OK);
    RUN(cli_announce, "announce", home, path, "--now", now);
}

static void draw_and_open(const char *number, const char *day)
{
    char now[32];
    at(now, day, "08:00:00");
    RUN(cli_freeze, "freeze", home, number, "--now", now);
    at(now, day, "09:00:30");
    RUN(cli_reveal, "reveal", home, number, "--now", now);
    at(now, day, "09:02:00");
    RUN(cli_beacon, "beacon", home, number, "--now", now);
    RUN(cli_draw, "draw", home, number, "--now", now);
    RUN(cli_open, "open", home, number, BY, "--now", now);
}

static const char whole[] =
    "\"columns\":[\"code\",\"name\",\"type\",\"district\"],\"strata\":"
    "[{\"class\":\"public\",\"least\":0,\"name\":\"全部\",\"take\":\"3%\"}]";
static const char twenty[] =
    "\"strata\":[{\"class\":\"public\",\"least\":0,\"name\":\"全部\","
    "\"take\":\"20\"}]";
static const char risk[] =
    "\"stratify\":\"risk\",\"disclosure\":\"waived\",\"strata\":["
    "{\"class\":\"internal\",\"least\":0,\"name\":\"A\",\"take\":\"3%\"},"
    "{\"class\":\"internal\",\"least\":0,\"name\":\"B\",\"take\":\"5%\"},"
    "{\"class\":\"internal\",\"least\":0,\"name\":\"C\",\"take\":\"10%\"},"
    "{\"class\":\"internal\",\"least\":0,\"name\":\"D\",\"take\":\"20%\"},"
    "{\"class\":\"internal\",\"least\":0,\"name\":\"未分类\","
    "\"take\":\"5%\"}]";

/* What readers see of two indexes is the same. */
static void assert_same(const struct search *a, const struct search *b)
{
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->turn_count, b->turn_count);
    assert_int_equal(a->draw_count, b->draw_count);
    assert_int_equal(a->as_of, b->as_of);
    for (uint32_t i = 0; i < a->count; i++) {
        const struct search_firm *one = &a->firms[a->order[i]];
        const struct search_firm *also = &b->firms[b->order[i]];
        struct bytes id = search_text(one, SEARCH_ID);
        const struct search_firm *two = search_find(b, id);
        assert_non_null(two);
        assert_true(bytes_equal(search_text(also, SEARCH_ID), id));
        for (enum search_text t = 0; t < SEARCH_TEXTS; t++)
            assert_true(
                bytes_equal(search_text(two, t), search_text(one, t)));
        for (uint64_t n = 1; n <= a->draw_count; n++) {
            const struct search_turn *s = search_turn_in(a, one, n);
            const struct search_turn *t = search_turn_in(b, two, n);
            assert_int_equal(s != NULL, t != NULL);
            if (s == NULL || t == NULL) continue;
            assert_int_equal(s->turn, t->turn);
            assert_int_equal(s->position, t->position);
        }
    }
}

static struct search *take(struct index *index, struct directory *dir)
{
    struct search *search = NULL;
    bool is_old = true;
    assert_int_equal(index_take(&search, &is_old, index, dir), OK);
    assert_false(is_old);
    return search;
}

static void an_index_that_is_held_stays_as_it_was(void **state)
{
    (void)state;
    struct directory dir;
    struct index *index = NULL, *anew = NULL;
    assert_int_equal(directory_open(&dir, &options, DIRECTORY_READ), OK);
    assert_int_equal(index_create(&index), OK);
    struct search *none = take(index, &dir);
    assert_int_equal(none->draw_count, 0);
    announce("2027-03", "02", whole);
    struct search *announced = take(index, &dir);
    assert_ptr_equal(take(index, &dir), announced); /* made once */
    index_give(index, announced);
    assert_int_equal(none->draw_count, 0);
    assert_int_equal(announced->draw_count, 1);
    assert_false(announced->draws[0].is_taken);
    draw_and_open("1", "02");
    struct search *opened = take(index, &dir);
    assert_int_equal(announced->count, 0);
    assert_false(announced->draws[0].is_taken);
    assert_true(opened->draws[0].is_taken);
    assert_true(opened->count > opened->turn_count);
    announce("2027-02", "03", twenty);
    draw_and_open("2", "03");
    struct search *both = take(index, &dir);
    assert_int_equal(opened->draw_count, 1);
    assert_true(both->turn_count > opened->turn_count);
    /* Step by step or all at once: the same. */
    assert_int_equal(index_create(&anew), OK);
    struct search *at_once = take(anew, &dir);
    assert_same(both, at_once);
    index_give(anew, at_once);
    index_destroy(anew);
    index_give(index, none);
    index_give(index, announced);
    index_give(index, opened);
    index_give(index, both);
    index_destroy(index);
    directory_close(&dir);
}

struct reader {
    struct index *index;
    pthread_t thread;
    bool is_right;
};

/* Never back, and behind the log only if it says so; until draw 3 is open. */
static void *read_on(void *of)
{
    struct reader *reader = of;
    struct directory dir;
    struct merkle_head head = { 0 };
    uint64_t last = 0;
    bool is_opened = false;
    reader->is_right = directory_open(&dir, &options, DIRECTORY_READ) == OK;
    while (reader->is_right && !is_opened) {
        struct search *search = NULL;
        bool is_old = false;
        reader->is_right =
            evidence_published(&head, dir.db) == OK &&
            index_take(&search, &is_old, reader->index, &dir) == OK &&
            search->size >= last && (is_old || search->size >= head.size);
        if (search == NULL) break;
        last = search->size;
        is_opened = search->draw_count == 3 && search->draws[2].is_taken;
        index_give(reader->index, search);
    }
    directory_close(&dir);
    return NULL;
}

static void threads_share_it_while_the_log_grows(void **state)
{
    (void)state;
    struct reader readers[THREADS] = { 0 };
    struct index *index = NULL;
    assert_int_equal(index_create(&index), OK);
    for (size_t i = 0; i < THREADS; i++) {
        readers[i].index = index;
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_on,
                                        &readers[i]),
                         0);
    }
    announce("2027-01", "04", risk);
    draw_and_open("3", "04");
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(readers[i].thread, NULL);
        assert_true(readers[i].is_right);
    }
    index_destroy(index);
}

static int begin(void **state)
{
    (void)state;
    return prepare();
}

static int end(void **state)
{
    (void)state;
    return drop_folder();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_index_that_is_held_stays_as_it_was),
        cmocka_unit_test(threads_share_it_while_the_log_grows),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
