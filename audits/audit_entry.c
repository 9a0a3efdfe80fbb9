/* 5.03: kind, time, draw and prev, the table of the kind, and its lists. */
#include "audits/audit_case.h"

struct walk {
    struct audit *a;
    struct arena arena; /* of this entry alone */
    size_t entry;
    struct form_check check;
};

/* A list in place, or in a file that is looked at when it is there. */
static bool keep_list(void *context, const struct form_list *list)
{
    struct walk *walk = context;
    struct audit *a = walk->a;
    const struct value *array = list->array;
    if (array == NULL) {
        struct hash hash = value_member_hash(list->shell, "sha256");
        if (!audit_file_name(a, walk->entry, hash, true)) return false;
        struct bytes text;
        if (!audit_file_text(&text, &walk->arena, a, hash)) return true;
        array = value_read(&walk->arena, text, CANON_SORTED);
        if (array == NULL || array->type != VALUE_ARRAY ||
            array->count != value_member_u64(list->shell, "count"))
            return false;
    }
    const struct form_check check = { .facts = walk->check.facts };
    const struct value *at = value_first(array);
    for (; at != NULL; at = value_next(array, at))
        if (!form_fits(&check, list->item, at)) return false;
    return true;
}

static unsigned facts_of(const struct audit *a, const struct value *value)
{
    unsigned facts = 0;
    if (a->is_rehearsal) facts |= FACT_REHEARSAL;
    const struct audit_draw *draw =
        audit_draw_of(a, value_member_u64(value, "draw"));
    if (draw == NULL) return facts;

    const struct value *announced =
        a->entries[draw->at[KIND_ANNOUNCEMENT]].value;
    bool is_opened = draw->at[KIND_OPENING] != AUDIT_NONE;
    bool is_open = value_is_text(value_member(announced, "mode"), "open");
    bool is_public = true;
    const struct value *strata = value_member(announced, "strata");
    const struct value *at = value_first(strata);
    for (; at != NULL; at = value_next(strata, at))
        is_public &= value_is_text(value_member(at, "class"), "public");
    if (!value_is_null(value_member(announced, "custodian")))
        facts |= FACT_CUSTODIAN;
    if (is_open) facts |= FACT_OPEN;
    facts |= is_public ? FACT_PUBLIC : FACT_INTERNAL;
    facts |= !is_open && !is_opened ? FACT_SEALED : FACT_CLEAR;
    if (is_opened) facts |= FACT_OPENED;
    return facts;
}

static bool has_type(const struct value *value, const char *key,
                     enum value_type type)
{
    const struct value *member = value_member(value, key);
    return member != NULL && member->type == type;
}

static bool has_shell(const struct value *value)
{
    const struct form_check none = { .facts = 0 };
    return value != NULL && value->type == VALUE_OBJECT &&
           has_type(value, "kind", VALUE_STRING) &&
           has_type(value, "time", VALUE_INT) &&
           has_type(value, "draw", VALUE_INT) &&
           value_member(value, "prev") != NULL &&
           form_fits(&none, &form_int, value_member(value, "time")) &&
           form_fits(&none, &form_int, value_member(value, "draw")) &&
           form_fits(&none, &form_hex32, value_member(value, "prev"));
}

/* Files that are named by hash alone. */
static bool name_files(struct audit *a, size_t index,
                       const struct value *value)
{
    enum verify_kind kind = a->entries[index].kind;
    if (kind == KIND_LOG || kind == KIND_ANNOUNCEMENT)
        return audit_file_name(a, index, value_member_hash(value, "policy"),
                               false);
    if (kind == KIND_SEED_BOOK)
        return audit_file_name(a, index, value_member_hash(value, "list"),
                               false);
    const struct value *frames = value_member(value, "frames");
    const struct value *at = value_first(frames);
    for (; at != NULL; at = value_next(frames, at))
        if (!audit_file_name(a, index, value_member_hash(at, "sha256"),
                             false))
            return false;
    return true;
}

/* What later rules look into again; all else is given back. */
static void keep_value(struct audit *a, struct audit_entry *entry)
{
    switch (entry->kind) {
    case KIND_LOG:
    case KIND_PLAN:
    case KIND_SEED_BOOK:
    case KIND_ANNOUNCEMENT:
    case KIND_VOID:
        entry->value = value_read(&a->arena, entry->text, CANON_SORTED);
        if (entry->value == NULL) entry->kind = KIND_COUNT;
        break;
    case KIND_FREEZE:
    case KIND_REVEAL:
    case KIND_BEACON:
    case KIND_DRAW:
    case KIND_OPENING:
    case KIND_REPLACEMENT:
    case KIND_STAND_IN:
    case KIND_DIRECT:
    case KIND_ANNUL:
    case KIND_ITEMS:
    case KIND_COUNT: break;
    }
}

static void check(struct walk *walk)
{
    struct audit *a = walk->a;
    size_t index = walk->entry;
    struct audit_entry *entry = &a->entries[index];
    const struct value *value =
        value_read(&walk->arena, entry->text, CANON_SORTED);
    if (audit_is_short(a, &walk->arena)) return;
    if (!has_shell(value)) {
        audit_find(a, "5.03", "第 %zu 条不是规范的记录", index);
        return;
    }
    entry->has_shell = true;
    if (index == 0)
        a->is_rehearsal =
            value_is_text(value_member(value, "mode"), "rehearsal");
    entry->time = value_member_u64(value, "time");
    entry->draw = value_member_u64(value, "draw");
    enum verify_kind kind =
        verify_table_kind(value_member_text(value, "kind"));
    if (kind == KIND_COUNT) {
        if (a->unknown_count++ == 0) a->unknown = index;
        return;
    }
    walk->check = (struct form_check){ .facts = facts_of(a, value),
                                       .list = keep_list,
                                       .context = walk };
    bool fits = form_fits(&walk->check, &verify_table[kind].form, value);
    if (audit_is_short(a, &walk->arena)) return;
    if (!fits) {
        audit_find(a, "5.03", "第 %zu 条（%s）不合它的表", index,
                   verify_table[kind].kind);
        return;
    }
    entry->kind = kind;
    keep_value(a, entry);
    if (entry->kind == KIND_COUNT || !name_files(a, index, value) ||
        !audit_draw_add(a, index))
        *a->is_short = true;
}

void audit_entry_check(struct audit *a, size_t index)
{
    struct walk walk = { .a = a, .entry = index };
    check(&walk);
    arena_release(&walk.arena);
}
