/* view_head — the log's key, its newest head and who vouches for it. */
#include "domain/evidence.h"
#include "host/arena.h"
#include "http/view.h"

/* A page that says the same to everybody. */
enum err view_nothing(struct canon *c, struct route_request *request)
{
    (void)request;
    canon_object(c);
    canon_object_end(c);
    return OK;
}

static void write_key(struct canon *c, const char *key,
                      const struct note_key *note_key)
{
    canon_key(c, key);
    canon_object(c);
    canon_member_hex(c, "key",
                     bytes_of(note_key->key, sizeof note_key->key));
    canon_member_string(c, "name", note_key->name);
    canon_object_end(c);
}

/* Whose lines stand under the newest checkpoint, and since when. */
static void write_witnesses(struct canon *c, const struct policy *policy,
                            const struct policy_view *seen)
{
    canon_key(c, "witnesses");
    canon_array(c);
    for (uint32_t i = 0; i < policy->witness_count; i++) {
        bool has_signed = (seen->witnesses >> i & 1) != 0;
        canon_object(c);
        canon_member_u64(c, "has_signed", has_signed);
        canon_member_hex(c, "key",
                         bytes_of(policy->witnesses[i].key.key,
                                  sizeof policy->witnesses[i].key.key));
        canon_member_string(c, "name", policy->witnesses[i].name);
        canon_member_u64(c, "seen_time",
                         has_signed ? seen->times[i].earliest : 0);
        canon_object_end(c);
    }
    canon_array_end(c);
}

/* Under how many dishonest witnesses there is one log only. */
static void write_bound(struct canon *c, const struct policy *policy)
{
    struct policy_bound bound = policy_bound(policy);
    canon_key(c, "bound");
    canon_object(c);
    canon_key(c, "f");
    canon_i64(c, bound.f);
    canon_member_u64(c, "n", bound.n);
    canon_member_u64(c, "q", bound.q);
    canon_object_end(c);
}

struct head {
    struct bytes policy_text, note_text;
    struct policy policy;
    struct note note;
    struct checkpoint checkpoint;
    struct policy_view seen;
};

static enum err read_head(struct head *head, struct directory *dir,
                          struct writer *policy, struct writer *note)
{
    enum err err = store_log_policy_read(policy, dir->db, NULL);
    if (err == OK) err = evidence_checkpoint(note, dir->db);
    head->policy_text = writer_bytes(policy);
    head->note_text = writer_bytes(note);
    if (err == OK) err = policy_read(&head->policy, head->policy_text);
    if (err == OK) err = note_read(&head->note, head->note_text);
    if (err == OK) err = checkpoint_read(&head->checkpoint, head->note.text);
    if (err == OK)
        err = policy_view_note(&head->seen, &head->policy, &head->note);
    return err;
}

static void write_head(struct canon *c, const struct head *head)
{
    uint8_t room[NOTE_VKEY_MAX];
    struct writer vkey = writer_into(room, sizeof room);
    const struct note_key *key = &head->policy.logs[0].key;
    note_key_write(&vkey, key);
    canon_object(c);
    write_bound(c, &head->policy);
    canon_member_string(c, "checkpoint", head->note_text);
    canon_member_u64(c, "is_witnessed",
                     head->policy.quorum.who != POLICY_NONE);
    write_key(c, "log", key);
    canon_member_string(c, "policy", head->policy_text);
    canon_member_hash(c, "policy_digest", hash_sha256(head->policy_text));
    canon_member_hash(c, "root", head->checkpoint.head.root);
    canon_member_u64(c, "size", head->checkpoint.head.size);
    canon_member_string(c, "vkey", writer_bytes(&vkey));
    write_witnesses(c, &head->policy, &head->seen);
    canon_object_end(c);
}

enum err view_head(struct canon *c, struct route_request *request)
{
    struct arena arena = { 0 };
    uint8_t *rooms = arena_take_raw(&arena, POLICY_TEXT_MAX +
                                                EVIDENCE_NOTE_MAX);
    struct head *head = arena_take(&arena, 1, sizeof *head);
    enum err err = arena.is_short ? ERR_MEMORY : OK;
    if (err == OK) {
        struct writer policy = writer_into(rooms, POLICY_TEXT_MAX);
        struct writer note =
            writer_into(rooms + POLICY_TEXT_MAX, EVIDENCE_NOTE_MAX);
        err = read_head(head, request->dir, &policy, &note);
    }
    if (err == OK) write_head(c, head);
    arena_release(&arena);
    return err;
}
