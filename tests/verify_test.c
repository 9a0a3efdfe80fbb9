/* verify_test — proofs of a rehearsal hold, and nothing else does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audits/receipt.h"
#include "audits/verify.h"
#include "audits/verify_seed.h"
#include "audits/verify_verdict.h"
#include "host/crypto.h"
#include "host/file.h"

enum { T4 = 1801526400 }; /* of the draw in tests/vectors/proof */

static struct bytes load(const char *name)
{
    char path[200];
    struct bytes whole;
    snprintf(path, sizeof path, "tests/vectors/proof/%s", name);
    assert_int_equal(file_read(&whole, path, (size_t)1 << 20), OK);
    return whole;
}

static const struct verify_options rehearsal = { .is_rehearsal = true };

static void assert_rule(const struct verify *v, int exit, const char *rule)
{
    assert_int_equal(v->exit, exit);
    if (rule == NULL) assert_null(v->rule);
    else assert_string_equal(v->rule, rule);
}

/* Runs and releases: only the exit and the rule remain. */
static void expect(struct bytes file, const struct verify_options *options,
                   int exit, const char *rule)
{
    struct verify v;
    verify_run(&v, file, options);
    assert_rule(&v, exit, rule);
    verify_end(&v);
}

static void every_stage_of_a_draw_holds(void **state)
{
    (void)state;
    static const char *const names[] = {
        "public-frozen.json",    "public-revealed.json",
        "public-drawn.json",     "public-opened.json",
        "internal-frozen.json",  "internal-revealed.json",
        "internal-drawn.json",   "internal-opened.json",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct bytes file = load(names[i]);
        expect(file, &rehearsal, VERIFY_HOLDS, NULL);
        struct verify_options none = { 0 };
        expect(file, &none, VERIFY_UNASKED, NULL);
        struct verify_options unwitnessed = { .is_unwitnessed = true };
        expect(file, &unwitnessed, VERIFY_UNASKED, NULL);
        file_release(&file);
    }
}

static void the_key_decides_whose_log_it_is(void **state)
{
    (void)state;
    struct bytes file = load("public-opened.json");
    struct bytes key = load("public.vkey");
    struct verify_options options = rehearsal;
    options.vkey = bytes_slice(key, 0, key.len - 1);
    expect(file, &options, VERIFY_HOLDS, NULL);

    uint8_t public_key[CRYPTO_PUBLIC_LEN], seed[CRYPTO_SEED_LEN] = { 2 };
    uint8_t room[NOTE_VKEY_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct note_key other;
    crypto_public(public_key, seed);
    struct bytes name = bytes_text("draw.example.gov/log1/rehearsal");
    assert_int_equal(note_key_make(&other, name, NOTE_ED25519, public_key),
                     OK);
    note_key_write(&w, &other);
    options.vkey = writer_bytes(&w);
    expect(file, &options, VERIFY_REFUTED, "2.02");
    options.vkey = bytes_text("no key");
    expect(file, &options, VERIFY_UNUSABLE, "0");
    file_release(&key);
    file_release(&file);
}

static void an_unopened_draw_is_refuted_after_its_time(void **state)
{
    (void)state;
    struct bytes drawn = load("public-drawn.json");
    struct bytes opened = load("public-opened.json");
    struct verify_options options = { .is_rehearsal = true, .has_at = true };
    options.at = T4;
    expect(drawn, &options, VERIFY_HOLDS, NULL);
    options.at = T4 + 1;
    expect(drawn, &options, VERIFY_REFUTED, "4.38");
    expect(opened, &options, VERIFY_HOLDS, NULL);
    file_release(&opened);
    file_release(&drawn);
}

/* A policy of one witness whom the log has never met. */
static void a_policy_of_the_readers_own_is_asked_too(void **state)
{
    (void)state;
    struct bytes file = load("public-opened.json");
    uint8_t seed[CRYPTO_SEED_LEN] = { 1 }, key[CRYPTO_PUBLIC_LEN];
    struct note_key witness;
    char room[1024];
    struct writer w = writer_into(room, sizeof room);
    crypto_public(key, seed);
    assert_int_equal(note_key_make(&witness, bytes_text("w.example/1"),
                                   NOTE_COSIGNATURE, key),
                     OK);
    writer_text(&w, "# my own\nwitness w1 ");
    note_key_write(&w, &witness);
    writer_text(&w, "\nquorum w1\n");
    struct verify_options options = rehearsal;
    options.policy = writer_bytes(&w);
    expect(file, &options, VERIFY_REFUTED, "4.40");
    options.policy = bytes_text("quorum none\n");
    expect(file, &options, VERIFY_HOLDS, NULL);
    options.policy = bytes_text("quorum w9\n");
    expect(file, &options, VERIFY_UNUSABLE, "0");
    file_release(&file);
}

static void a_stranger_finishes_a_draw(void **state)
{
    (void)state;
    struct bytes revealed = load("public-revealed.json");
    struct bytes drawn = load("public-drawn.json");
    struct verify v, w;
    struct verify_options options = rehearsal;
    verify_run(&v, drawn, &options);
    assert_rule(&v, VERIFY_HOLDS, NULL);
    options.has_signature = true;
    assert_int_equal(
        bytes_read_hex(options.signature, sizeof options.signature,
                       value_member_text(verify_case_value(&v, KIND_BEACON),
                                         "signature")),
        OK);
    verify_run(&w, revealed, &options);
    assert_rule(&w, VERIFY_HOLDS, NULL);
    assert_int_equal(v.strata[0].take, 3);
    assert_memory_equal(v.strata[0].out, w.strata[0].out,
                        3 * sizeof *w.strata[0].out);
    assert_true(verify_seed_is_drawn(&w.strata[0], w.strata[0].out[2]));
    verify_end(&w);

    expect(drawn, &options, VERIFY_REFUTED, "4.41");
    options.signature[47] ^= 1;
    expect(revealed, &options, VERIFY_REFUTED, "4.41");
    verify_end(&v);
    file_release(&drawn);
    file_release(&revealed);
}

/* One bit a byte, each time another one. */
static void flip_every_byte(const char *name)
{
    struct bytes file = load(name);
    uint8_t *copy = malloc(file.len);
    assert_non_null(copy);
    memcpy(copy, file.at, file.len);
    uint32_t random = 1;
    for (size_t i = 0; i < file.len; i++) {
        random = random * 1664525 + 1013904223;
        uint8_t bit = (uint8_t)(1U << (random >> 29));
        copy[i] ^= bit;
        struct verify v;
        verify_run(&v, bytes_of(copy, file.len), &rehearsal);
        if (v.exit == VERIFY_HOLDS || v.exit == VERIFY_UNASKED ||
            v.rule == NULL)
            fail_msg("%s: byte %zu, bit %u passes", name, i, bit);
        verify_end(&v);
        copy[i] ^= bit;
    }
    free(copy);
    file_release(&file);
}

static void no_flipped_bit_passes(void **state)
{
    (void)state;
    flip_every_byte("public-opened.json");
    flip_every_byte("internal-opened.json");
    flip_every_byte("public-frozen.json");
}

static void a_piece_of_a_proof_is_unusable(void **state)
{
    (void)state;
    struct bytes file = load("public-drawn.json");
    for (size_t len = 0; len < file.len; len += 7) {
        struct verify v;
        verify_run(&v, bytes_slice(file, 0, len), &rehearsal);
        assert_rule(&v, VERIFY_UNUSABLE, "1.02");
        verify_end(&v);
    }
    file_release(&file);
}

static void the_verdict_names_what_it_refuses(void **state)
{
    (void)state;
    struct bytes file = load("public-drawn.json");
    struct verify v;
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);
    assert_non_null(to);
    verify_run(&v, file, &rehearsal);
    verify_verdict_print(to, &v);
    verify_end(&v);
    verify_run(&v, bytes_text("{}\n"), &rehearsal);
    verify_verdict_print(to, &v);
    verify_end(&v);
    fclose(to);
    assert_int_equal(strncmp(text, "演练，不是正式抽查\n核验通过",
                             strlen("演练，不是正式抽查\n核验通过")),
                     0);
    assert_non_null(strstr(text, "\nrule 1.03\n"));
    free(text);
    file_release(&file);
}

/* ---- receipts ----------------------------------------------------------- */

static struct receipt make_receipt(const struct verify *v, size_t index)
{
    const struct verify_target *target = &v->targets[index];
    const struct value *value = target->value;
    struct hash dblind = value_member_hash(value, "dblind");
    struct bytes duty = value_member_text(value, "duty");
    struct bytes args[] = { hash_bytes(&dblind), duty };
    return (struct receipt){
        .origin = v->policy->logs[0].key.name,
        .draw = 1,
        .stratum = v->strata[0].name,
        .position = target->position,
        .order = value_member_hash(value, "order"),
        .row = value_member_text(value, "row"),
        .blind = value_member_hash(value, "blind"),
        .duty = hash_tagged("duty/v1", args, 2),
        .path = verify_case_path(value_member(value, "path")),
        .crew = value_member_text(value, "crew"),
        .crew_blind = value_member_hash(value, "crew_blind"),
        .crew_path = verify_case_path(value_member(value, "crew_path")),
    };
}

static void a_receipt_leads_to_the_committed_row_and_crew(void **state)
{
    (void)state;
    struct bytes file = load("internal-opened.json");
    struct verify v;
    verify_run(&v, file, &rehearsal);
    assert_rule(&v, VERIFY_HOLDS, NULL);
    for (size_t i = 0; i < v.target_count; i++) {
        uint8_t text[RECEIPT_LEN_MAX], room[RECEIPT_LEN_MAX];
        struct receipt made = make_receipt(&v, i), read;
        struct writer w = writer_into(text, sizeof text);
        receipt_write(&w, &made);
        assert_false(w.is_full);
        assert_int_equal(receipt_read(&read, room, writer_bytes(&w)), OK);
        assert_int_equal(receipt_check(&read, &v), OK);

        struct receipt other = read;
        other.position ^= 1;
        assert_int_not_equal(receipt_check(&other, &v), OK);
        other = read;
        other.draw++;
        assert_int_equal(receipt_check(&other, &v), ERR_KEY);
        other = read;
        other.crew_blind.b[0] ^= 1;
        assert_int_equal(receipt_check(&other, &v), ERR_PROOF);
        other = read;
        other.stratum = bytes_text("别的");
        assert_int_equal(receipt_check(&other, &v), ERR_ABSENT);
        for (size_t len = 0; len < w.len; len++)
            assert_int_not_equal(
                receipt_read(&other, room, bytes_of(text, len)), OK);
    }
    verify_end(&v);
    file_release(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_stage_of_a_draw_holds),
        cmocka_unit_test(the_key_decides_whose_log_it_is),
        cmocka_unit_test(an_unopened_draw_is_refuted_after_its_time),
        cmocka_unit_test(a_policy_of_the_readers_own_is_asked_too),
        cmocka_unit_test(a_stranger_finishes_a_draw),
        cmocka_unit_test(no_flipped_bit_passes),
        cmocka_unit_test(a_piece_of_a_proof_is_unusable),
        cmocka_unit_test(the_verdict_names_what_it_refuses),
        cmocka_unit_test(a_receipt_leads_to_the_committed_row_and_crew),
    };
    if (crypto_begin() != OK) return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
