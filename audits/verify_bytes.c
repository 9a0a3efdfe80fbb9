#include "audits/verify_rule.h"
#include "core/note_check.h"

bool verify_bytes_attachments(struct verify *v)
{
    for (size_t i = 0; i < v->attachment_count; i++) {
        struct hash sum = hash_sha256(v->attachments[i].text);
        if (!hash_equal(sum, v->attachments[i].key)) return false;
    }
    return true;
}

static bool is_same_key(const struct note_key *a, const struct note_key *b)
{
    return bytes_equal(a->name, b->name) && a->type == b->type &&
           a->id == b->id &&
           bytes_equal(bytes_of(a->key, sizeof a->key),
                       bytes_of(b->key, sizeof b->key));
}

bool verify_bytes_policy(struct verify *v)
{
    v->policy = arena_take(&v->arena, 1, sizeof *v->policy);
    if (v->policy == NULL) return false;
    struct bytes text = value_member_text(v->proof, "policy");
    if (policy_read_canonical(v->policy, text) != OK) return false;

    const struct note_key *log = &v->policy->logs[0].key;
    struct note_key asked;
    if (v->options.vkey.len != 0 &&
        (note_key_read(&asked, v->options.vkey) != OK ||
         !is_same_key(&asked, log)))
        return false;
    if (v->asked == NULL || v->asked->log_count == 0) return true;
    for (uint32_t i = 0; i < v->asked->log_count; i++)
        if (is_same_key(&v->asked->logs[i].key, log)) return true;
    return false;
}

static bool is_cosignature(const struct note_line *line)
{
    uint8_t room[COSIGNATURE_LEN];
    struct cosignature cosignature;
    return note_line_signature(room, sizeof room, line) == OK &&
           cosignature_read(&cosignature, bytes_of(room, sizeof room)) == OK;
}

static bool is_note_good(const struct verify *v, struct verify_head *head)
{
    struct bytes text = value_member_text(head->value, "note");
    if (note_read(&head->note, text) != OK) return false;
    if (!policy_is_note_ordered(v->policy, &head->note)) return false;
    for (size_t i = 1; i < head->note.line_count; i++)
        if (!is_cosignature(&head->note.lines[i])) return false;
    if (checkpoint_read(&head->checkpoint, head->note.text) != OK)
        return false;
    const struct checkpoint *read = &head->checkpoint;
    return read->extension.len == 0 &&
           bytes_equal(read->origin, v->policy->logs[0].key.name) &&
           read->head.size >= 1 &&
           read->head.size <= (uint64_t)CANON_INTEGER_MAX;
}

bool verify_bytes_notes(struct verify *v)
{
    for (size_t i = 0; i < HEAD_COUNT; i++)
        if (v->heads[i].value != NULL && !is_note_good(v, &v->heads[i]))
            return false;
    return true;
}

bool verify_bytes_log_signatures(struct verify *v)
{
    const struct note_key *log = &v->policy->logs[0].key;
    for (size_t i = 0; i < HEAD_COUNT; i++)
        if (v->heads[i].value != NULL &&
            note_check(&v->heads[i].note, log) != OK)
            return false;
    return true;
}

/* --policy may name a witness otherwise: the bytes of its key tell. */
static void view_as_asked(const struct verify *v, struct verify_head *head)
{
    for (uint32_t i = 0; i < v->asked->witness_count; i++)
        for (uint32_t k = 0; k < v->policy->witness_count; k++) {
            const uint8_t *asked = v->asked->witnesses[i].key.key;
            const uint8_t *own = v->policy->witnesses[k].key.key;
            if (!bytes_equal(bytes_of(asked, NOTE_KEY_LEN),
                             bytes_of(own, NOTE_KEY_LEN)) ||
                (head->view.witnesses >> k & 1) == 0)
                continue;
            head->asked_view.witnesses |= 1U << i;
            head->asked_view.times[i] = head->view.times[k];
        }
}

bool verify_bytes_cosignatures(struct verify *v)
{
    for (size_t i = 0; i < HEAD_COUNT; i++) {
        struct verify_head *head = &v->heads[i];
        if (head->value == NULL) continue;
        if (policy_view_note(&head->view, v->policy, &head->note) != OK)
            return false;
        if (v->asked != NULL) view_as_asked(v, head);
    }
    return true;
}

bool verify_bytes_consistency(struct verify *v)
{
    const struct verify_head *last = NULL;
    for (size_t i = 0; i < HEAD_COUNT; i++) {
        const struct verify_head *head = &v->heads[i];
        if (head->value == NULL) continue;
        if (last != NULL) {
            struct merkle_path path =
                verify_case_path(value_member(last->value, "consistency"));
            if (merkle_check_consistency(&path, &last->checkpoint.head,
                                         &head->checkpoint.head) != OK)
                return false;
        }
        last = head;
    }
    return value_count(value_member(last->value, "consistency")) == 0;
}

bool verify_bytes_inclusion(struct verify *v)
{
    const struct merkle_head *final = &v->heads[HEAD_FINAL].checkpoint.head;
    for (size_t i = 0; i < v->entry_count; i++) {
        const struct verify_entry *entry = &v->entries[i];
        if (i > 0 && entry->index <= v->entries[i - 1].index) return false;
        if (!verify_case_proves(value_member(entry->placed, "path"),
                                entry->index, entry->text, final))
            return false;
    }
    return true;
}
