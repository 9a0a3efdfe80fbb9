/* published_test — where an id stands in a list, or would stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/frame.h"
#include "domain/published.h"

enum { LEAF = sizeof(struct frame_leaf), MOST = 20000, ASKED = 500 };

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct hash));
}

/* Asked of ids that stand there and of as many that do not. */
static void ask(const uint8_t *list, uint64_t count, const struct hash *key)
{
    const struct published_leaves leaves = {
        .file = bytes_of(list, (size_t)count * LEAF), .count = count
    };
    for (int i = 0; i < 2 * ASKED; i++) {
        char id[16];
        uint64_t want = 0, position = UINT64_MAX;
        snprintf(id, sizeof id, "%d", i);
        struct hash order = frame_order(key, bytes_text(id));
        while (want < count &&
               memcmp(list + want * LEAF, order.b, sizeof order.b) < 0)
            want++;
        bool is_there = want < count &&
                        memcmp(list + want * LEAF, order.b,
                               sizeof order.b) == 0;
        assert_int_equal(is_there, i < ASKED && (uint64_t)i < count);
        assert_int_equal(
            published_stands(&position, &leaves, key, bytes_text(id)),
            is_there);
        assert_int_equal(position, want);
    }
}

/* `fill` in all bytes of the leaves that are no id's; -1: hashes, as ever. */
static void stands(uint64_t count, int fill)
{
    uint8_t *list = calloc(MOST, LEAF);
    struct hash key = hash_sha256(bytes_text("key"));
    assert_non_null(list);
    for (uint64_t i = 0; i < count; i++) {
        char id[16];
        snprintf(id, sizeof id, "%s%d", i < ASKED ? "" : "other ", (int)i);
        struct hash order = frame_order(&key, bytes_text(id));
        if (i >= ASKED && fill >= 0)
            memset(order.b, fill, sizeof order.b / 2);
        memcpy(list + i * LEAF, order.b, sizeof order.b);
    }
    qsort(list, count, LEAF, compare);
    ask(list, count, &key);
    free(list);
}

static void every_id_is_found_where_it_stands(void **state)
{
    (void)state;
    static const uint64_t counts[] = { 0,    1,    2,    499,  2048,
                                       2049, 4096, 4097, 9000, MOST };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        stands(counts[i], -1);
}

/* Nobody can make such a list; a search must not lean on that. */
static void orders_that_are_no_hashes_are_found_too(void **state)
{
    (void)state;
    static const int fills[] = { 0x00, 0x7f, 0x80, 0xff };
    for (size_t i = 0; i < sizeof fills / sizeof fills[0]; i++)
        stands(MOST, fills[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_id_is_found_where_it_stands),
        cmocka_unit_test(orders_that_are_no_hashes_are_found_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
