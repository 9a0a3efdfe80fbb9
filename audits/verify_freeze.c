/* 4.12 to 4.15: what was frozen. */
#include "audits/verify_rule.h"

#include "core/digest.h"
#include "core/ed25519.h"
#include "core/rate.h"

enum { HIDING_COUNT_MIN = 10 };
/* Positions of all strata together: what a verifier is asked to compute. */
#define TAKE_SUM_MAX UINT64_C(10000000)

/* From A's stratum and F's of the same place; false: not the same name. */
static bool make_stratum(struct verify_stratum *stratum,
                         const struct value *announced,
                         const struct value *frozen)
{
    struct rate rate;
    stratum->name = value_member_text(announced, "name");
    if (!bytes_equal(stratum->name, value_member_text(frozen, "name")))
        return false;
    if (rate_read(&rate, value_member_text(announced, "take")) != OK)
        return false;
    stratum->count = value_member_u64(frozen, "count");
    stratum->commitment = value_member_hash(frozen, "commitment");
    stratum->take = rate_take(&rate, stratum->count,
                              value_member_u64(announced, "least") == 1);
    return true;
}

static bool make_strata(struct verify *v, const struct value *announced,
                        const struct value *frozen)
{
    if (announced->count != frozen->count) return false;
    v->strata = arena_take(&v->arena, announced->count, sizeof *v->strata);
    if (v->strata == NULL) return false;
    const struct value *a = value_first(announced), *f = value_first(frozen);
    for (; a != NULL;
         a = value_next(announced, a), f = value_next(frozen, f))
        if (!make_stratum(&v->strata[v->stratum_count++], a, f)) return false;
    return true;
}

/* Adds without passing the limit of integers. */
static bool add(uint64_t *sum, uint64_t more)
{
    *sum += more;
    return *sum <= (uint64_t)CANON_INTEGER_MAX;
}

bool verify_freeze_strata(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    const struct value *f = verify_case_value(v, KIND_FREEZE);
    if (f == NULL) return true;
    if (!make_strata(v, value_member(a, "strata"), value_member(f, "strata")))
        return false;

    uint64_t codes = 0, take = 0;
    for (size_t i = 0; i < v->stratum_count; i++)
        if (!add(&codes, v->strata[i].count) || !add(&take, v->strata[i].take))
            return false;
    const struct value *excluded = value_member(f, "excluded");
    if (excluded->count != value_member(a, "exclusions")->count + 1)
        return false;
    uint64_t rule = 0;
    const struct value *at = value_first(excluded);
    for (; at != NULL; at = value_next(excluded, at))
        if (value_member_u64(at, "rule") != rule++ ||
            !add(&codes, value_member_u64(at, "count")))
            return false;
    return take <= TAKE_SUM_MAX &&
           codes == value_member_u64(value_member(f, "register"), "codes");
}

bool verify_freeze_hiding(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    if (v->is_open || value_is_text(value_member(a, "disclosure"), "waived"))
        return true;
    for (size_t i = 0; i < v->stratum_count; i++) {
        const struct verify_stratum *stratum = &v->strata[i];
        if (stratum->count != 0 && (stratum->count < HIDING_COUNT_MIN ||
                                    stratum->take >= stratum->count))
            return false;
    }
    return true;
}

/* As text is ordered: number by number, a shorter one before its longer. */
static int compare_pools(const struct value *a, const struct value *b)
{
    const struct value *x = value_first(a), *y = value_first(b);
    for (; x != NULL && y != NULL; x = value_next(a, x), y = value_next(b, y))
        if (x->as.number != y->as.number)
            return x->as.number < y->as.number ? -1 : 1;
    return (x != NULL) - (y != NULL);
}

static bool is_pool_good(const struct value *pool, uint64_t inspectors)
{
    const struct value *last = NULL;
    const struct value *at = value_first(pool);
    for (; at != NULL; at = value_next(pool, at)) {
        if (value_u64(at) >= inspectors) return false;
        if (last != NULL && value_u64(last) >= value_u64(at)) return false;
        last = at;
    }
    return true;
}

bool verify_freeze_pools(struct verify *v)
{
    const struct value *f = verify_case_value(v, KIND_FREEZE);
    if (f == NULL) return true;
    uint64_t inspectors = value_member_u64(value_member(f, "roster"), "count");
    const struct value *pools = verify_case_list(v, f, "pools");
    const struct value *last = NULL;
    const struct value *at = value_first(pools);
    for (; at != NULL; at = value_next(pools, at)) {
        if (!is_pool_good(at, inspectors)) return false;
        if (last != NULL && compare_pools(last, at) >= 0) return false;
        last = at;
    }
    return verify_case_list(v, f, "caps")->count == inspectors;
}

/* F without the member custody: keys stand before and behind it. */
static struct bytes cut_custody(struct verify *v, struct bytes text,
                                const struct value *custody)
{
    const uint8_t *start = (custody - 1)->at;
    const uint8_t *end = custody->at + custody->len + 1;
    size_t before = (size_t)(start - text.at);
    uint8_t *room = arena_take_raw(&v->arena, text.len);
    if (room == NULL) return (struct bytes){ NULL, 0 };
    struct writer w = writer_into(room, text.len);
    writer_add(&w, bytes_slice(text, 0, before));
    writer_add(&w, bytes_slice(text, (size_t)(end - text.at), text.len));
    return writer_bytes(&w);
}

bool verify_freeze_custody(struct verify *v)
{
    const struct verify_entry *freeze = verify_case_entry(v, KIND_FREEZE);
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    const struct value *custodian = value_member(a, "custodian");
    if (freeze == NULL || value_is_null(custodian)) return true;

    uint8_t signature[ED25519_SIGNATURE_LEN];
    const struct value *custody = value_member(freeze->value, "custody");
    if (bytes_read_hex(signature, sizeof signature, value_text(custody)) != OK)
        return false;
    struct hash announced = verify_case_entry(v, KIND_ANNOUNCEMENT)->hash;
    struct hash message =
        digest_custody(&announced, cut_custody(v, freeze->text, custody));
    struct hash key = value_member_hash(custodian, "key");
    return ed25519_verify(signature, hash_bytes(&message), key.b);
}
