/* fuzz: service/core/tlogproof.c */
/*
 * tlogproof_fuzz — a policy up to a NUL, an entry up to a NUL, then a proof
 * that the entry stands in a log of that policy.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/tlogproof.h"
#include "host/crypto.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds) abort();
}

static struct bytes take(struct bytes *rest)
{
    size_t len = 0;
    while (len < rest->len && rest->at[len] != 0) len++;
    struct bytes part = bytes_slice(*rest, 0, len);
    *rest = bytes_slice(*rest, len + 1, rest->len);
    return part;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static struct policy policy;
    static struct tlogproof proof;
    static uint8_t written[4 * NOTE_LEN_MAX];
    struct bytes rest = bytes_of(at, len);
    struct bytes rules = take(&rest), entry = take(&rest);
    if (crypto_begin() != OK || tlogproof_read(&proof, rest) != OK) return 0;
    struct writer w = writer_into(written, sizeof written);
    tlogproof_write(&w, &proof);
    check(bytes_equal(writer_bytes(&w), rest));
    if (policy_read(&policy, rules) != OK) return 0;
    if (tlogproof_check(&proof, merkle_leaf(entry), &policy) != OK) return 0;
    /* It stands at one place only. */
    proof.index ^= 1;
    check(tlogproof_check(&proof, merkle_leaf(entry), &policy) != OK ||
          proof.path.count == 0);
    return 0;
}
