#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audits/verify.h"
#include "http/asset.h"
#include "http/page.h"
#include "http/page_dress.h"
#include "http/profile.h"
#include "http/tally.h"
#include "http/verdict_check.h"
#include "http/words.h"

/* ---- dressing --------------------------------------------------------- */
static void people_read_times_counts_shares_and_digits(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value, *added, *want;
    } cases[] = {
        { "t0", "1808532000", "t0_text", "2027年4月24日 10:00" },
        { "t0", "1808532000", "t0_iso", "2027-04-24T10:00:00+08:00" },
        { "time", "1808532007", "time_text", "2027年4月24日 10:00:07" },
        { "seen_time", "1808532060", "seen_time_text",
          "2027年4月24日 10:01" },
        { "time", "0", "time_text", NULL },
        { "time", "-1", "time_text", NULL },
        { "draw", "1808532000", "draw_text", NULL },
        { "count", "0", "count_text", "0" },
        { "count", "999", "count_text", "999" },
        { "count", "1000", "count_text", "1,000" },
        { "row_count", "1234567", "row_count_text", "1,234,567" },
        { "share", "0", "share_text", "0.00%" },
        { "share", "30000", "share_text", "3.00%" },
        { "share", "30556", "share_text", "3.0556%" },
        { "share", "1000000", "share_text", "100.00%" },
        { "root",
          "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
          "\"",
          "root_groups",
          "0011 2233 4455 6677 8899 aabb ccdd eeff "
          "0011 2233 4455 6677 8899 aabb ccdd eeff" },
        { "root", "\"0011\"", "root_groups", NULL },
        { "district", "\"140802\"", "district_text", "盐湖区" },
        { "district", "\"110105\"", "district_text", NULL },
        { "code", "\"140802\"", "code_text", NULL },
        { "root",
          "\"zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
          "\"",
          "root_groups", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        snprintf(text, sizeof text, "{\"%s\":%s}", cases[i].key,
                 cases[i].value);
        json_t *root = json_loads(text, 0, NULL), *dressed = page_dress(root);
        const char *got =
            json_string_value(json_object_get(dressed, cases[i].added));
        if (cases[i].want == NULL && got != NULL) fail_msg("%s: %s", text, got);
        if (cases[i].want != NULL) assert_string_equal(got, cases[i].want);
        assert_non_null(json_object_get(dressed, cases[i].key));
        json_decref(root);
        json_decref(dressed);
    }
}

static void elements_of_lists_know_their_place(void **state)
{
    (void)state;
    json_t *root = json_loads("[{},{},{\"index\":7}]", 0, NULL);
    json_t *dressed = page_dress(root);
    json_t *first = json_array_get(dressed, 0),
           *last = json_array_get(dressed, 2);
    assert_int_equal(json_integer_value(json_object_get(first, "index")), 1);
    assert_true(json_is_true(json_object_get(first, "is_first")));
    assert_true(json_is_false(json_object_get(first, "is_last")));
    assert_int_equal(json_integer_value(json_object_get(last, "index")), 7);
    json_decref(root);
    json_decref(dressed);
}

/* ---- what may leave ---------------------------------------------------- */
static void published_is(const char *const *fields, const char *from,
                         const char *want)
{
    uint8_t room[2048];
    struct writer w = writer_into(room, sizeof room);
    struct canon c = canon_into(&w);
    json_t *object = json_loads(from, 0, NULL);
    assert_non_null(object);
    canon_object(&c);
    profile_write_json(&c, object, fields);
    canon_object_end(&c);
    json_decref(object);
    struct bytes got = writer_bytes(&w);
    if (!bytes_equal_text(got, want))
        fail_msg("%.*s\nis not\n%s", (int)got.len, (const char *)got.at, want);
}

/* Every field that a list of ours can hold, and those that must stay. */
static void a_table_publishes_its_fields_and_no_other(void **state)
{
    (void)state;
    static const char everything[] =
        "{\"basis\":\"法\",\"birth\":\"1980-01-01\",\"cap\":\"60\","
        "\"category\":\"重点\",\"certificate\":\"140810\",\"code\":\"91\","
        "\"contact\":\"某人\",\"district\":\"140800\",\"field\":\"餐饮\","
        "\"id\":\"1\",\"kind\":\"项目\",\"legal_person\":\"某人\","
        "\"name\":\"某店\",\"operator\":\"某人\",\"person\":\"某人\","
        "\"phone\":\"13800138000\",\"plate\":\"晋A12345\",\"risk\":\"D\","
        "\"scope\":\"全市\",\"tags\":\"重点监管\",\"take\":\"3%\","
        "\"targets\":\"企业\",\"telephone\":\"0359\",\"type\":\"公司\","
        "\"unit\":\"局\",\"way\":\"实地\"}";
    published_is(profile_row, everything,
                 "{\"code\":\"91\",\"district\":\"140800\",\"kind\":\"项目\","
                 "\"name\":\"某店\",\"type\":\"公司\"}");
    published_is(profile_item, everything,
                 "{\"basis\":\"法\",\"category\":\"重点\",\"code\":\"91\","
                 "\"field\":\"餐饮\",\"name\":\"某店\",\"targets\":\"企业\","
                 "\"way\":\"实地\"}");
    published_is(profile_batch, everything,
                 "{\"code\":\"91\",\"name\":\"某店\",\"scope\":\"全市\"}");
    published_is(profile_quota, everything,
                 "{\"name\":\"某店\",\"take\":\"3%\"}");
}

static void numbers_of_persons_are_struck_out_of_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "某某饭店", "某某饭店" },
        { "电话13800138000联系", "电话***********联系" },
        { "13800138000", "***********" },
        { "113800138000", "113800138000" },
        { "12800138000", "12800138000" },
        { "1380013800", "1380013800" },
        { "身份证11010519491231002X。", "身份证******************。" },
        { "11010519491231002x", "******************" },
        { "440524188001010014", "440524188001010014" },
        { "440524198001010013", "******************" },
        { "440524198001010014", "440524198001010014" },
        { "440524198013010013", "440524198013010013" },
        { "车牌晋A12345停", "车牌*******停" },
        { "晋M·12345", "********" },
        { "京AD12345", "********" },
        { "晋A12", "晋A12" },
        { "晋商ABCDEF", "晋商ABCDEF" },
        { "晋AABCDE", "晋AABCDE" },
        { "91140882MA0000B15Y", "91140882MA0000B15Y" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t room[256];
        struct writer w = writer_into(room, sizeof room);
        struct canon c = canon_into(&w);
        profile_text(&c, bytes_text(cases[i].text));
        struct bytes got = writer_bytes(&w);
        got = bytes_slice(got, 1, got.len - 2);
        if (!bytes_equal_text(got, cases[i].want))
            fail_msg("%s becomes %.*s", cases[i].text, (int)got.len,
                     (const char *)got.at);
    }
}

static void a_certificate_keeps_its_last_two_characters(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "1408100037", "\"********37\"" }, { "1", "\"*\"" },
        { "12", "\"**\"" },                 { "123", "\"*23\"" },
        { "晋执法字第甲乙", "\"*****甲乙\"" }, { "***37", "\"***37\"" },
        { "", "\"\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t room[256];
        struct writer w = writer_into(room, sizeof room);
        struct canon c = canon_into(&w);
        profile_certificate(&c, "c", bytes_text(cases[i][0]));
        struct bytes got = writer_bytes(&w);
        assert_true(bytes_equal_text(bytes_slice(got, 4, got.len),
                                     cases[i][1]));
    }
}

/* ---- numbers in sentences ---------------------------------------------- */
static void a_chance_is_never_told_in_powers_of_ten(void **state)
{
    (void)state;
    static const struct {
        double chance;
        const char *want;
    } cases[] = {
        { 0.19, "19%" },          { 0.0009, "0.09%" },
        { 1e-6, "0.0001%" },      { 9e-7, "不到百万分之一" },
        { 0, "不到百万分之一" },  { 0.9989, "99.9%" },
        { 0.9999, "99.9% 以上" }, { 1, "100%" },
    };
    char text[WORDS_MAX];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        words_chance(text, cases[i].chance);
        assert_string_equal(text, cases[i].want);
    }
}

static void how_many_firms_is_told_in_whole_numbers(void **state)
{
    (void)state;
    static const struct {
        double count;
        const char *want;
    } cases[] = {
        { 0, "不到 1 户" },    { 0.99, "不到 1 户" },
        { 1, "约 1.0 户" },    { 7.24, "约 7.2 户" },
        { 9.96, "约 10 户" },  { 829.4, "约 829 户" },
        { 1e6, "约 1000000 户" },
    };
    char text[WORDS_MAX];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        words_firms(text, cases[i].count);
        assert_string_equal(text, cases[i].want);
    }
}

/* ---- names for everybody ----------------------------------------------- */
static void every_rule_has_a_check_and_every_check_a_rule(void **state)
{
    (void)state;
    size_t most = 0, seen = 0;
    for (size_t i = 0; verify_rule_number(i) != NULL; i++) {
        size_t check = verdict_check_of(verify_rule_number(i));
        if (check >= 16) fail_msg("%s has none", verify_rule_number(i));
        if (check > most) most = check;
        seen |= (size_t)1 << (check % 16);
    }
    assert_int_equal(seen, ((size_t)1 << (most + 1)) - 1);
    assert_int_equal(verdict_check_of("5.01"), SIZE_MAX);
}

static void every_cause_of_a_void_has_words(void **state)
{
    (void)state;
    static const char *const causes[] = { "freeze-late", "reveal-late",
                                          "does-not-open",
                                          "contributor-missing" };
    const char *none = words_cause(bytes_text("else"));
    for (size_t i = 0; i < 4; i++)
        assert_string_not_equal(words_cause(bytes_text(causes[i])), none);
}

static void two_deviations_are_usual_and_more_is_not(void **state)
{
    (void)state;
    assert_true(tally_is_usual(100, 100));
    assert_true(tally_is_usual(120, 100));
    assert_true(tally_is_usual(80, 100));
    assert_false(tally_is_usual(121, 100));
    assert_false(tally_is_usual(79, 100));
    assert_true(tally_is_usual(0, 0));
    assert_true(tally_is_usual(0, 3.9));
    assert_false(tally_is_usual(0, 4.1));
}

/* ---- templates ---------------------------------------------------------- */
static bool ends(const char *path, const char *tail)
{
    size_t len = strlen(path), tail_len = strlen(tail);
    return len >= tail_len && strcmp(path + len - tail_len, tail) == 0;
}

/* Of a site with no data at all; nothing inline, nobody else's files. */
static void every_template_can_be_filled_in_with_nothing(void **state)
{
    (void)state;
    static const char *const banned[] = { " style=", " onclick=", " onload=",
                                          "javascript:", "src=\"http",
                                          "href=\"http", "<style",
                                          "<script>", "{{", "}}" };
    struct directory *dir = calloc(1, sizeof *dir);
    size_t count = 0;
    snprintf(dir->path, sizeof dir->path, "/nonexistent");
    dir->is_rehearsal = true;
    for (const struct asset *at = asset_table; at->path != NULL; at++) {
        struct bytes html;
        if (strncmp(at->path, "template/", 9) != 0 || !ends(at->path, ".html"))
            continue;
        const char *name = at->path + 9;
        if (page_render(&html, dir, name, bytes_text("{}")) != OK)
            fail_msg("%s is refused", name);
        char *text = calloc(1, html.len + 1);
        memcpy(text, html.at, html.len);
        for (size_t i = 0; i < sizeof banned / sizeof *banned; i++)
            if (strstr(text, banned[i]) != NULL)
                fail_msg("%s has %s", name, banned[i]);
        free(text);
        free((void *)(uintptr_t)html.at);
        count++;
    }
    assert_true(count > 15);
    free(dir);
}

static void what_is_no_page_is_absent(void **state)
{
    (void)state;
    struct directory *dir = calloc(1, sizeof *dir);
    struct bytes html;
    assert_int_equal(page_render(&html, dir, "none.html", bytes_text("{}")),
                     ERR_ABSENT);
    assert_int_equal(page_render(&html, dir, "how.html", bytes_text("{")),
                     ERR_FORMAT);
    free(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_read_times_counts_shares_and_digits),
        cmocka_unit_test(elements_of_lists_know_their_place),
        cmocka_unit_test(a_table_publishes_its_fields_and_no_other),
        cmocka_unit_test(numbers_of_persons_are_struck_out_of_texts),
        cmocka_unit_test(a_certificate_keeps_its_last_two_characters),
        cmocka_unit_test(a_chance_is_never_told_in_powers_of_ten),
        cmocka_unit_test(how_many_firms_is_told_in_whole_numbers),
        cmocka_unit_test(every_rule_has_a_check_and_every_check_a_rule),
        cmocka_unit_test(every_cause_of_a_void_has_words),
        cmocka_unit_test(two_deviations_are_usual_and_more_is_not),
        cmocka_unit_test(every_template_can_be_filled_in_with_nothing),
        cmocka_unit_test(what_is_no_page_is_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
