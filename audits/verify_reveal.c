/* 4.18 to 4.20: the reveal, and the ways a draw ends in void. */
#include "audits/verify_rule.h"

#include "core/digest.h"
#include "core/ed25519.h"
#include "core/frame.h"
#include "core/seed.h"

enum { VALUE_LEN_MAX = 64 };

static bool is_cause(const struct verify *v, const char *cause)
{
    const struct value *ending = verify_case_value(v, KIND_VOID);
    return value_is_text(value_member(ending, "cause"), cause);
}

/* The secret is the slot's, and the frame key, if it is shown, F's. */
static bool does_open(const struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    const struct value *f = verify_case_value(v, KIND_FREEZE);
    const struct value *reveal = verify_case_value(v, KIND_REVEAL);
    struct bytes book =
        value_member_text(verify_case_value(v, KIND_SEED_BOOK), "book");
    struct hash secret = value_member_hash(reveal, "secret");
    struct hash commit = seed_commit(
        book, (uint32_t)value_member_u64(a, "slot"), &secret);
    const struct value *commitment = value_member(v->proof, "commitment");
    if (!hash_equal(commit, value_member_hash(commitment, "commit")))
        return false;
    if (!v->is_open) return true;
    struct hash key = value_member_hash(reveal, "frame_key");
    return hash_equal(frame_key_commitment(value_member_u64(a, "draw"), &key),
                      value_member_hash(f, "frame_key"));
}

static bool is_contribution_good(const struct verify *v,
                                 const struct value *contributor,
                                 const struct value *contribution)
{
    struct bytes name = value_member_text(contributor, "name");
    if (!bytes_equal(name, value_member_text(contribution, "name")))
        return false;
    uint8_t value[VALUE_LEN_MAX], signature[ED25519_SIGNATURE_LEN];
    struct bytes digits = value_member_text(contribution, "value");
    if (bytes_read_hex(value, digits.len / 2, digits) != OK ||
        bytes_read_hex(signature, sizeof signature,
                       value_member_text(contribution, "signature")) != OK)
        return false;
    struct hash freeze = verify_case_entry(v, KIND_FREEZE)->hash;
    struct hash message = digest_contribution(
        &freeze, name, bytes_of(value, digits.len / 2));
    struct hash key = value_member_hash(contributor, "key");
    return ed25519_verify(signature, hash_bytes(&message), key.b);
}

static bool is_contributed(const struct verify *v)
{
    const struct value *wanted = value_member(
        verify_case_value(v, KIND_ANNOUNCEMENT), "contributors");
    const struct value *given = value_member(
        verify_case_value(v, KIND_REVEAL), "contributions");
    if (wanted->count != given->count) return false;
    const struct value *w = value_first(wanted), *g = value_first(given);
    for (; w != NULL; w = value_next(wanted, w), g = value_next(given, g))
        if (!is_contribution_good(v, w, g)) return false;
    return true;
}

bool verify_reveal_secret(struct verify *v)
{
    return v->at[KIND_REVEAL] == VERIFY_NONE || is_cause(v, "does-not-open") ||
           does_open(v);
}

bool verify_reveal_contributions(struct verify *v)
{
    return v->at[KIND_REVEAL] == VERIFY_NONE ||
           v->at[KIND_VOID] != VERIFY_NONE || is_contributed(v);
}

bool verify_reveal_void(struct verify *v)
{
    const struct verify_entry *ending = verify_case_entry(v, KIND_VOID);
    if (ending == NULL) return true;
    if (is_cause(v, "freeze-late") || is_cause(v, "reveal-late")) {
        struct verify_judge judge = { v->policy, false };
        return verify_time_late(v, &judge);
    }
    if ((ending - 1)->kind != KIND_REVEAL) return false;
    if (value_member_text(ending->value, "head").len != 0) return false;
    if (is_cause(v, "does-not-open")) return !does_open(v);
    return does_open(v) && !is_contributed(v);
}
