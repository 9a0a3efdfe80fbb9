/* fuzz: audits/value.c audits/form.c audits/verify_proof.c */
/*
 * proof_fuzz — any bytes as a proof, an entry or a row.
 *
 * The reader of trees and core's recogniser agree on what is canonical; a
 * verification always ends, and a refusal names its rule.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "audits/verify.h"
#include "host/crypto.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds) abort();
}

static bool take_list(void *context, const struct form_list *list)
{
    (void)context;
    return list->shell != NULL;
}

/* Any text has one answer for each of the forms that a proof may hold. */
static void check_forms(const struct form_check *any,
                        const struct value *value)
{
    static const struct form *const others[] = {
        &verify_table_proof, &verify_table_duty, &verify_table_crew,
        &verify_table_inspector, &verify_table_dropped, &verify_table_removed,
        NULL
    };
    size_t fits = 0;
    for (size_t i = 0; i < KIND_COUNT; i++)
        fits += form_fits(any, &verify_table[i].form, value);
    for (size_t i = 0; others[i] != NULL; i++)
        fits += form_fits(any, others[i], value);
    check(fits <= 1);
}

static void check_value(struct bytes text)
{
    struct arena arena = { 0 };
    struct form_check any = { .list = take_list };
    const struct value *value = value_read(&arena, text, CANON_SORTED);
    check((value != NULL) == canon_is_canonical(text, CANON_SORTED));
    if (canon_is_canonical(text, CANON_FREE))
        check(value_read(&arena, text, CANON_FREE) != NULL);
    if (value != NULL) check(bytes_equal(value_source(value), text));
    for (unsigned facts = 0; value != NULL && facts < 256; facts += 51) {
        any.facts = facts;
        check_forms(&any, value);
    }
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static const struct verify_options options = { .is_rehearsal = true };
    struct bytes text = bytes_of(at, len);
    if (crypto_begin() != OK) return 0;
    check_value(text);
    struct verify v;
    verify_run(&v, text, &options);
    check((v.rule == NULL) ==
          (v.exit == VERIFY_HOLDS || v.exit == VERIFY_UNASKED));
    verify_end(&v);
    return 0;
}
