/* fuzz: audits/receipt.c */
/*
 * receipt_fuzz — any bytes as a receipt, held against a genuine draw.
 *
 * What is printed of a receipt is what was read; only a position of the
 * draw, with the committed row and crew, is accepted.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "audits/receipt.h"
#include "audits/verify.h"
#include "host/crypto.h"
#include "host/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds) abort();
}

/* The draw of the corpus, verified once. */
static const struct verify *draw(void)
{
    static const struct verify_options options = { .is_rehearsal = true };
    static struct verify v;
    static struct bytes text;
    if (text.at != NULL) return &v;
    check(crypto_begin() == OK);
    check(file_read(&text, "tests/vectors/receipt/draw.proof.json",
                    SIZE_MAX / 2) == OK);
    verify_run(&v, text, &options);
    check(v.exit == VERIFY_HOLDS);
    return &v;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static uint8_t room[RECEIPT_LEN_MAX], again[2 * RECEIPT_LEN_MAX];
    struct receipt receipt;
    struct bytes text = bytes_of(at, len);
    if (receipt_read(&receipt, room, text) != OK) return 0;
    struct writer w = writer_into(again, sizeof again);
    receipt_write(&w, &receipt);
    check(!w.is_full && bytes_equal(writer_bytes(&w), text));
    enum err err = receipt_check(&receipt, draw());
    check(err != OK || receipt.draw != 0);
    static FILE *nowhere;
    if (nowhere == NULL) nowhere = fopen("/dev/null", "w");
    check(nowhere != NULL);
    check(receipt_print(nowhere, text, draw()) == (err == OK));
    return 0;
}
