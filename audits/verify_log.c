/* 4.01 to 4.09 and 4.11: the log, its plan, and what A promises. */
#include "audits/verify_rule.h"

#include "core/rate.h"

enum { DAY_S = 86400, OPENING_DAYS_MAX = 366, REVEAL_AFTER_S = 60 };

static bool ends_with(struct bytes whole, const char *end)
{
    size_t len = bytes_text(end).len;
    return whole.len >= len &&
           bytes_equal_text(bytes_slice(whole, whole.len - len, len), end);
}

bool verify_log_origin(struct verify *v)
{
    const struct verify_entry *log = verify_case_entry(v, KIND_LOG);
    struct bytes origin = value_member_text(log->value, "origin");
    return log->index == 0 &&
           bytes_equal(origin, v->policy->logs[0].key.name) &&
           ends_with(origin, "/rehearsal") == v->is_rehearsal;
}

/* H of the entry that the one at `index` must name; false: it is not here. */
static bool expected_prev(struct hash *hash, const struct verify *v,
                          size_t index)
{
    switch (v->entries[index].kind) {
    case KIND_LOG: bytes_fill(hash, 0, sizeof *hash); return true;
    case KIND_PLAN: return false;
    case KIND_SEED_BOOK:
    case KIND_ANNOUNCEMENT:
        *hash = v->entries[v->at[KIND_PLAN]].hash;
        return true;
    case KIND_FREEZE:
    case KIND_REVEAL:
    case KIND_BEACON:
    case KIND_DRAW:
    case KIND_VOID:
    case KIND_OPENING:
    case KIND_REPLACEMENT:
    case KIND_STAND_IN:
    case KIND_DIRECT:
    case KIND_ANNUL: *hash = v->entries[index - 1].hash; return true;
    case KIND_ITEMS:
    case KIND_COUNT: return false;
    }
    return false;
}

bool verify_log_prev(struct verify *v)
{
    for (size_t i = 0; i < v->entry_count; i++) {
        struct hash wanted;
        if (!expected_prev(&wanted, v, i)) continue;
        struct hash prev = value_member_hash(v->entries[i].value, "prev");
        if (!hash_equal(prev, wanted)) return false;
    }
    return true;
}

bool verify_log_time(struct verify *v)
{
    for (size_t i = 1; i < v->entry_count; i++)
        if (value_member_u64(v->entries[i].value, "time") <
            value_member_u64(v->entries[i - 1].value, "time"))
            return false;
    return true;
}

bool verify_log_draw(struct verify *v)
{
    uint64_t draw =
        value_member_u64(verify_case_value(v, KIND_ANNOUNCEMENT), "draw");
    for (size_t i = 0; i < v->entry_count; i++) {
        uint64_t wanted = v->entries[i].kind < KIND_ANNOUNCEMENT ? 0 : draw;
        if (value_member_u64(v->entries[i].value, "draw") != wanted)
            return false;
    }
    return draw >= 1;
}

bool verify_log_book(struct verify *v)
{
    const struct verify_entry *book = verify_case_entry(v, KIND_SEED_BOOK);
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    if (!hash_equal(value_member_hash(a, "book"), book->hash)) return false;

    const struct value *commitment = value_member(v->proof, "commitment");
    struct hash commit = value_member_hash(commitment, "commit");
    struct merkle_head head = { value_member_u64(book->value, "slots"),
                                value_member_hash(book->value, "root") };
    uint64_t slot = value_member_u64(a, "slot");
    return slot < head.size &&
           verify_case_proves(value_member(commitment, "path"), slot,
                              hash_bytes(&commit), &head);
}

/* ---- 4.06: A does what the plan says ----------------------------------- */

static const struct value *find_batch(struct verify *v, struct bytes code)
{
    const struct value *list = verify_case_list(
        v, verify_case_value(v, KIND_PLAN), "batches");
    struct bytes *codes =
        arena_take(&v->arena, value_count(list), sizeof *codes);
    const struct value *found = NULL;
    size_t count = 0;
    if (codes == NULL) return NULL;
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at)) {
        codes[count] = value_member_text(at, "code");
        if (bytes_equal(codes[count++], code)) found = at;
    }
    return verify_case_differ(codes, count) ? found : NULL;
}

static bool has_items(const struct value *batch, const struct value *items)
{
    const struct value *planned = value_member(batch, "items");
    const struct value *item = value_first(items);
    for (; item != NULL; item = value_next(items, item)) {
        const struct value *at = value_first(planned);
        while (at != NULL && !bytes_equal(value_text(at), value_text(item)))
            at = value_next(planned, at);
        if (at == NULL) return false;
    }
    return true;
}

static bool has_departments(const struct value *batch,
                            const struct value *departments)
{
    const struct value *planned = value_member(batch, "departments");
    const struct value *name = value_first(planned);
    const struct value *at = value_first(departments);
    for (; name != NULL && at != NULL;
         name = value_next(planned, name), at = value_next(departments, at))
        if (!bytes_equal(value_text(name), value_member_text(at, "name")))
            return false;
    return name == NULL && at == NULL;
}

static bool has_same_take(const struct value *a, const struct value *b)
{
    return bytes_equal(value_member_text(a, "take"),
                       value_member_text(b, "take")) &&
           value_member_u64(a, "least") == value_member_u64(b, "least");
}

/* The one quota for all: a rate for each stratum, or a count to share. */
static bool shares_quota(const struct value *quota, const struct value *strata)
{
    struct rate planned, rate;
    if (rate_read(&planned, value_member_text(quota, "take")) != OK)
        return false;
    uint64_t sum = 0;
    const struct value *at = value_first(strata);
    for (; at != NULL; at = value_next(strata, at)) {
        if (rate_read(&rate, value_member_text(at, "take")) != OK)
            return false;
        if (planned.is_percent && !has_same_take(quota, at)) return false;
        if (!planned.is_percent && rate.is_percent) return false;
        sum += rate.is_percent ? 0 : rate.amount;
    }
    return planned.is_percent || sum == planned.amount;
}

static bool has_quotas(const struct value *quotas, const struct value *strata)
{
    const struct value *quota = value_first(quotas);
    if (quotas->count == 1 &&
        value_is_text(value_member(quota, "name"), "全部"))
        return shares_quota(quota, strata);
    const struct value *at = value_first(strata);
    for (; quota != NULL && at != NULL;
         quota = value_next(quotas, quota), at = value_next(strata, at))
        if (!bytes_equal(value_member_text(quota, "name"),
                         value_member_text(at, "name")) ||
            !has_same_take(quota, at))
            return false;
    return quota == NULL && at == NULL;
}

bool verify_log_plan(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    const struct value *batch = find_batch(v, value_member_text(a, "batch"));
    return batch != NULL && has_items(batch, value_member(a, "items")) &&
           has_departments(batch, value_member(a, "departments")) &&
           has_quotas(value_member(batch, "quotas"),
                      value_member(a, "strata"));
}

/* ---- policy, chain, times, modes --------------------------------------- */

bool verify_log_policy(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    struct hash sum = hash_sha256(value_member_text(v->proof, "policy"));
    if (!hash_equal(sum, value_member_hash(a, "policy"))) return false;
    struct bytes mirror = value_member_text(a, "mirror");
    if (mirror.len == 0) return true;
    for (uint32_t i = 0; i < v->policy->witness_count; i++)
        if (bytes_equal(v->policy->witnesses[i].name, mirror)) return true;
    return false;
}

static struct chain read_test_chain(const struct value *beacon)
{
    uint8_t key[CHAIN_KEY_LEN];
    if (bytes_read_hex(key, sizeof key, value_member_text(beacon, "key")) !=
        OK)
        bytes_fill(key, 0, sizeof key);
    return chain_test(value_member_u64(beacon, "genesis"),
                      (uint32_t)value_member_u64(beacon, "period"), key);
}

bool verify_log_chain(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    bool is_test = value_is_text(value_member(a, "beacon"), "test");
    if (is_test != v->is_rehearsal) return false;
    v->chain = is_test ? read_test_chain(value_member(
                             verify_case_value(v, KIND_LOG), "beacon")) :
                         *chain_quicknet();
    return v->chain.genesis <= value_member_u64(a, "t0");
}

bool verify_log_times(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    uint64_t t0 = value_member_u64(a, "t0"), t1 = value_member_u64(a, "t1");
    uint64_t t4 = value_member_u64(a, "t4");
    uint64_t gap = v->is_rehearsal ? 1 : REVEAL_AFTER_S;
    uint32_t delay =
        v->is_rehearsal ? CHAIN_DELAY_REHEARSAL_S : CHAIN_DELAY_S;
    v->round = chain_round(&v->chain, t1, delay);
    return t0 + gap <= t1 && t1 < t4 &&
           t4 <= t1 + (uint64_t)OPENING_DAYS_MAX * DAY_S;
}

static bool takes_all(const struct value *strata)
{
    const struct value *at = value_first(strata);
    for (; at != NULL; at = value_next(strata, at))
        if (!value_is_text(value_member(at, "take"), "100%")) return false;
    return true;
}

bool verify_log_mode(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    const struct value *strata = value_member(a, "strata");
    if (v->is_open && !v->is_public) return false;
    if (!value_is_null(value_member(a, "given")) && !takes_all(strata))
        return false;
    if (!value_is_text(value_member(a, "stratify"), "none")) return true;
    return strata->count == 1 &&
           value_is_text(value_member(value_first(strata), "name"), "全部");
}
