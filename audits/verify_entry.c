#include "audits/verify_rule.h"

enum { ENTRY_LEN_MAX = 65535, SEATS_MAX = 32 };

bool verify_entry_canonical(struct verify *v)
{
    for (size_t i = 0; i < v->entry_count; i++) {
        struct verify_entry *entry = &v->entries[i];
        if (entry->text.len > ENTRY_LEN_MAX) return false;
        entry->value = value_read(&v->arena, entry->text, CANON_SORTED);
        if (entry->value == NULL || entry->value->type != VALUE_OBJECT)
            return false;
        const struct value *kind = value_member(entry->value, "kind");
        if (kind == NULL || kind->type != VALUE_STRING) return false;
        entry->kind = verify_table_kind(value_text(kind));
    }
    return true;
}

/* What comes once, and all kinds between announcement and draw in order. */
static bool is_prefix(const struct verify *v)
{
    for (size_t i = 0; i < v->entry_count; i++) {
        enum verify_kind kind = v->entries[i].kind;
        if (i <= KIND_DRAW && kind == (enum verify_kind)i) continue;
        if (kind == KIND_VOID)
            return i + 1 == v->entry_count && i > KIND_ANNOUNCEMENT &&
                   i <= KIND_REVEAL + 1;
        if (i <= KIND_DRAW) return false;
    }
    return true;
}

bool verify_entry_order(struct verify *v)
{
    for (size_t i = 0; i < KIND_COUNT; i++) v->at[i] = VERIFY_NONE;
    if (!is_prefix(v)) return false;
    for (size_t i = 0; i < v->entry_count; i++) {
        enum verify_kind kind = v->entries[i].kind;
        if (kind >= KIND_ITEMS) return false;
        bool may_repeat = kind == KIND_REPLACEMENT || kind == KIND_STAND_IN ||
                          kind == KIND_DIRECT;
        if (v->at[kind] != VERIFY_NONE && !may_repeat) return false;
        if (v->at[kind] == VERIFY_NONE) v->at[kind] = i;
        if (kind == KIND_ANNUL && i + 1 != v->entry_count) return false;
    }
    return true;
}

/* ---- 3.03: tables ----------------------------------------------------- */

static const struct verify_attachment *find(const struct verify *v,
                                            struct hash key)
{
    size_t low = 0, high = v->attachment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = hash_compare(&v->attachments[middle].key, &key);
        if (order == 0) return &v->attachments[middle];
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static bool keep_list(void *context, const struct form_list *list)
{
    struct verify *v = context;
    if (list->array == NULL &&
        find(v, value_member_hash(list->shell, "sha256")) == NULL)
        return false;
    if (v->list_count == v->list_max) return false;
    v->lists[v->list_count++] = *list;
    return true;
}

static unsigned facts_of(const struct verify *v, size_t entry)
{
    unsigned facts = 0;
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    bool is_opened = v->at[KIND_OPENING] < entry;
    if (v->is_rehearsal) facts |= FACT_REHEARSAL;
    if (!value_is_null(value_member(a, "custodian"))) facts |= FACT_CUSTODIAN;
    if (v->is_open) facts |= FACT_OPEN;
    facts |= v->is_public ? FACT_PUBLIC : FACT_INTERNAL;
    facts |= !v->is_open && !is_opened ? FACT_SEALED : FACT_CLEAR;
    if (is_opened) facts |= FACT_OPENED;
    return facts;
}

/* What of A decides which keys stand elsewhere, and limits over several. */
static bool learn_announcement(struct verify *v, const struct value *a)
{
    v->is_open = value_is_text(value_member(a, "mode"), "open");
    v->is_public = true;
    const struct value *list = value_member(a, "strata");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at))
        if (!value_is_text(value_member(at, "class"), "public"))
            v->is_public = false;

    list = value_member(a, "departments");
    for (at = value_first(list); at != NULL; at = value_next(list, at))
        v->seats += (uint32_t)value_member_u64(at, "seats");
    if (v->seats > SEATS_MAX) return false;

    list = value_member(a, "columns");
    for (at = value_first(list); at != NULL; at = value_next(list, at))
        if (value_is_text(at, "code")) return true;
    return false;
}

bool verify_entry_form(struct verify *v)
{
    /* No table holds more than three LISTs, and few kinds any. */
    v->list_max = 3 * v->entry_count;
    v->lists = arena_take(&v->arena, v->list_max, sizeof *v->lists);
    if (v->lists == NULL) return false;
    v->is_rehearsal =
        value_is_text(value_member(v->entries[0].value, "mode"), "rehearsal");
    for (size_t i = 0; i < v->entry_count; i++) {
        const struct verify_entry *entry = &v->entries[i];
        struct form_check check = { .facts = facts_of(v, i),
                                    .list = keep_list,
                                    .context = v };
        const struct form *form = &verify_table[entry->kind].form;
        if (!form_fits(&check, form, entry->value)) return false;
        if (entry->kind == KIND_ANNOUNCEMENT &&
            !learn_announcement(v, entry->value))
            return false;
    }
    return true;
}

/* ---- 3.04, 3.05: attachments ------------------------------------------- */

/* The array that a LIST by reference names, read once. */
static bool follow(struct verify *v, struct form_list *list)
{
    if (list->array != NULL) return true;
    struct hash key = value_member_hash(list->shell, "sha256");
    size_t index = (size_t)(find(v, key) - v->attachments);
    struct verify_attachment *attachment = &v->attachments[index];
    attachment->is_named = true;
    if (attachment->text.len <= FORM_LIST_PLACE_MAX) return false;
    if (attachment->array == NULL)
        attachment->array =
            value_read(&v->arena, attachment->text, CANON_SORTED);
    list->array = attachment->array;
    return list->array != NULL && list->array->type == VALUE_ARRAY &&
           list->array->count == value_member_u64(list->shell, "count");
}

bool verify_entry_attachments(struct verify *v)
{
    for (size_t i = 0; i < v->list_count; i++)
        if (!follow(v, &v->lists[i])) return false;
    for (size_t i = 0; i < v->attachment_count; i++)
        if (!v->attachments[i].is_named) return false;
    return true;
}

bool verify_entry_elements(struct verify *v)
{
    struct form_check check = { .facts = facts_of(v, 0) };
    for (size_t i = 0; i < v->list_count; i++) {
        const struct value *array = v->lists[i].array;
        const struct value *item = value_first(array);
        for (; item != NULL; item = value_next(array, item))
            if (!form_fits(&check, v->lists[i].item, item)) return false;
    }
    return true;
}

bool verify_entry_heads(struct verify *v)
{
    const struct value *ending = verify_case_value(v, KIND_VOID);
    bool has_late = value_member_text(ending, "head").len != 0;
    return (v->heads[HEAD_FROZEN].value != NULL) ==
               (v->at[KIND_FREEZE] != VERIFY_NONE) &&
           (v->heads[HEAD_REVEALED].value != NULL) ==
               (v->at[KIND_REVEAL] != VERIFY_NONE) &&
           (v->heads[HEAD_LATE].value != NULL) == has_late;
}
