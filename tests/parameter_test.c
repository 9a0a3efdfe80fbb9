/* parameter_test — paths and queries, as they are sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "http/guard.h"

static void a_query_is_read_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        enum err err;
        const char *q, *page;
    } cases[] = {
        { "q=a", OK, "a", "" },
        { "q=%E8%BF%90%e5%9f%8e&page=2", OK, "运城", "2" },
        { "page=2&q=a+b%2Bc", OK, "a b+c", "2" },
        { "q=", OK, "", "" },
        { "q=a=b", OK, "a=b", "" },
        { "", ERR_FORMAT, "", "" },
        { "q", ERR_FORMAT, "", "" },
        { "q=a&", ERR_FORMAT, "", "" },
        { "&q=a", ERR_FORMAT, "", "" },
        { "q=a&q=b", ERR_FORMAT, "", "" },
        { "x=a", ERR_FORMAT, "", "" },
        { "q page=1", ERR_FORMAT, "", "" },
        { "=a", ERR_FORMAT, "", "" },
        { "Q=a", ERR_FORMAT, "", "" },
        { "q=%", ERR_FORMAT, "", "" },
        { "q=%4", ERR_FORMAT, "", "" },
        { "q=%4g", ERR_FORMAT, "", "" },
        { "q=%00", ERR_FORMAT, "", "" },
        { "q=%0a", ERR_FORMAT, "", "" },
        { "q=%7f", ERR_FORMAT, "", "" },
        { "q=%c2%85", ERR_FORMAT, "", "" },
        { "q=%ff", ERR_FORMAT, "", "" },
        { "q=%c0%af", ERR_FORMAT, "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parameters p;
        enum err err =
            parameter_read(&p, bytes_text(cases[i].query), " q page ");
        if (err != cases[i].err) print_message("%s\n", cases[i].query);
        assert_int_equal(err, cases[i].err);
        if (err != OK) continue;
        assert_true(bytes_equal_text(parameter_find(&p, "q"), cases[i].q));
        assert_true(
            bytes_equal_text(parameter_find(&p, "page"), cases[i].page));
    }
}

static void a_query_has_limits(void **state)
{
    (void)state;
    char query[PARAMETER_QUERY_MAX + 2];
    struct parameters p;
    memset(query, 'a', sizeof query);
    memcpy(query, "q=", 2);
    assert_int_equal(
        parameter_read(&p, bytes_of(query, PARAMETER_QUERY_MAX), " q "), OK);
    assert_int_equal(
        parameter_read(&p, bytes_of(query, PARAMETER_QUERY_MAX + 1), " q "),
        ERR_LIMIT);
    static const char all[] = " a b c d e f g h i ";
    struct bytes nine = bytes_text("a=&b=&c=&d=&e=&f=&g=&h=&i=");
    assert_int_equal(parameter_read(&p, nine, all), ERR_LIMIT);
    nine.len -= 3;
    assert_int_equal(parameter_read(&p, nine, all), OK);
    assert_int_equal(parameter_read(&p, bytes_text("q=a"), NULL),
                     ERR_FORMAT);
}

static void a_number_of_a_query_has_a_range(void **state)
{
    (void)state;
    struct parameters p;
    uint64_t number = 0;
    assert_int_equal(parameter_read(&p, bytes_text("a=7&b=0&c=x&d=12"),
                                    " a b c d "),
                     OK);
    assert_int_equal(parameter_number(&number, &p, "a", 10, 1), OK);
    assert_int_equal(number, 7);
    assert_int_equal(parameter_number(&number, &p, "e", 10, 1), OK);
    assert_int_equal(number, 1);
    assert_int_equal(parameter_number(&number, &p, "b", 10, 1), ERR_INPUT);
    assert_int_equal(parameter_number(&number, &p, "c", 10, 1), ERR_INPUT);
    assert_int_equal(parameter_number(&number, &p, "d", 10, 1), ERR_INPUT);
}

static void an_address_has_one_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *uri;
        enum err err;
        const char *path, *query;
    } cases[] = {
        { "/", OK, "/", NULL },
        { "/a/b-c_d.e", OK, "/a/b-c_d.e", NULL },
        { "/a?b=c?d", OK, "/a", "b=c?d" },
        { "/a?", OK, "/a", "" },
        { "/%41", OK, "/%41", NULL },
        { "", ERR_FORMAT, NULL, NULL },
        { "a", ERR_FORMAT, NULL, NULL },
        { "*", ERR_FORMAT, NULL, NULL },
        { "//", ERR_FORMAT, NULL, NULL },
        { "/.", ERR_FORMAT, NULL, NULL },
        { "/a/../b", ERR_FORMAT, NULL, NULL },
        { "/a\\b", ERR_FORMAT, NULL, NULL },
        { "/a;b", ERR_FORMAT, NULL, NULL },
        { "/a b", ERR_FORMAT, NULL, NULL },
        { "/a?b c", ERR_FORMAT, NULL, NULL },
        { "/a?b\"", ERR_FORMAT, NULL, NULL },
        { "/a?\xe8", ERR_FORMAT, NULL, NULL },
        { "/\xe8", ERR_FORMAT, NULL, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct route_wish wish;
        enum err err = guard_address(&wish, bytes_text(cases[i].uri));
        if (err != cases[i].err) print_message("%s\n", cases[i].uri);
        assert_int_equal(err, cases[i].err);
        if (err != OK) continue;
        assert_true(bytes_equal_text(wish.path, cases[i].path));
        assert_int_equal(wish.has_query, cases[i].query != NULL);
        if (wish.has_query)
            assert_true(bytes_equal_text(wish.query, cases[i].query));
    }
    char path[GUARD_PATH_MAX + 1];
    struct route_wish wish;
    memset(path, 'a', sizeof path);
    path[0] = '/';
    assert_int_equal(guard_address(&wish, bytes_of(path, GUARD_PATH_MAX)),
                     OK);
    assert_int_equal(guard_address(&wish, bytes_of(path, sizeof path)),
                     ERR_LIMIT);
}

static void what_a_page_does_not_take_is_dropped(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "", "" },
        { "from=x", "" },
        { "q=a", "q=a" },
        { "q=a&page=2", "q=a&page=2" },
        { "from=x&q=a&isappinstalled=0&page=2&", "q=a&page=2" },
        { "&&q=a&q=b", "q=a&q=b" },
        { "q&Q=a&=b&page", "q&page" },
        { "q page=1", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t room[64];
        size_t len = strlen(cases[i][0]);
        memcpy(room, cases[i][0], len);
        len = parameter_keep(room, len, " q page ");
        assert_true(bytes_equal_text(bytes_of(room, len), cases[i][1]));
        memcpy(room, cases[i][0], strlen(cases[i][0]));
        assert_int_equal(parameter_keep(room, strlen(cases[i][0]), NULL), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_page_does_not_take_is_dropped),
        cmocka_unit_test(a_query_is_read_strictly),
        cmocka_unit_test(a_query_has_limits),
        cmocka_unit_test(a_number_of_a_query_has_a_range),
        cmocka_unit_test(an_address_has_one_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
