#include "domain/frozen_rule.h"

#include "format/json_read.h"

#include <stdlib.h>

static const enum announcement_column scope_columns[FROZEN_SCOPES] = {
    COLUMN_DISTRICT, COLUMN_TYPE
};

struct bytes frozen_rule_cell(const struct register_row *row,
                              enum announcement_column column)
{
    const struct bytes cells[] = {
        row->code, row->name, row->type,          row->district,
        { NULL, 0 }, row->risk, row->tags, bytes_text("全部"),
    };
    return cells[column];
}

static int compare_values(const void *a, const void *b)
{
    return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

static enum err read_values(struct frozen_rule *rule, struct frozen *f,
                            const json_t *array)
{
    enum err err = json_read_array(&rule->count, array);
    if (err != OK) return err;
    rule->values =
        arena_take(&f->arena, rule->count + 1, sizeof *rule->values);
    if (rule->values == NULL) return ERR_MEMORY;
    for (size_t i = 0; i < rule->count && err == OK; i++)
        err = json_read_string(&rule->values[i], json_read_item(array, i));
    if (err == OK)
        qsort(rule->values, rule->count, sizeof *rule->values,
              compare_values);
    return err;
}

static enum err read_column(enum announcement_column *column,
                            const json_t *rule)
{
    struct bytes name;
    enum err err = json_read_string(&name, json_read_member(rule, "column"));
    if (err != OK) return err;
    for (int c = COLUMN_CODE; c < COLUMN_NONE; c++) {
        *column = (enum announcement_column)c;
        if (bytes_equal_text(name, announcement_column_name(*column)))
            return OK;
    }
    return ERR_FORMAT;
}

enum err frozen_rule_build(struct frozen *f)
{
    const struct announcement *a = f->input.announcement;
    const json_t *scope = json_read_member(a->root, "scope");
    const json_t *exclusions = json_read_member(a->root, "exclusions");
    size_t count = FROZEN_SCOPES + a->exclusion_count;
    f->rules = arena_take(&f->arena, count, sizeof *f->rules);
    if (f->rules == NULL) return ERR_MEMORY;

    enum err err = OK;
    for (size_t i = 0; i < FROZEN_SCOPES && err == OK; i++) {
        f->rules[i].column = scope_columns[i];
        err = read_values(
            &f->rules[i], f,
            json_read_member(scope,
                             announcement_column_name(scope_columns[i])));
    }
    for (size_t i = 0; i < a->exclusion_count && err == OK; i++) {
        struct frozen_rule *rule = &f->rules[FROZEN_SCOPES + i];
        const json_t *from = json_read_item(exclusions, i);
        err = read_column(&rule->column, from);
        if (err == OK)
            err = read_values(rule, f, json_read_member(from, "values"));
    }
    return err;
}

static bool holds(const struct frozen_rule *rule,
                  const struct register_row *row)
{
    struct bytes cell = frozen_rule_cell(row, rule->column);
    return rule->count != 0 &&
           bsearch(&cell, rule->values, rule->count, sizeof *rule->values,
                   compare_values) != NULL;
}

uint32_t frozen_rule_list(const struct frozen *f,
                          const struct register_row *row)
{
    const struct announcement *a = f->input.announcement;
    const struct frozen_rule *exclusions = f->rules + FROZEN_SCOPES;
    uint32_t out_of_scope = (uint32_t)a->stratum_count;
    /* An empty list of the scope sets no limit. */
    for (size_t i = 0; i < FROZEN_SCOPES; i++)
        if (f->rules[i].count != 0 && !holds(&f->rules[i], row))
            return out_of_scope;
    for (size_t i = 0; i < a->exclusion_count; i++)
        if (holds(&exclusions[i], row))
            return out_of_scope + 1 + (uint32_t)i;

    struct bytes value = frozen_rule_cell(row, a->stratify);
    if (value.len == 0) value = bytes_text("未分类");
    for (size_t i = 0; i < a->stratum_count; i++) {
        struct bytes stands_for = f->input.values == NULL
                                      ? a->strata[i].name
                                      : f->input.values[i];
        if (bytes_equal(stands_for, value)) return (uint32_t)i;
    }
    return out_of_scope;
}
