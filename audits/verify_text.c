/* 3.07: texts inside strings, and the opened targets that they make. */
#include "audits/verify_rule.h"

/* A text of a form; NULL where it has another. */
static const struct value *read_text(struct verify *v,
                                     const struct value *string,
                                     const struct form *form)
{
    struct form_check check = { 0 };
    const struct value *value =
        value_read(&v->arena, value_text(string), CANON_SORTED);
    return form_fits(&check, form, value) ? value : NULL;
}

/* Exactly A's columns in A's order, all of them strings. */
static const struct value *read_row(struct verify *v,
                                    const struct value *string)
{
    const struct value *row =
        value_read(&v->arena, value_text(string), CANON_FREE);
    if (row == NULL || row->type != VALUE_OBJECT) return NULL;
    const struct value *columns =
        value_member(verify_case_value(v, KIND_ANNOUNCEMENT), "columns");
    const struct value *column = value_first(columns);
    const struct value *key = value_first(row);
    for (; key != NULL && column != NULL;
         key = value_next_key(row, key), column = value_next(columns, column))
        if (!bytes_equal(value_text(key), value_text(column)) ||
            value_of_key(key)->type != VALUE_STRING)
            return NULL;
    return key == NULL && column == NULL ? row : NULL;
}

static const struct value *read_seats(struct verify *v,
                                      const struct value *string,
                                      const struct form *form,
                                      const char *key)
{
    const struct value *value = read_text(v, string, form);
    if (value == NULL || value_member(value, key)->count != v->seats)
        return NULL;
    return value;
}

static const struct value *read_crew(struct verify *v,
                                     const struct value *string)
{
    return read_seats(v, string, &verify_table_crew, "holders");
}

/* `code`, or `kind:code`. */
static struct bytes make_id(struct verify *v, const struct value *row)
{
    struct bytes code = value_member_text(row, "code");
    const struct value *kind = value_member(row, "kind");
    if (kind == NULL) return code;
    size_t len = kind->count + 1 + code.len;
    uint8_t *room = arena_take_raw(&v->arena, len);
    if (room == NULL) return (struct bytes){ NULL, 0 };
    struct writer w = writer_into(room, len);
    writer_add(&w, value_text(kind));
    writer_byte(&w, ':');
    writer_add(&w, code);
    return writer_bytes(&w);
}

static bool read_later(struct verify *v, struct verify_target *target)
{
    const struct value *list = value_member(target->value, "later");
    target->later = arena_take(&v->arena, list->count, sizeof(void *));
    if (target->later == NULL) return false;
    size_t count = 0;
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at)) {
        target->later[count] = read_crew(v, value_member(at, "crew"));
        if (target->later[count++] == NULL) return false;
    }
    return true;
}

/* The stratum is found later: that it is one of A's is part of 4.28. */
static bool read_target(struct verify *v, const struct value *value,
                        size_t entry)
{
    const struct value *crew = value_member(value, "crew");
    struct verify_target *target = &v->targets[v->target_count++];
    target->value = value;
    target->opened_by = entry;
    target->stratum = VERIFY_NONE;
    target->position = value_member_u64(value, "position");
    target->row = read_row(v, value_member(value, "row"));
    target->duty = read_seats(v, value_member(value, "duty"),
                              &verify_table_duty, "posts");
    if (target->row == NULL || target->duty == NULL) return false;
    if (!value_is_null(crew)) {
        target->crew = read_crew(v, crew);
        if (target->crew == NULL) return false;
    }
    target->id = make_id(v, target->row);
    return read_later(v, target);
}

static bool read_inspectors(struct verify *v, const struct value *list)
{
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at))
        if (read_text(v, value_member(at, "text"), &verify_table_inspector) ==
            NULL)
            return false;
    return true;
}

static const struct form *why_form(enum verify_kind kind)
{
    return kind == KIND_REPLACEMENT ? &verify_table_dropped :
                                      &verify_table_removed;
}

static bool read_entry(struct verify *v, size_t index)
{
    struct verify_entry *entry = &v->entries[index];
    const struct value *why = value_member(entry->value, "why");
    const struct value *opens = value_member(entry->value, "opens");
    if (why != NULL) {
        entry->why = read_text(v, why, why_form(entry->kind));
        if (entry->why == NULL) return false;
    }
    if (opens == NULL) return true;
    const struct value *target = value_member(opens, "target");
    const struct value *crew = value_member(opens, "crew");
    if (!value_is_null(target) && !read_target(v, target, index)) return false;
    if (crew != NULL) {
        entry->crew = read_crew(v, crew);
        if (entry->crew == NULL) return false;
    }
    return read_inspectors(v, value_member(opens, "inspectors"));
}

/* Either form passes here; 4.37 asks for the one of the entry's kind. */
static bool read_disclosure(struct verify *v, const struct value *disclosure)
{
    struct hash named = value_member_hash(disclosure, "entry");
    const struct value *text = value_member(disclosure, "why");
    const struct value *why = read_text(v, text, &verify_table_dropped);
    if (why == NULL) why = read_text(v, text, &verify_table_removed);
    for (size_t i = 0; i < v->at[KIND_OPENING]; i++)
        if (hash_equal(v->entries[i].hash, named)) v->entries[i].why = why;
    return why != NULL;
}

static bool read_opening(struct verify *v)
{
    const struct value *opening = verify_case_value(v, KIND_OPENING);
    const struct value *list = verify_case_list(v, opening, "targets");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at))
        if (!read_target(v, at, v->at[KIND_OPENING])) return false;
    if (!read_inspectors(v, verify_case_list(v, opening, "inspectors")))
        return false;
    list = verify_case_list(v, opening, "disclosures");
    for (at = value_first(list); at != NULL; at = value_next(list, at))
        if (!read_disclosure(v, at)) return false;
    return true;
}

bool verify_text_form(struct verify *v)
{
    const struct value *opening = verify_case_value(v, KIND_OPENING);
    v->target_max = value_count(verify_case_list(v, opening, "targets")) +
                    v->entry_count;
    v->targets = arena_take(&v->arena, v->target_max, sizeof *v->targets);
    if (v->targets == NULL) return false;
    if (!read_opening(v)) return false;
    for (size_t i = 0; i < v->entry_count; i++)
        if (!read_entry(v, i)) return false;
    return true;
}
