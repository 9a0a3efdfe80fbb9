/* cache_test — answers that are kept, made once, and let go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "http/cache.h"
#include "format/gzip.h"

#include <zlib.h>

static struct answer *answer_of(const char *text, size_t len,
                                enum route_cache kept)
{
    struct route_reply reply = { .status = 200, .type = "text/plain",
                                 .cache = kept };
    uint8_t *body = calloc(1, len + 1);
    assert_non_null(body);
    memcpy(body, text, strlen(text) < len ? strlen(text) : len);
    reply.body = bytes_of(body, len);
    struct answer *made = answer_make(&reply, false);
    assert_non_null(made);
    return made;
}

struct sleeper {
    struct cache_waiter waiter; /* first */
    unsigned woken;
};

static void wake(struct cache_waiter *waiter)
{
    ((struct sleeper *)waiter)->woken++;
}

static struct sleeper sleeper(void)
{
    return (struct sleeper){ .waiter.wake = wake };
}

static const struct cache_moment first = { 1, 100 }, second = { 2, 100 };

/* Asks for `key`, makes it, and lets the answer of the waiter go. */
static void put(struct cache *cache, const char *key, struct answer *answer,
                const struct cache_life *life)
{
    struct sleeper who = sleeper();
    struct cache_job job;
    assert_true(cache_wait(cache, bytes_text(key), &who.waiter));
    assert_true(cache_take(&job, cache, true));
    assert_true(bytes_equal_text(job.key, key));
    cache_put(cache, &job, answer, life);
    assert_int_equal(who.woken, 1);
    assert_ptr_equal(who.waiter.answer, answer);
    answer_drop(who.waiter.answer);
}

static bool has(struct cache *cache, const char *key,
                struct cache_moment moment)
{
    struct answer *answer = cache_find(cache, bytes_text(key), moment);
    answer_drop(answer);
    return answer != NULL;
}

static void an_answer_is_right_while_nothing_changes(void **state)
{
    (void)state;
    struct cache *cache = NULL;
    assert_int_equal(cache_create(&cache, 1 << 20), OK);
    const struct cache_life now = { .generation = 1, .until = 101 };
    const struct cache_life always = { .is_for_ever = true };
    assert_false(has(cache, "a", first));
    put(cache, "a", answer_of("a", 1, ROUTE_NO_CACHE), &now);
    put(cache, "b", answer_of("b", 1, ROUTE_FOR_EVER), &always);
    assert_true(has(cache, "a", first));
    assert_false(has(cache, "a", second));
    assert_false(has(cache, "a", (struct cache_moment){ 1, 101 }));
    assert_true(has(cache, "b", second));
    assert_false(has(cache, "c", first));
    cache_destroy(cache);
}

static void an_old_answer_can_be_found_right_again(void **state)
{
    (void)state;
    struct cache *cache = NULL;
    assert_int_equal(cache_create(&cache, 1 << 20), OK);
    struct cache_life life = { .generation = 1, .until = UINT64_MAX,
                               .is_of_draw = true, .draw = 7,
                               .stamp = { 40, 3 } };
    struct answer *answer = answer_of("a", 1, ROUTE_NO_CACHE);
    put(cache, "a", answer, &life);
    struct sleeper who = sleeper();
    struct cache_job job;
    assert_true(cache_wait(cache, bytes_text("a"), &who.waiter));
    assert_true(cache_take(&job, cache, true));
    assert_ptr_equal(job.old, answer);
    assert_int_equal(job.life.stamp.last, 40);
    life.generation = 2;
    cache_put(cache, &job, job.old, &life);
    assert_ptr_equal(who.waiter.answer, answer);
    answer_drop(who.waiter.answer);
    assert_true(has(cache, "a", second));
    cache_destroy(cache);
}

static void many_who_ask_at_once_have_it_made_once(void **state)
{
    (void)state;
    struct cache *cache = NULL;
    struct sleeper who[5];
    struct cache_job job;
    const struct cache_life life = { .generation = 1, .until = UINT64_MAX };
    assert_int_equal(cache_create(&cache, 1 << 20), OK);
    for (size_t i = 0; i < 5; i++) {
        who[i] = sleeper();
        assert_true(cache_wait(cache, bytes_text("a"), &who[i].waiter));
    }
    assert_true(cache_take(&job, cache, true));
    /* One more, while it is being made. */
    struct sleeper late = sleeper();
    assert_true(cache_wait(cache, bytes_text("a"), &late.waiter));
    cache_put(cache, &job, answer_of("a", 1, ROUTE_NO_CACHE), &life);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(who[i].woken, 1);
        answer_drop(who[i].waiter.answer);
    }
    assert_int_equal(late.woken, 1);
    answer_drop(late.waiter.answer);
    cache_close(cache);
    assert_false(cache_take(&job, cache, true));
    cache_destroy(cache);
}

static void errors_and_no_store_are_not_kept(void **state)
{
    (void)state;
    struct cache *cache = NULL;
    const struct cache_life life = { .generation = 1, .until = UINT64_MAX };
    assert_int_equal(cache_create(&cache, 1 << 20), OK);
    put(cache, "a", answer_of("a", 1, ROUTE_NO_STORE), &life);
    put(cache, "b", NULL, &life);
    struct route_reply reply = { 0 };
    route_problem(&reply, 404, "没有");
    put(cache, "c", answer_make(&reply, true), &life);
    assert_false(has(cache, "a", first) || has(cache, "b", first) ||
                 has(cache, "c", first));
    assert_int_equal(cache_size(cache), 0);
    cache_destroy(cache);
}

static void the_least_recently_used_goes_first(void **state)
{
    (void)state;
    enum { MAX = 1 << 20, EACH = 100000 };
    struct cache *cache = NULL;
    const struct cache_life life = { .generation = 1, .until = UINT64_MAX };
    char key[] = "a";
    assert_int_equal(cache_create(&cache, MAX), OK);
    for (; key[0] <= 't'; key[0]++) {
        put(cache, key, answer_of("x", EACH, ROUTE_NO_CACHE), &life);
        assert_true(cache_size(cache) <= MAX);
        assert_true(has(cache, "a", first)); /* and so it is used again */
    }
    assert_true(has(cache, "t", first));
    assert_false(has(cache, "b", first));
    put(cache, "z", answer_of("x", MAX / 4 + 1, ROUTE_NO_CACHE), &life);
    assert_false(has(cache, "z", first));
    cache_destroy(cache);
}

static void more_jobs_than_the_limit_are_refused(void **state)
{
    (void)state;
    struct cache *cache = NULL;
    static struct sleeper who[CACHE_JOBS_MAX + 1];
    char key[16];
    assert_int_equal(cache_create(&cache, 1 << 20), OK);
    for (size_t i = 0; i < CACHE_JOBS_MAX; i++) {
        who[i] = sleeper();
        snprintf(key, sizeof key, "%zu", i);
        assert_true(cache_wait(cache, bytes_text(key), &who[i].waiter));
    }
    who[CACHE_JOBS_MAX] = sleeper();
    assert_false(
        cache_wait(cache, bytes_text("x"), &who[CACHE_JOBS_MAX].waiter));
    cache_close(cache);
    for (size_t i = 0; i < CACHE_JOBS_MAX; i++) {
        assert_int_equal(who[i].woken, 1);
        assert_null(who[i].waiter.answer);
    }
    assert_int_equal(who[CACHE_JOBS_MAX].woken, 0);
    cache_destroy(cache);
}

static void what_takes_long_leaves_room_for_the_rest(void **state)
{
    (void)state;
    struct cache *cache = NULL;
    static struct sleeper who[CACHE_JOBS_MAX];
    const struct cache_life life = { .generation = 1, .until = UINT64_MAX };
    struct cache_job job;
    char key[16];
    assert_int_equal(cache_create(&cache, 1 << 20), OK);
    for (size_t i = 0; i < CACHE_JOBS_MAX; i++) {
        who[i] = sleeper();
        snprintf(key, sizeof key, "%zu", i);
        assert_true(cache_wait(cache, bytes_text(key), &who[i].waiter));
        assert_true(cache_take(&job, cache, false));
        assert_true(bytes_equal_text(job.key, key));
        bool is_left = cache_defer(cache, &job);
        assert_int_equal(is_left, i < CACHE_DEFERRED_MAX);
        if (!is_left) cache_put(cache, &job, NULL, &life);
        assert_int_equal(who[i].woken, !is_left);
    }
    /* What comes later is not behind them, nor do they wait for it. */
    struct sleeper late = sleeper();
    assert_true(cache_wait(cache, bytes_text("late"), &late.waiter));
    assert_true(cache_take(&job, cache, true));
    assert_true(bytes_equal_text(job.key, "0"));
    cache_put(cache, &job, answer_of("0", 1, ROUTE_NO_CACHE), &life);
    assert_int_equal(who[0].woken, 1);
    answer_drop(who[0].waiter.answer);
    assert_true(cache_take(&job, cache, false));
    assert_true(bytes_equal_text(job.key, "late"));
    cache_put(cache, &job, NULL, &life);
    assert_int_equal(late.woken, 1);
    cache_close(cache);
    assert_int_equal(who[1].woken, 1);
    cache_destroy(cache);
}

static void a_coding_is_taken_only_when_it_is_named(void **state)
{
    (void)state;
    static const char *const yes[] = { "gzip", "GZIP", "br, gzip",
                                       "gzip;q=0.1", "gzip ; q=1", "*",
                                       "identity, *;q=0.5" };
    static const char *const no[] = { "", "br", "xgzip", "gzipx", "gzip;q=0",
                                      "gzip; q=0.000", "*;q=0",
                                      "*, gzip;q=0", "g zip" };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(answer_takes_gzip(yes[i]));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(answer_takes_gzip(no[i]));
    assert_false(answer_takes_gzip(NULL));
}

static void a_tag_is_found_in_a_list(void **state)
{
    (void)state;
    static const char *const yes[] = { "\"t\"", "W/\"t\"", "\"a\", \"t\"",
                                       "\"a\",W/\"t\"", "*", " , \"t\"" };
    static const char *const no[] = { "", "t", "\"T\"", "\"t", "\"tt\"",
                                      "\"a,\"t\"", "w/\"t\"", "\"a\" \"b\"" };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(answer_is_known(yes[i], "\"t\""));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(answer_is_known(no[i], "\"t\""));
    assert_false(answer_is_known(NULL, "\"t\""));
}

static void what_is_packed_comes_out_again(void **state)
{
    (void)state;
    enum { LEN = 50000 };
    static uint8_t whole[LEN], back[LEN + 1];
    struct bytes packed, again;
    for (size_t i = 0; i < LEN; i++) whole[i] = (uint8_t)("abcab"[i % 5]);
    assert_int_equal(gzip_pack(&packed, bytes_of(whole, LEN)), OK);
    assert_true(packed.len < LEN / 10);
    assert_int_equal(gzip_pack(&again, bytes_of(whole, LEN)), OK);
    assert_true(bytes_equal(packed, again));
    z_stream z = { .next_in = (uint8_t *)(uintptr_t)packed.at,
                   .avail_in = (uInt)packed.len,
                   .next_out = back, .avail_out = sizeof back };
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, LEN);
    assert_memory_equal(back, whole, LEN);
    inflateEnd(&z);
    free((void *)(uintptr_t)packed.at);
    free((void *)(uintptr_t)again.at);
    assert_int_equal(gzip_pack(&packed, bytes_text("abcdefgh")), ERR_FULL);
    assert_int_equal(gzip_pack(&packed, bytes_text("")), ERR_FULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_right_while_nothing_changes),
        cmocka_unit_test(an_old_answer_can_be_found_right_again),
        cmocka_unit_test(many_who_ask_at_once_have_it_made_once),
        cmocka_unit_test(errors_and_no_store_are_not_kept),
        cmocka_unit_test(the_least_recently_used_goes_first),
        cmocka_unit_test(more_jobs_than_the_limit_are_refused),
        cmocka_unit_test(what_takes_long_leaves_room_for_the_rest),
        cmocka_unit_test(a_coding_is_taken_only_when_it_is_named),
        cmocka_unit_test(a_tag_is_found_in_a_list),
        cmocka_unit_test(what_is_packed_comes_out_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
