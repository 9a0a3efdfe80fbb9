/* void_test — a V that is not whole ends in a void; a whole one never. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "audits/verify.h"
#include "cli/audit_data.h"
#include "core/digest.h"
#include "domain/book.h"
#include "domain/proof.h"
#include "domain/reveal.h"
#include "tests/ceremony_fixture.h"

#define PERSONS "--reason", "试", "--by", "甲", "--by", "乙"

static const char *const causes[] = { "does-not-open", "contributor-missing",
                                      "freeze-late", "reveal-late" };
enum { CAUSES = 4, NO_CAUSE = -1 };

/* Bits: how the V that is logged by hand differs from a whole one. */
enum {
    WRONG_SECRET = 1,
    WRONG_FRAME_KEY = 2,
    WRONG_SIGNATURE = 4,
    NO_CONTRIBUTION = 8,
    WRONG_NAME = 16,
    MALFORMED = 32,
    NO_REVEAL = 64
};

/* A V of draw 1: two modes, the contributor's key is of repeated sevens. */
struct made {
    struct directory dir;
    struct draw draw;
    uint8_t seed[CRYPTO_SEED_LEN];
    bool is_open;
};

static void announce(const struct made *made)
{
    char path[80], text[1024], hex[65] = { 0 };
    uint8_t key[CRYPTO_PUBLIC_LEN];
    crypto_public(key, made->seed);
    struct writer w = writer_into(hex, 64);
    writer_hex(&w, bytes_of(key, sizeof key));
    snprintf(text, sizeof text,
             "{\"batch\":\"2027-03\",\"contributors\":[{\"key\":\"%s\","
             "\"name\":\"人大代表\"}],\"mode\":\"%s\",\"strata\":[{\"class\":"
             "\"public\",\"least\":0,\"name\":\"全部\",\"take\":\"3%%\"}],"
             "\"t0\":\"" T0 "\",\"t1\":\"" T1 "\",\"t4\":\"" T4 "\"}",
             hex, made->is_open ? "open" : "sealed");
    snprintf(path, sizeof path, "%s/A.json", folder);
    assert_int_equal(file_write(path, bytes_text(text), 0600), OK);
    static const char now[] = ANNOUNCED;
    assert_int_equal(call(cli_announce,
                          (const char *const[]){ "announce", home, path,
                                                 "--now", now, NULL }),
                     0);
    assert_int_equal(call(cli_freeze,
                          (const char *const[]){ "freeze", home, "1",
                                                 "--now", now, NULL }),
                     0);
}

static void write_reveal(struct writer *w, struct made *made, int faults)
{
    struct draw *draw = &made->draw;
    const struct book_slot slot = { draw->announcement.book,
                                    draw->announcement.slot };
    struct draw_libraries libraries;
    struct frozen frozen;
    struct entry_contribution given = {
        .name = bytes_text(faults & WRONG_NAME ? "别人" : "人大代表"),
        .value = bytes_text("\1\2\3"),
    };
    struct hash message = digest_contribution(
        &draw->entries[DRAW_FREEZE].digest, given.name, given.value);
    crypto_signature(given.signature, made->seed, hash_bytes(&message));
    struct entry_reveal reveal = { .contributions = &given,
                                   .contribution_count = 1 };
    assert_int_equal(book_secret(&reveal.secret, &made->dir, &slot), OK);
    assert_int_equal(draw_frozen(&frozen, &libraries, &made->dir, draw), OK);
    struct hash key = frozen.input.keys.frame;
    if (faults & WRONG_SECRET) reveal.secret.b[31] ^= 1;
    if (faults & WRONG_FRAME_KEY) key.b[0] ^= 1;
    if (faults & WRONG_SIGNATURE) given.signature[0] ^= 1;
    if (faults & NO_CONTRIBUTION) reveal.contribution_count = 0;
    if (made->is_open != ((faults & MALFORMED) != 0))
        reveal.frame_key = &key;
    const struct entry_head head = { 1, log_time(&made->dir.log),
                                     draw->last };
    entry_reveal(w, &head, &reveal);
    assert_false(w->is_full);
    frozen_release(&frozen);
    draw_libraries_release(&libraries);
}

/* A log up to V, logged as it is at `now`. */
static void make_log(bool is_open, int faults, const char *now)
{
    static uint8_t room[ENTRY_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct made made = { .is_open = is_open };
    uint64_t index = 0;
    bytes_fill(made.seed, 7, sizeof made.seed);
    assert_int_equal(prepare(), 0);
    announce(&made);
    if (faults & NO_REVEAL) return;
    options.now = now;
    assert_int_equal(directory_open(&made.dir, &options, DIRECTORY_SIGN), OK);
    assert_int_equal(draw_load(&made.draw, &made.dir, 1), OK);
    write_reveal(&w, &made, faults);
    assert_int_equal(draw_append(&index, &made.dir, writer_bytes(&w)), OK);
    draw_release(&made.draw);
    directory_close(&made.dir);
}

static int void_as(const char *cause, const char *now)
{
    return call(cli_void, (const char *const[]){
                              "void", home, "1", "--cause", cause, PERSONS,
                              "--now", now, NULL });
}

/* The proof and the whole log hold; KEEP=DIR leaves the proof there. */
static void check_log(const char *name)
{
    struct directory dir;
    struct bytes proof;
    struct verify v;
    char path[160];
    const struct verify_options asked = { .is_rehearsal = true };
    assert_int_equal(directory_open(&dir, &options, DIRECTORY_READ), OK);
    assert_int_equal(proof_make(&proof, &dir, 1), OK);
    verify_run(&v, proof, &asked);
    if (v.rule != NULL) print_message("rule %s\n", v.rule);
    assert_int_equal(v.exit, VERIFY_HOLDS);
    verify_end(&v);
    const struct audit_source source = audit_data_source(&dir);
    const struct audit_options whole = { .is_rehearsal = true };
    FILE *nowhere = fopen("/dev/null", "w");
    assert_int_equal(audit_run(nowhere, &source, &whole), VERIFY_HOLDS);
    fclose(nowhere);
    const char *keep = getenv("KEEP");
    snprintf(path, sizeof path, "%s/%s.json", keep == NULL ? "" : keep, name);
    if (keep != NULL) assert_int_equal(file_write(path, proof, 0600), OK);
    file_release(&proof);
    directory_close(&dir);
}

static void each_fault_has_its_cause_and_no_other(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool is_open;
        int faults, cause;
    } cases[] = {
        { "secret", false, WRONG_SECRET, 0 },
        { "secret-first", false, WRONG_SECRET | NO_CONTRIBUTION, 0 },
        { "frame-key", true, WRONG_FRAME_KEY, 0 },
        { "signature", false, WRONG_SIGNATURE, 1 },
        { "nobody", false, NO_CONTRIBUTION, 1 },
        { "name", true, WRONG_NAME, 1 },
        { "whole", false, 0, NO_CAUSE },
        { "whole-open", true, 0, NO_CAUSE },
        { "malformed", false, MALFORMED, NO_CAUSE },
        { "malformed-open", true, MALFORMED | WRONG_SECRET, NO_CAUSE },
        { "none", false, NO_REVEAL, NO_CAUSE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        make_log(cases[i].is_open, cases[i].faults, T0);
        for (int cause = 0; cause < CAUSES; cause++) {
            if (cause == cases[i].cause) continue;
            if (cases[i].faults & NO_REVEAL && cause > 1) continue;
            assert_int_equal(void_as(causes[cause], AFTER), 1);
        }
        int beacon = call(cli_beacon, (const char *const[]){
                                          "beacon", home, "1", "--now",
                                          AFTER, NULL });
        assert_int_equal(beacon, cases[i].faults == 0 ? 0 : 1);
        if (cases[i].cause != NO_CAUSE) {
            assert_int_equal(void_as(causes[cases[i].cause], AFTER), 0);
            assert_int_equal(void_as(causes[cases[i].cause], AFTER), 1);
            check_log(cases[i].name);
        }
        assert_int_equal(drop_folder(), 0);
    }
}

/* Broken and late: neither on time nor provably late, the draw has failed. */
static void a_late_reveal_is_no_void(void **state)
{
    (void)state;
    make_log(false, WRONG_SECRET, AFTER);
    for (int cause = 0; cause < CAUSES; cause++)
        assert_int_equal(void_as(causes[cause], AFTER), 1);
    assert_int_equal(drop_folder(), 0);
}

static void after_the_beacon_nothing_is_void(void **state)
{
    (void)state;
    make_log(false, 0, T0);
    assert_int_equal(call(cli_beacon, (const char *const[]){
                                          "beacon", home, "1", "--now",
                                          AFTER, NULL }),
                     0);
    for (int cause = 0; cause < CAUSES; cause++)
        assert_int_equal(void_as(causes[cause], AFTER), 1);
    assert_int_equal(drop_folder(), 0);
}

static void other_words_are_no_cause(void **state)
{
    (void)state;
    make_log(false, WRONG_SECRET, T0);
    assert_int_equal(void_as("regret", AFTER), 2);
    assert_int_equal(drop_folder(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_has_its_cause_and_no_other),
        cmocka_unit_test(a_late_reveal_is_no_void),
        cmocka_unit_test(after_the_beacon_nothing_is_void),
        cmocka_unit_test(other_words_are_no_cause),
    };
    if (crypto_begin() != OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
