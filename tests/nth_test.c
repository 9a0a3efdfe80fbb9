/*
 * nth_test — every allocation and every call of SQLite fails once: an error
 * comes back, nothing leaks, nothing is half done, and it goes on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "audits/audit.h"
#include "audits/verify.h"
#include "cli/audit_data.h"
#include "domain/proof.h"
#include "store/query.h"
#include "tests/nth.h"
#include "tests/nth_fixture.h"

/* ---- one run --------------------------------------------------------- */

/* What was committed: rows that a step adds. */
struct mark {
    int64_t rows;
    struct merkle_head head;
};

static void clock_text(char to[CLOCK_TEXT_MAX], uint64_t now)
{
    clock_print(to, BASE + now);
}

static enum err run(struct mark *mark, const struct step *step)
{
    static const char sql[] =
        "SELECT (SELECT count(*) FROM log_entry) + (SELECT count(*) FROM"
        " edition) + (SELECT count(*) FROM edition_active)";
    char now[CLOCK_TEXT_MAX];
    struct directory *dir = calloc(1, sizeof *dir);
    if (dir == NULL) return ERR_MEMORY;
    clock_text(now, step == NULL ? 0 : step->now);
    const struct directory_options options = { .path = data,
                                               .now = now,
                                               .entropy = seed };
    enum err err = directory_open(dir, &options, DIRECTORY_SIGN);
    if (err == OK && step != NULL) err = step->run(dir);
    if (err != OK && mark != NULL) print_message("%s\n", dir->why);
    if (err == OK && mark != NULL) {
        struct query q = query_begin(dir->db, sql);
        if (query_next(&q)) mark->rows = query_int(&q, 0);
        err = query_end(&q);
        mark->head = dir->log.published;
    }
    directory_close(dir);
    free(dir);
    return err;
}

static void assert_same(const struct mark *a, const struct mark *b)
{
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->head.size, b->head.size);
    assert_true(hash_equal(a->head.root, b->head.root));
}

/*
 * The step with its n-th call failing; then what is there is either all of
 * before or all of after, and in the end it is `after`.
 */
static bool fails_well(const struct step *step, enum nth_kind kind, uint64_t n,
                       const struct mark ends[2])
{
    struct mark now = { 0 };
    nth_arm(kind, n);
    enum err err = run(NULL, step);
    bool has_failed = nth_disarm();
    assert_int_equal(run(&now, NULL), OK);
    bool is_done = now.rows != ends[0].rows;
    if (err != OK && !has_failed)
        print_message("%s: %s\n", step->name, err_name(err));
    assert_true(err == OK ? is_done : has_failed);
    assert_same(&now, &ends[is_done]);
    if (is_done) copy(kept, data);
    return has_failed;
}

static void try_step(const struct step *step)
{
    struct mark ends[2] = { { 0 } };
    assert_int_equal(run(&ends[0], NULL), OK);
    copy(data, kept);
    assert_int_equal(run(&ends[1], step), OK);
    copy(kept, data);
    for (int kind = 0; kind < NTH_KINDS; kind++) {
        uint64_t n = 1;
        while (fails_well(step, (enum nth_kind)kind, n, ends))
            n = nth_next(n);
    }
    struct mark end = { 0 };
    assert_int_equal(run(&end, step), OK);
    assert_same(&end, &ends[1]);
}

/* ---- tests ----------------------------------------------------------- */

static enum err create(void)
{
    struct directory *dir = calloc(1, sizeof *dir);
    if (dir == NULL) return ERR_MEMORY;
    char now[CLOCK_TEXT_MAX];
    clock_text(now, 0);
    const struct directory_options options = { .path = data,
                                               .now = now,
                                               .entropy = seed };
    const struct directory_birth birth = { .origin = "nth.test/log",
                                           .is_rehearsal = true };
    enum err err = directory_create(dir, &options, &birth);
    directory_close(dir);
    free(dir);
    return err;
}

static void a_directory_is_made_or_refused(void **state)
{
    (void)state;
    for (int kind = 0; kind < NTH_KINDS; kind++) {
        bool has_failed = true;
        for (uint64_t n = 1; has_failed; n = nth_next(n)) {
            clear(data);
            nth_arm((enum nth_kind)kind, n);
            enum err err = create();
            has_failed = nth_disarm();
            assert_true(err == OK || has_failed);
        }
    }
    clear(data);
    assert_int_equal(create(), OK);
}

static void every_step_is_done_or_not_begun(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        try_step(&steps[i]);
}

static enum err prove(struct bytes *text)
{
    struct directory *dir = calloc(1, sizeof *dir);
    if (dir == NULL) return ERR_MEMORY;
    const struct directory_options options = { .path = data };
    enum err err = directory_open(dir, &options, DIRECTORY_READ);
    if (err == OK) err = dir->log.stop;
    if (err == OK) err = proof_make(text, dir, 1);
    directory_close(dir);
    free(dir);
    return err;
}

static void release(struct bytes *text)
{
    free((void *)(uintptr_t)text->at);
    *text = bytes_of(NULL, 0);
}

static void a_proof_is_whole_or_refused(void **state)
{
    (void)state;
    struct bytes whole = { NULL, 0 }, text = whole;
    assert_int_equal(prove(&whole), OK);
    for (int kind = 0; kind < NTH_KINDS; kind++) {
        bool has_failed = true;
        for (uint64_t n = 1; has_failed; n = nth_next(n)) {
            nth_arm((enum nth_kind)kind, n);
            enum err err = prove(&text);
            has_failed = nth_disarm();
            assert_true(err == OK || has_failed);
            if (err != OK) continue;
            assert_true(bytes_equal(text, whole));
            release(&text);
        }
    }
    release(&whole);
}

/* Without memory there is no verdict: neither "holds" nor "refuted". */
static void no_verdict_without_memory(void **state)
{
    (void)state;
    const struct verify_options options = { .is_rehearsal = true };
    struct bytes whole = { NULL, 0 };
    bool has_failed = true;
    assert_int_equal(prove(&whole), OK);
    for (uint64_t n = 1; has_failed; n = nth_next(n)) {
        struct verify v;
        nth_arm(NTH_MEMORY, n);
        verify_run(&v, whole, &options);
        has_failed = nth_disarm();
        if (has_failed && v.exit != VERIFY_UNUSABLE)
            print_message("%llu: %s\n", (unsigned long long)n, v.rule);
        assert_int_equal(v.exit, has_failed ? VERIFY_UNUSABLE : VERIFY_HOLDS);
        if (has_failed) assert_string_equal(v.rule, "0");
        verify_end(&v);
    }
    release(&whole);
}

/* What could not be looked at is no finding. */
static void no_finding_without_memory(void **state)
{
    (void)state;
    const struct audit_options options = { .is_rehearsal = true };
    const struct directory_options where = { .path = data,
                                             .entropy = seed };
    struct directory dir;
    FILE *nowhere = fopen("/dev/null", "w");
    assert_non_null(nowhere);
    assert_int_equal(directory_open(&dir, &where, DIRECTORY_READ), OK);
    struct audit_source source = audit_data_source(&dir);
    int good = audit_run(nowhere, &source, &options);
    bool has_failed = true;
    for (uint64_t n = 1; has_failed; n = nth_next(n)) {
        nth_arm(NTH_MEMORY, n);
        int exit = audit_run(nowhere, &source, &options);
        has_failed = nth_disarm();
        if (has_failed && exit != VERIFY_UNUSABLE)
            print_message("%llu: exit %d\n", (unsigned long long)n, exit);
        assert_int_equal(exit, has_failed ? VERIFY_UNUSABLE : good);
    }
    directory_close(&dir);
    fclose(nowhere);
}

static void read_list(enum edition_kind kind, size_t lines)
{
    char path[PATH_LEN];
    snprintf(path, sizeof path, LISTS "%s.csv", edition_kind_name(kind));
    assert_int_equal(file_read(&lists[kind], path, (size_t)1 << 20), OK);
    for (size_t i = 0; i < lists[kind].len; i++)
        if (lists[kind].at[i] == '\n' && lines-- == 0) lists[kind].len = i + 1;
}

static int prepare(void **state)
{
    (void)state;
    if (access("/dev/shm", W_OK) != 0) memcpy(room, "/tmp/////", 9);
    if (mkdtemp(room) == NULL || crypto_begin() != OK) return 1;
    snprintf(data, sizeof data, "%s/data", room);
    snprintf(kept, sizeof kept, "%s/kept", room);
    for (int kind = 0; kind < EDITION_KIND_COUNT; kind++)
        read_list((enum edition_kind)kind, ROWS);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    clear(room);
    for (int kind = 0; kind < EDITION_KIND_COUNT; kind++)
        file_release(&lists[kind]);
    return 0;
}

int main(void)
{
    nth_begin();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_directory_is_made_or_refused),
        cmocka_unit_test(every_step_is_done_or_not_begun),
        cmocka_unit_test(a_proof_is_whole_or_refused),
        cmocka_unit_test(no_verdict_without_memory),
        cmocka_unit_test(no_finding_without_memory),
    };
    return cmocka_run_group_tests(tests, prepare, finish);
}
