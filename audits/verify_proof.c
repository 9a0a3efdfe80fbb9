#include "audits/verify_rule.h"

bool verify_proof_size(struct verify *v)
{
    return v->file.len <= VALUE_TEXT_MAX;
}

bool verify_proof_canonical(struct verify *v)
{
    if (v->file.len == 0 || v->file.at[v->file.len - 1] != '\n') return false;
    v->proof = value_read(&v->arena,
                          bytes_slice(v->file, 0, v->file.len - 1),
                          CANON_SORTED);
    return v->proof != NULL;
}

static const char *const head_names[HEAD_COUNT] = {
    [HEAD_ANNOUNCED] = "announced", [HEAD_FROZEN] = "frozen",
    [HEAD_LATE] = "late",           [HEAD_REVEALED] = "revealed",
    [HEAD_FINAL] = "final",
};

/* Which of the heads that may be absent are there. */
static unsigned head_facts(const struct value *heads)
{
    unsigned facts = 0;
    if (value_member(heads, "frozen") != NULL) facts |= FACT_FROZEN;
    if (value_member(heads, "late") != NULL) facts |= FACT_LATE;
    if (value_member(heads, "revealed") != NULL) facts |= FACT_REVEALED;
    return facts;
}

static bool list_attachments(struct verify *v)
{
    const struct value *map = value_member(v->proof, "attachments");
    v->attachments = arena_take(&v->arena, map->count, sizeof *v->attachments);
    if (v->attachments == NULL) return false;
    const struct value *key = value_first(map);
    for (; key != NULL; key = value_next_key(map, key))
        v->attachments[v->attachment_count++] = (struct verify_attachment){
            .key = value_hash(key), .text = value_text(value_of_key(key))
        };
    return true;
}

static bool list_entries(struct verify *v)
{
    const struct value *array = value_member(v->proof, "entries");
    v->entries = arena_take(&v->arena, array->count, sizeof *v->entries);
    if (v->entries == NULL) return false;
    const struct value *placed = value_first(array);
    for (; placed != NULL; placed = value_next(array, placed)) {
        struct verify_entry *entry = &v->entries[v->entry_count++];
        entry->placed = placed;
        entry->index = value_member_u64(placed, "index");
        entry->text = value_member_text(placed, "text");
        entry->hash = hash_sha256(entry->text);
    }
    return true;
}

static bool list_heads(struct verify *v)
{
    v->heads = arena_take(&v->arena, HEAD_COUNT, sizeof *v->heads);
    if (v->heads == NULL) return false;
    const struct value *heads = value_member(v->proof, "heads");
    for (size_t i = 0; i < HEAD_COUNT; i++)
        v->heads[i].value = value_member(heads, head_names[i]);
    return true;
}

bool verify_proof_form(struct verify *v)
{
    struct form_check check = {
        .facts = head_facts(value_member(v->proof, "heads"))
    };
    return form_fits(&check, &verify_table_proof, v->proof) &&
           list_attachments(v) && list_entries(v) && list_heads(v);
}
