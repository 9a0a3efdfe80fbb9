/* fuzz: service/core/policy.c service/core/policy_quorum.c */
/*
 * policy_fuzz — any bytes as a policy, up to a NUL; behind it a note that is
 * judged by it.  What is read is written in the one form, which reads the
 * same; a canonical text is written as it was.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/policy.h"
#include "host/crypto.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static struct policy policy, again;
static uint8_t written[2 << 17], twice[2 << 17];

static void check(bool holds)
{
    if (!holds) abort();
}

static void check_written(struct bytes text)
{
    struct writer w = writer_into(written, sizeof written);
    struct writer v = writer_into(twice, sizeof twice);
    policy_write(&w, &policy);
    check(!w.is_full);
    check(policy_read(&again, writer_bytes(&w)) == OK);
    policy_write(&v, &again);
    check(bytes_equal(writer_bytes(&w), writer_bytes(&v)));
    if (policy_read_canonical(&again, text) == OK)
        check(bytes_equal(writer_bytes(&w), text));
}

static void check_quorum(struct bytes text)
{
    static struct note note;
    static struct policy_view view;
    struct checkpoint checkpoint;
    struct policy_bound bound = policy_bound(&policy);
    uint32_t all = policy.witness_count == 32
                       ? UINT32_MAX
                       : (1U << policy.witness_count) - 1;
    uint64_t first = 0, last = 0;
    check(bound.q <= bound.n || bound.n == 0);
    check(policy_is_met(&policy, all));
    if (note_read(&note, text) != OK) return;
    enum err opened = policy_open_checkpoint(&checkpoint, &policy, &note);
    if (policy_is_note_ordered(&policy, &note)) check(opened != ERR_ABSENT);
    if (policy_view_note(&view, &policy, &note) != OK) return;
    check((view.witnesses & ~all) == 0);
    bool has_first = policy_first_time(&first, &policy, &view) == OK;
    bool has_last = policy_last_time(&last, &policy, &view) == OK;
    check(has_first == has_last);
    if (policy.quorum.who != POLICY_NONE)
        check(has_first == policy_is_met(&policy, view.witnesses));
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    const uint8_t *end = len == 0 ? NULL : memchr(at, 0, len);
    size_t text_len = end == NULL ? len : (size_t)(end - at);
    struct bytes text = bytes_of(at, text_len);
    if (crypto_begin() != OK || policy_read(&policy, text) != OK) return 0;
    check_written(text);
    check_quorum(bytes_slice(bytes_of(at, len), text_len + 1, len));
    return 0;
}
