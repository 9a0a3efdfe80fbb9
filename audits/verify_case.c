#include "audits/verify_case.h"

#include <stdlib.h>

const struct verify_entry *verify_case_entry(const struct verify *v,
                                             enum verify_kind kind)
{
    return v->at[kind] == VERIFY_NONE ? NULL : &v->entries[v->at[kind]];
}

const struct value *verify_case_value(const struct verify *v,
                                      enum verify_kind kind)
{
    const struct verify_entry *entry = verify_case_entry(v, kind);
    return entry == NULL ? NULL : entry->value;
}

const struct value *verify_case_list(const struct verify *v,
                                     const struct value *entry,
                                     const char *key)
{
    const struct value *shell = value_member(entry, key);
    if (shell == NULL) return NULL;
    for (size_t i = 0; i < v->list_count; i++)
        if (v->lists[i].shell == shell) return v->lists[i].array;
    return NULL;
}

static int compare_texts(const void *a, const void *b)
{
    const struct bytes *x = a, *y = b;
    return bytes_compare(*x, *y);
}

bool verify_case_differ(struct bytes *texts, size_t count)
{
    qsort(texts, count, sizeof *texts, compare_texts);
    for (size_t i = 1; i < count; i++)
        if (bytes_equal(texts[i - 1], texts[i])) return false;
    return true;
}

size_t verify_case_stratum(const struct verify *v, struct bytes name)
{
    for (size_t i = 0; i < v->stratum_count; i++)
        if (bytes_equal(v->strata[i].name, name)) return i;
    return VERIFY_NONE;
}

bool verify_case_holds(const struct verify *v, enum verify_head_name head,
                       const struct verify_entry *entry)
{
    return v->heads[head].value != NULL && entry != NULL &&
           entry->index < v->heads[head].checkpoint.head.size;
}

struct merkle_path verify_case_path(const struct value *path)
{
    struct merkle_path read = { 0 };
    const struct value *at = value_first(path);
    for (; at != NULL && read.count < MERKLE_PATH_MAX;
         at = value_next(path, at))
        read.at[read.count++] = value_hash(at);
    return read;
}

bool verify_case_proves(const struct value *path, uint64_t index,
                        struct bytes leaf, const struct merkle_head *head)
{
    struct merkle_path read = verify_case_path(path);
    struct merkle_place place = { index, merkle_leaf(leaf) };
    return merkle_check_inclusion(&read, &place, head) == OK;
}

struct verify_target *verify_case_target(const struct verify *v,
                                         size_t stratum, uint64_t position)
{
    for (size_t i = 0; i < v->target_count; i++)
        if (v->targets[i].stratum == stratum &&
            v->targets[i].position == position)
            return &v->targets[i];
    return NULL;
}

bool verify_case_is_unwitnessed(const struct verify *v)
{
    return v->policy->quorum.who == POLICY_NONE;
}

const struct verify_entry *verify_case_last(const struct verify *v)
{
    return &v->entries[v->entry_count - 1];
}

/* RFC 9162 2.1.3.2 without a root to compare with. */
bool verify_case_climb(struct hash *root, const struct merkle_path *path,
                       const struct merkle_place *place, uint64_t size)
{
    if (place->index >= size) return false;
    uint64_t at = place->index, last = size - 1;
    *root = place->leaf;
    for (size_t i = 0; i < path->count; i++, at /= 2, last /= 2) {
        if (last == 0) return false;
        if (at % 2 == 0 && at != last) {
            *root = merkle_node(root, &path->at[i]);
            continue;
        }
        *root = merkle_node(&path->at[i], root);
        for (; at % 2 == 0 && at != 0; at /= 2) last /= 2;
    }
    return last == 0;
}

bool verify_case_root(struct hash *root, const struct value *path,
                      const struct merkle_place *place, uint64_t size)
{
    struct merkle_path read = verify_case_path(path);
    return verify_case_climb(root, &read, place, size);
}

struct standin_list verify_case_numbers(struct verify *v,
                                        const struct value *array)
{
    uint32_t *numbers =
        arena_take_raw(&v->arena, value_count(array) * sizeof *numbers);
    struct standin_list list = { numbers, 0 };
    if (numbers == NULL) return list;
    const struct value *at = value_first(array);
    for (; at != NULL; at = value_next(array, at)) {
        uint64_t number = value_u64(at);
        numbers[list.count++] =
            number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
    }
    return list;
}

bool verify_case_pools(struct verify *v)
{
    if (v->pools != NULL) return true;
    const struct value *list =
        verify_case_list(v, verify_case_value(v, KIND_FREEZE), "pools");
    v->pools = arena_take(&v->arena, value_count(list), sizeof *v->pools);
    if (v->pools == NULL) return false;
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at))
        v->pools[v->pool_count++] = verify_case_numbers(v, at);
    return !v->arena.is_short;
}
