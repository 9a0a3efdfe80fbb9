/* 5.16: each draw as the proof that FORMAT 8 describes, then verified. */
#include "audits/audit_case.h"

#include <stdlib.h>
#include <string.h>

#include "audits/verify.h"

enum { HEADS_MAX = 5, PATH_LEN_MAX = 64 * 68, LEAD_S = 86400,
       LEAD_URGENT_S = 1800 };

struct head {
    const char *name;
    size_t index;      /* of the audit's heads */
    struct bytes note; /* where it is not one of them: a void's */
    uint64_t size;
};

struct making {
    struct audit *a;
    struct arena arena; /* of this draw alone */
    const struct audit_draw *draw;
    const struct value *announced;
    const struct policy *policy;
    struct bytes policy_text;
    size_t *entries, entry_count;
    struct head heads[HEADS_MAX];
    size_t head_count;
    size_t plan, book;
    const struct audit_book *commits;
    struct audit_lists lists;
    struct canon canon;
};

/* ---- what goes into it --------------------------------------------------- */

static size_t find_entry(const struct audit *a, enum verify_kind kind,
                         struct hash hash)
{
    for (size_t i = 0; i < a->entry_count; i++)
        if (a->entries[i].kind == kind && hash_equal(a->entries[i].hash, hash))
            return i;
    return AUDIT_NONE;
}

/* A late F or V is without effect once the draw was voided for it. */
static bool has_effect(const struct making *m, size_t index)
{
    const struct audit *a = m->a;
    enum verify_kind kind = a->entries[index].kind;
    size_t ending = m->draw->at[KIND_VOID];
    if (kind >= KIND_ANNOUNCEMENT && kind <= KIND_DRAW &&
        m->draw->at[kind] != index)
        return false;
    if (ending == AUDIT_NONE) return true;
    const struct value *cause =
        value_member(a->entries[ending].value, "cause");
    return !(kind == KIND_FREEZE && value_is_text(cause, "freeze-late")) &&
           !(kind == KIND_REVEAL && (value_is_text(cause, "freeze-late") ||
                                     value_is_text(cause, "reveal-late")));
}

static bool find_entries(struct making *m)
{
    struct audit *a = m->a;
    size_t count = 3;
    for (size_t i = m->draw->first; i != AUDIT_NONE; i = a->entries[i].next)
        count++;
    m->entries = arena_take(&m->arena, count, sizeof *m->entries);
    m->plan = find_entry(a, KIND_PLAN, value_member_hash(m->announced, "prev"));
    m->book = find_entry(a, KIND_SEED_BOOK,
                         value_member_hash(m->announced, "book"));
    if (m->entries == NULL || m->plan == AUDIT_NONE || m->book == AUDIT_NONE)
        return false;
    m->entries[m->entry_count++] = 0;
    m->entries[m->entry_count++] = m->plan;
    m->entries[m->entry_count++] = m->book;
    for (size_t i = m->draw->first; i != AUDIT_NONE; i = a->entries[i].next)
        if (has_effect(m, i)) m->entries[m->entry_count++] = i;
    return true;
}

static void add_head(struct making *m, const char *name, enum verify_kind kind,
                     uint64_t deadline)
{
    size_t entry = m->draw->at[kind];
    if (entry == AUDIT_NONE || !has_effect(m, entry)) return;
    size_t index = audit_time_seen(m->a, m->policy, entry, deadline);
    if (index == AUDIT_NONE) index = audit_time_first(m->a, entry);
    m->heads[m->head_count++] =
        (struct head){ .name = name,
                       .index = index,
                       .note = m->a->heads[index].text,
                       .size = m->a->heads[index].size };
}

static void add_late(struct making *m)
{
    size_t entry = m->draw->at[KIND_VOID];
    if (entry == AUDIT_NONE) return;
    struct bytes text =
        value_member_text(m->a->entries[entry].value, "head");
    struct note note;
    struct checkpoint checkpoint;
    if (text.len == 0) return;
    struct head head = { .name = "late", .index = AUDIT_NONE, .note = text };
    if (note_read(&note, text) == OK &&
        checkpoint_read(&checkpoint, note.text) == OK)
        head.size = checkpoint.head.size;
    m->heads[m->head_count++] = head;
}

static void find_heads(struct making *m)
{
    bool is_urgent = value_member_u64(m->announced, "urgent") == 1;
    uint64_t t0 = value_member_u64(m->announced, "t0");
    uint64_t lead = is_urgent ? LEAD_URGENT_S : LEAD_S;
    if (m->a->is_rehearsal) lead = 0;
    add_head(m, "announced", KIND_ANNOUNCEMENT, t0 > lead ? t0 - lead : 0);
    add_head(m, "frozen", KIND_FREEZE, t0);
    add_late(m);
    add_head(m, "revealed", KIND_REVEAL,
             value_member_u64(m->announced, "t1"));
    size_t last = m->draw->policy->last;
    if (m->a->heads[last].size <= m->draw->last) last = m->a->head_count - 1;
    m->heads[m->head_count++] =
        (struct head){ .name = "final",
                       .index = last,
                       .note = m->a->heads[last].text,
                       .size = m->a->heads[last].size };
}

/* ---- its members --------------------------------------------------------- */

static void write_path(struct making *m, const char *key,
                       const struct merkle_path *path)
{
    canon_key(&m->canon, key);
    canon_array(&m->canon);
    for (size_t i = 0; i < path->count; i++)
        canon_hash(&m->canon, path->at[i]);
    canon_array_end(&m->canon);
}

static void write_attachments(struct making *m)
{
    canon_key(&m->canon, "attachments");
    canon_object(&m->canon);
    for (size_t i = 0; i < m->lists.count; i++) {
        uint8_t hex[2 * sizeof(struct hash)];
        struct writer w = writer_into(hex, sizeof hex);
        writer_hex(&w, hash_bytes(&m->lists.at[i].hash));
        canon_key_bytes(&m->canon, writer_bytes(&w));
        canon_string(&m->canon, m->lists.at[i].text);
    }
    canon_object_end(&m->canon);
}

static bool write_commitment(struct making *m)
{
    struct merkle_levels levels = m->commits->levels;
    struct merkle_source source = merkle_levels_source(&levels);
    struct merkle_place place = {
        .index = value_member_u64(m->announced, "slot")
    };
    struct merkle_path path;
    if (place.index >= levels.size ||
        merkle_prove_inclusion(&path, &place, &source, levels.size) != OK)
        return false;
    canon_key(&m->canon, "commitment");
    canon_object(&m->canon);
    canon_member_hash(&m->canon, "commit", m->commits->commits[place.index]);
    write_path(m, "path", &path);
    canon_object_end(&m->canon);
    return true;
}

static bool write_entries(struct making *m)
{
    struct merkle_source source = merkle_levels_source(&m->a->levels);
    uint64_t size = m->heads[m->head_count - 1].size; /* final */
    canon_key(&m->canon, "entries");
    canon_array(&m->canon);
    for (size_t i = 0; i < m->entry_count; i++) {
        struct merkle_place place = { .index = m->entries[i] };
        struct merkle_path path;
        if (merkle_prove_inclusion(&path, &place, &source, size) != OK)
            return false;
        canon_object(&m->canon);
        canon_member_u64(&m->canon, "index", m->entries[i]);
        write_path(m, "path", &path);
        canon_member_string(&m->canon, "text",
                            m->a->entries[m->entries[i]].text);
        canon_object_end(&m->canon);
    }
    canon_array_end(&m->canon);
    return true;
}

/* The lines of the draw's policy only, in its order. */
static struct bytes order_note(struct making *m, struct bytes text)
{
    struct note note;
    uint8_t *room = arena_take(&m->arena, text.len, 1);
    if (room == NULL || note_read(&note, text) != OK) return text;
    struct writer w = writer_into(room, text.len);
    writer_add(&w, note.text);
    writer_byte(&w, '\n');
    for (uint32_t i = 0; i <= m->policy->witness_count; i++) {
        const struct note_key *key = i == 0
                                         ? &m->policy->logs[0].key
                                         : &m->policy->witnesses[i - 1].key;
        for (size_t j = 0; j < note.line_count; j++)
            if (note_line_is_by(&note.lines[j], key)) {
                note_line_copy(&w, &note.lines[j]);
                break;
            }
    }
    return writer_bytes(&w);
}

static bool write_head(struct making *m, size_t index)
{
    const struct head *head = &m->heads[index];
    struct merkle_source source = merkle_levels_source(&m->a->levels);
    struct merkle_path path = { 0 };
    bool is_late = head->index == AUDIT_NONE;
    if (index + 1 < m->head_count) {
        struct merkle_growth growth = { head->size, m->heads[index + 1].size };
        /* Where it shrinks, the verifier says so. */
        if (growth.from < growth.to &&
            merkle_prove_consistency(&path, &source, growth) != OK)
            return false;
    }
    canon_key(&m->canon, head->name);
    canon_object(&m->canon);
    write_path(m, "consistency", &path);
    canon_member_string(&m->canon, "note",
                        is_late ? head->note : order_note(m, head->note));
    canon_object_end(&m->canon);
    return true;
}

/* Keys of an object ascend; the heads themselves stand in log order. */
static bool write_heads(struct making *m)
{
    static const char *const order[HEADS_MAX] = { "announced", "final",
                                                  "frozen", "late",
                                                  "revealed" };
    canon_key(&m->canon, "heads");
    canon_object(&m->canon);
    for (size_t k = 0; k < HEADS_MAX; k++)
        for (size_t i = 0; i < m->head_count; i++)
            if (strcmp(m->heads[i].name, order[k]) == 0 && !write_head(m, i))
                return false;
    canon_object_end(&m->canon);
    return true;
}

/* ---- all of it ----------------------------------------------------------- */

static size_t room_for(const struct making *m)
{
    size_t len = (size_t)1 << 16;
    for (size_t i = 0; i < m->lists.count; i++)
        len += canon_string_len(m->lists.at[i].text) + 80;
    for (size_t i = 0; i < m->entry_count; i++)
        len += canon_string_len(m->a->entries[m->entries[i]].text) +
               PATH_LEN_MAX + 64;
    for (size_t i = 0; i < m->head_count; i++)
        len += canon_string_len(m->heads[i].note) + PATH_LEN_MAX;
    return len + canon_string_len(m->policy_text);
}

/* False where something that it needs is missing, which 5.15 reported. */
static bool gather(struct making *m)
{
    struct audit *a = m->a;
    m->announced = a->entries[m->draw->at[KIND_ANNOUNCEMENT]].value;
    if (m->draw->policy == NULL || !find_entries(m) ||
        !audit_file_lists(&m->lists, &m->arena, a, m->entries,
                          m->entry_count))
        return false;
    m->policy = m->draw->policy->policy;
    m->policy_text = m->draw->policy->text;
    m->commits = audit_file_book(a, m->book);
    find_heads(m);
    return m->commits != NULL;
}

static bool write_proof(struct writer *w, struct making *m)
{
    m->canon = canon_into(w);
    canon_object(&m->canon);
    write_attachments(m);
    if (!write_commitment(m) || !write_entries(m)) return false;
    canon_member_text(&m->canon, "format", "yaohao-proof/1");
    if (!write_heads(m)) return false;
    canon_member_string(&m->canon, "policy", m->policy_text);
    canon_object_end(&m->canon);
    writer_byte(w, '\n');
    return !w->is_full;
}

static void judge(struct audit *a, const struct audit_draw *draw,
                  struct bytes proof)
{
    struct verify_options options = { .policy = a->options.policy,
                                      .is_rehearsal = true,
                                      .is_unwitnessed = true,
                                      .has_at = a->options.has_now,
                                      .at = a->options.now };
    unsigned long long number = draw->number;
    struct verify v;
    verify_run(&v, proof, &options);
    if (audit_is_short(a, &v.arena)) goto done;
    bool is_void = draw->at[KIND_VOID] != AUDIT_NONE;
    if (v.exit == VERIFY_REFUTED || v.exit == VERIFY_UNUSABLE) {
        const char *rule = v.rule == NULL ? "?" : v.rule;
        bool is_cause = strcmp(rule, "4.20") == 0;
        audit_find(a, is_void && is_cause ? "5.10" : "5.16",
                   "第 %llu 号抽取不合规则 %s（%s）", number, rule,
                   v.step == NULL ? "" : v.step);
    }
done:
    verify_end(&v);
}

static void check(struct making *m)
{
    struct audit *a = m->a;
    unsigned long long number = m->draw->number;
    bool is_whole = gather(m);
    if (audit_is_short(a, &m->arena)) return;
    if (!is_whole) {
        audit_find(a, "5.16", "第 %llu 号抽取：计划、种子簿或文件不全，"
                              "无从核验", number);
        return;
    }
    size_t max = room_for(m);
    uint8_t *room = malloc(max);
    struct writer w = writer_into(room, room == NULL ? 0 : max);
    if (room == NULL)
        *a->is_short = true;
    else if (write_proof(&w, m))
        judge(a, m->draw, writer_bytes(&w));
    else
        audit_find(a, "5.16", "第 %llu 号抽取：拼不成证明", number);
    free(room);
}

void audit_proof_check(struct audit *a, struct audit_draw *draw)
{
    struct making m = { .a = a, .draw = draw };
    if (draw->is_reported) return;
    check(&m);
    arena_release(&m.arena);
}
