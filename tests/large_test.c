/* large_test — a draw whose proof is too large to be made has its pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/proof.h"
#include "http/index.h"
#include "http/route.h"
#include "http/verdict_shelf.h"
#include "tests/ceremony_fixture.h"

#define BY "--by", "甲", "--by", "乙"

/* In place of proof_make(): see the Makefile. */
enum err __wrap_proof_make(struct bytes *text, struct directory *dir,
                           uint64_t number);
enum err __wrap_proof_make(struct bytes *text, struct directory *dir,
                           uint64_t number)
{
    (void)text, (void)dir, (void)number;
    return ERR_LIMIT;
}

static int make_draws(void **state)
{
    (void)state;
    char path[80];
    static const char text[] =
        "{\"batch\":\"2027-03\",\"strata\":[{\"class\":\"public\",\"least\":0,"
        "\"name\":\"全部\",\"take\":\"3%\"}],\"t0\":\"" T0 "\",\"t1\":\"" T1
        "\",\"t4\":\"" T4 "\"}";
    if (prepare() != 0) return 1;
    snprintf(path, sizeof path, "%s/A.json", folder);
    if (file_write(path, bytes_text(text), 0600) != OK) return 1;
    CALL(cli_announce, "announce", home, path, "--now", ANNOUNCED);
    CALL(cli_freeze, "freeze", home, "1", "--now", ANNOUNCED);
    CALL(cli_reveal, "reveal", home, "1", "--now", "2027-03-02T09:00:30Z");
    CALL(cli_beacon, "beacon", home, "1", "--now", AFTER);
    CALL(cli_draw, "draw", home, "1", "--now", AFTER);
    CALL(cli_open, "open", home, "1", BY, "--now", AFTER);
    return 0;
}

static int drop_draws(void **state)
{
    (void)state;
    return drop_folder();
}

static void the_pages_say_that_there_is_no_proof_and_what_to_do(void **state)
{
    (void)state;
    static const struct {
        const char *path, *says, *says_not;
        unsigned status;
    } cases[] = {
        { "/draws/1", "证明超过上限（512 MiB）", "在本机核验", 200 },
        { "/draws/1", "yaohao audit", "没有通过", 200 },
        { "/draws/1", "11 户", "/api/v1/draws/1/proof", 200 },
        { "/draws/1", "targets.csv", "没有通过", 200 },
        { "/draws/1/record", "证明超过上限", "另一套程序", 200 },
        { "/draws", "/draws/1", "超过上限", 200 },
        { "/", "/draws/1", "超过上限", 200 },
        { "/api/v1/draws/1/verdict", "证明超过上限", "<", 200 },
        { "/api/v1/draws/1/proof", "yaohao audit", "<", 404 },
        { "/draws/2", "没有这一页", "超过上限", 404 },
    };
    struct route_means means = { 0 };
    assert_int_equal(directory_open(&means.dir, &options, DIRECTORY_READ),
                     OK);
    assert_int_equal(index_create(&means.index), OK);
    assert_int_equal(verdict_shelf_create(&means.verdicts), OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct route_reply reply;
        const struct route_wish wish = { .path =
                                             bytes_text(cases[i].path) };
        route_answer(&reply, &means, &wish);
        if (reply.status != cases[i].status)
            fail_msg("%s: %u", cases[i].path, reply.status);
        char *text = calloc(1, reply.body.len + 1);
        assert_non_null(text);
        memcpy(text, reply.body.at, reply.body.len);
        if (strstr(text, cases[i].says) == NULL)
            fail_msg("%s: no %s", cases[i].path, cases[i].says);
        if (strstr(text, cases[i].says_not) != NULL)
            fail_msg("%s: %s", cases[i].path, cases[i].says_not);
        free(text);
        free((void *)(uintptr_t)reply.body.at);
    }
    route_release(&means);
    index_destroy(means.index);
    verdict_shelf_destroy(means.verdicts);
    directory_close(&means.dir);
}

static void a_copy_leaves_out_the_proof_only(void **state)
{
    (void)state;
    char to[80], path[120];
    snprintf(to, sizeof to, "%s/copy", folder);
    assert_int_equal(call(cli_export, (const char *const[]){ "export", home,
                                                             to, NULL }),
                     0);
    snprintf(path, sizeof path, "%s/draws/1/index.html", to);
    assert_int_equal(access(path, R_OK), 0);
    snprintf(path, sizeof path, "%s/api/v1/draws/1/proof.json", to);
    assert_int_not_equal(access(path, R_OK), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pages_say_that_there_is_no_proof_and_what_to_do),
        cmocka_unit_test(a_copy_leaves_out_the_proof_only),
    };
    return cmocka_run_group_tests(tests, make_draws, drop_draws);
}
