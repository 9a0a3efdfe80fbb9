/* feasible_test — what is said before a freeze, against outcomes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "domain/feasible.h"
#include "domain/recusal.h"
#include "host/crypto.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
enum { CASES = 80, OUTCOMES = 40, ROWS = 8, ROOM = 4096 };

/* Small numbers, the same in every run. */
static uint32_t roll(uint64_t *state, uint32_t below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % below;
}

static void announce(struct announcement *a, uint32_t take, uint32_t first,
                     uint32_t second)
{
    char text[2048];
    snprintf(text, sizeof text,
             "{\"batch\":\"1\",\"beacon\":\"test\",\"book\":\"" ZEROS "\","
             "\"columns\":[\"code\"],\"contributors\":[],\"custodian\":null,"
             "\"departments\":[{\"name\":\"甲\",\"seats\":%u},"
             "{\"name\":\"乙\",\"seats\":%u}],\"disclosure\":\"waived\","
             "\"draw\":1,\"ending\":\"" ZEROS "\",\"exclusions\":[],"
             "\"given\":null,\"items\":[\"1\"],\"kind\":\"announcement\","
             "\"mirror\":\"\",\"mode\":\"sealed\",\"policy\":\"" ZEROS "\","
             "\"prev\":\"" ZEROS "\",\"scope\":{\"district\":[],\"type\":[]},"
             "\"slot\":0,\"strata\":[{\"class\":\"public\",\"least\":0,"
             "\"name\":\"全部\",\"take\":\"%u\"}],\"stratify\":\"none\","
             "\"t0\":2,\"t1\":3,\"t4\":4,\"time\":1,\"urgent\":0}",
             (unsigned)first, (unsigned)second, (unsigned)take);
    assert_int_equal(announcement_read(a, bytes_text(text)), OK);
}

static const char *const districts[] = { "140802", "140821", "140822" };

static struct sheet *targets(uint64_t *state)
{
    struct sheet *sheet = sheet_make();
    for (uint32_t i = 0; i < ROWS; i++) {
        char code[8];
        snprintf(code, sizeof code, "T%u", (unsigned)i);
        const struct bytes fields[6] = {
            bytes_text(code), bytes_text("名"), bytes_text(""),
            bytes_text(districts[roll(state, 3)]), bytes_text(""),
            bytes_text("")
        };
        assert_int_equal(
            sheet_add(sheet, fields, 6, (struct sheet_origin){ 0 }), OK);
    }
    sheet_sort(sheet, NULL, NULL);
    return sheet;
}

/* One of each department goes everywhere, so that no pool is empty. */
static void inspectors(struct roster *roster, uint64_t *state, bool has_caps)
{
    static const char *const caps[] = { "", "0", "1", "2", "4", "9" };
    static const char *const departments[] = { "甲", "乙", "" };
    struct sheet *sheet = sheet_make();
    uint32_t count = 2 + roll(state, 7);
    for (uint32_t i = 0; i < count; i++) {
        char certificate[8];
        snprintf(certificate, sizeof certificate, "H%u", (unsigned)i);
        const char *district = i < 2 || roll(state, 2) == 0
                                   ? ""
                                   : districts[roll(state, 3)];
        const struct bytes fields[8] = {
            bytes_text(certificate), bytes_text("名"), bytes_text("局"),
            bytes_text(departments[i < 2 ? i : roll(state, 3)]),
            bytes_text(district), bytes_text(""), bytes_text(""),
            bytes_text(has_caps ? caps[roll(state, 6)] : "")
        };
        assert_int_equal(
            sheet_add(sheet, fields, 8, (struct sheet_origin){ 0 }), OK);
    }
    sheet_sort(sheet, NULL, NULL);
    struct edition_walk walk = edition_walk_sheet(sheet);
    assert_int_equal(roster_load(roster, &walk), OK);
    sheet_free(sheet);
}

static struct sheet *recusals(uint64_t *state)
{
    struct sheet *sheet = sheet_make();
    for (uint32_t i = 0; i < ROWS; i++) {
        char code[8], certificate[8];
        if (roll(state, 3) != 0) continue;
        snprintf(code, sizeof code, "T%u", (unsigned)i);
        snprintf(certificate, sizeof certificate, "H%u",
                 (unsigned)roll(state, 9));
        const struct bytes fields[3] = { bytes_text(code),
                                         bytes_text(certificate),
                                         bytes_text("") };
        assert_int_equal(
            sheet_add(sheet, fields, 3, (struct sheet_origin){ 0 }), OK);
    }
    sheet_sort(sheet, NULL, NULL);
    return sheet;
}

struct found {
    uint32_t sure, unsure, open; /* cases */
};

static bool has_open_outcome(const struct frozen *f, uint64_t *state)
{
    bool is_open = false;
    for (uint32_t i = 0; i < OUTCOMES && !is_open; i++) {
        struct outcome outcome;
        struct hash seed = { { (uint8_t)i, (uint8_t)roll(state, 256) } };
        assert_int_equal(outcome_try(&outcome, f, &seed), OK);
        is_open = outcome.open_count != 0;
        outcome_release(&outcome);
    }
    return is_open;
}

static void try_case(struct found *found, uint64_t *state, bool has_caps)
{
    struct announcement a;
    struct roster roster;
    struct frozen frozen;
    struct feasible feasible;
    uint32_t take = has_caps ? 1 + roll(state, ROWS) : ROWS;
    announce(&a, take, 1 + roll(state, 2), 1 + roll(state, 2));
    struct frozen_input input = { .announcement = &a,
                                  .targets = targets(state),
                                  .roster = &roster };
    inspectors(&roster, state, has_caps);
    struct sheet *recused = recusals(state);
    input.recusals = recused;
    assert_int_equal(frozen_build(&frozen, &input), OK);
    assert_int_equal(feasible_check(&feasible, &frozen), OK);
    bool is_open = has_open_outcome(&frozen, state);
    /* "Sure" is a promise; without caps it is also the whole truth. */
    if (feasible.is_sure) assert_false(is_open);
    if (!has_caps) assert_int_equal(feasible.is_sure, !is_open);
    if (feasible.short_rows != 0 && take == ROWS) assert_true(is_open);
    if (!feasible.is_sure) assert_int_equal(feasible.trials, 200);
    found->sure += feasible.is_sure;
    found->unsure += !feasible.is_sure;
    found->open += is_open;
    frozen_release(&frozen);
    sheet_free(recused);
    sheet_free((struct sheet *)(uintptr_t)input.targets);
    roster_release(&roster);
    announcement_release(&a);
}

static void what_is_sure_has_no_open_seat(void **state)
{
    (void)state;
    for (int has_caps = 0; has_caps < 2; has_caps++) {
        struct found found = { 0 };
        uint64_t random = 7;
        for (int i = 0; i < CASES; i++)
            try_case(&found, &random, has_caps != 0);
        print_message("%u sure, %u unsure, %u of these with open seats\n",
                      (unsigned)found.sure, (unsigned)found.unsure,
                      (unsigned)found.open);
        assert_true(found.sure > CASES / 40);
        assert_true(found.open > CASES / 40);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sure_has_no_open_seat),
    };
    if (crypto_begin() != OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
