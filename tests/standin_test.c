/* standin_test — the least rank among those who may, and a reserve's crew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "core/standin.h"
#include "tests/vector.h"

#define LIST(...)                                                              \
    (struct standin_list)                                                      \
    {                                                                          \
        (const uint32_t[]){ __VA_ARGS__ },                                     \
            sizeof(uint32_t[]){ __VA_ARGS__ } / sizeof(uint32_t)               \
    }

static const struct standin_list none = { NULL, 0 };

/* The post of the vectors: inspector 0 ranks before 1 and 1 before 5. */
static struct standin_post load_post(void)
{
    json_t *root = vector_load("draw.json");
    const json_t *known = json_object_get(root, "stand_in");
    assert_bytes(vector_text(known, "stratum"), bytes_text("一组"));
    struct standin_post post = {
        .team_seed = vector_hash(known, "team_seed"),
        .stratum = bytes_text("一组"),
        .position = vector_number(known, "position"),
        .seat = (uint32_t)vector_number(known, "seat"),
    };
    json_decref(root);
    return post;
}

static void ranks_are_those_of_the_vectors(void **state)
{
    (void)state;
    struct standin_post post = load_post();
    json_t *root = vector_load("draw.json");
    const json_t *ranks =
        json_object_get(json_object_get(root, "stand_in"), "ranks");
    assert_hash(standin_rank(&post, 0), vector_hash(ranks, "0"));
    assert_hash(standin_rank(&post, 1), vector_hash(ranks, "1"));
    assert_hash(standin_rank(&post, 5), vector_hash(ranks, "5"));
    json_decref(root);
}

static void the_least_rank_goes_whoever_may_not_is_passed_over(void **state)
{
    (void)state;
    struct standin_post post = load_post();
    struct standin_list pool = LIST(5, 1, 0);
    uint32_t chosen = 9;
    assert_int_equal(standin_choose(&chosen, &post, pool, NULL, 0), OK);
    assert_int_equal(chosen, 0);

    const struct standin_list one[] = { LIST(7, 0), none };
    assert_int_equal(standin_choose(&chosen, &post, pool, one, 2), OK);
    assert_int_equal(chosen, 1);

    const struct standin_list two[] = { LIST(0), LIST(TEAM_NOBODY, 1) };
    assert_int_equal(standin_choose(&chosen, &post, pool, two, 2), OK);
    assert_int_equal(chosen, 5);
}

static void where_nobody_is_left_the_post_is_open(void **state)
{
    (void)state;
    struct standin_post post = load_post();
    uint32_t chosen = 9;
    const struct standin_list all[] = { LIST(0, 1), LIST(5) };
    assert_int_equal(standin_choose(&chosen, &post, LIST(0, 1, 5), all, 2),
                     ERR_ABSENT);
    assert_int_equal(standin_choose(&chosen, &post, none, NULL, 0), ERR_ABSENT);
    assert_int_equal(chosen, 9);
}

static struct standin_reserve load_reserve(void)
{
    static const uint32_t holders[] = { 0, 4 }, posts[] = { 0, 1 };
    static const uint32_t first[] = { 0, 1, 5 }, second[] = { 3, 4, 5 };
    static const struct standin_list pools[] = { { first, 3 }, { second, 3 } };
    struct standin_post post = load_post();
    return (struct standin_reserve){
        .team_seed = post.team_seed,
        .stratum = post.stratum,
        .position = post.position,
        .seats = 2,
        .dropped_holders = holders,
        .dropped_posts = posts,
        .posts = posts,
        .pools = pools,
        .pool_count = 2,
        .recused = none,
        .away = none,
    };
}

static uint32_t expect(const struct standin_reserve *r, uint32_t seat,
                       struct standin_list pool, struct standin_list bar)
{
    const struct standin_post post = { r->team_seed, r->stratum, r->position,
                                       seat };
    uint32_t chosen = TEAM_NOBODY;
    assert_int_equal(standin_choose(&chosen, &post, pool, &bar, 1), OK);
    return chosen;
}

static void a_reserve_keeps_the_crew_where_nothing_forbids(void **state)
{
    (void)state;
    struct standin_reserve r = load_reserve();
    uint32_t crew[2];
    assert_int_equal(standin_crew(crew, &r), OK);
    assert_int_equal(crew[0], 0);
    assert_int_equal(crew[1], 4);
}

static void a_reserve_gets_others_for_the_recused_and_the_absent(void **state)
{
    (void)state;
    struct standin_reserve r = load_reserve();
    uint32_t crew[2];
    r.recused = LIST(4);
    assert_int_equal(standin_crew(crew, &r), OK);
    assert_int_equal(crew[0], 0);
    assert_int_equal(crew[1], expect(&r, 1, LIST(3, 5), none));

    r = load_reserve();
    r.away = LIST(0);
    assert_int_equal(standin_crew(crew, &r), OK);
    assert_int_equal(crew[0], expect(&r, 0, LIST(1, 5), none));
    assert_int_equal(crew[1], 4);
}

static void another_pool_or_an_open_seat_is_chosen_anew(void **state)
{
    (void)state;
    static const uint32_t same[] = { 0, 0 }, open[] = { 0, TEAM_NOBODY };
    struct standin_reserve r = load_reserve();
    uint32_t crew[2];
    r.posts = same; /* seat 1 needs the first pool now; 0 is kept in seat 0 */
    assert_int_equal(standin_crew(crew, &r), OK);
    assert_int_equal(crew[0], 0);
    assert_int_equal(crew[1], expect(&r, 1, LIST(0, 1, 5), LIST(0)));

    r = load_reserve();
    r.dropped_holders = open;
    assert_int_equal(standin_crew(crew, &r), OK);
    assert_int_equal(crew[1], expect(&r, 1, LIST(3, 4, 5), none));
}

static void a_holder_kept_in_a_later_seat_is_not_chosen_before(void **state)
{
    (void)state;
    static const uint32_t holders[] = { 1, 0 }, same[] = { 0, 0 };
    struct standin_reserve r = load_reserve();
    uint32_t crew[2];
    r.dropped_posts = same;
    r.posts = same;
    r.dropped_holders = holders;
    r.away = LIST(1);
    assert_int_equal(standin_crew(crew, &r), OK);
    assert_int_equal(crew[0], 5); /* 0 has seat 1, 1 is away */
    assert_int_equal(crew[1], 0);
}

static void a_reserve_may_have_open_seats_but_no_unknown_pool(void **state)
{
    (void)state;
    static const uint32_t beyond[] = { 0, 2 };
    struct standin_reserve r = load_reserve();
    uint32_t crew[2];
    r.recused = LIST(3, 4, 5);
    assert_int_equal(standin_crew(crew, &r), OK);
    assert_int_equal(crew[1], TEAM_NOBODY);
    r.posts = beyond;
    assert_int_equal(standin_crew(crew, &r), ERR_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_those_of_the_vectors),
        cmocka_unit_test(the_least_rank_goes_whoever_may_not_is_passed_over),
        cmocka_unit_test(where_nobody_is_left_the_post_is_open),
        cmocka_unit_test(a_reserve_keeps_the_crew_where_nothing_forbids),
        cmocka_unit_test(a_reserve_gets_others_for_the_recused_and_the_absent),
        cmocka_unit_test(another_pool_or_an_open_seat_is_chosen_anew),
        cmocka_unit_test(a_holder_kept_in_a_later_seat_is_not_chosen_before),
        cmocka_unit_test(a_reserve_may_have_open_seats_but_no_unknown_pool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
