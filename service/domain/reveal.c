#include "domain/reveal.h"

#include "audits/form.h"
#include "audits/verify_table.h"
#include "core/digest.h"
#include "core/ed25519.h"
#include "core/frame.h"
#include "domain/book.h"

enum { VALUE_LEN_MAX = 64 };

const char *reveal_cause(enum reveal_state state)
{
    static const char *const causes[] = {
        [REVEAL_DOES_NOT_OPEN] = "does-not-open",
        [REVEAL_CONTRIBUTOR_MISSING] = "contributor-missing",
    };
    return causes[state];
}

/* ---- the parts of V ---------------------------------------------------- */

static bool is_frame_key(struct arena *arena, const struct draw *draw,
                         const struct value *reveal)
{
    const struct value *freeze = value_read(
        arena, draw->entries[DRAW_FREEZE].text, CANON_SORTED);
    struct hash key = value_member_hash(reveal, "frame_key");
    return hash_equal(frame_key_commitment(draw->number, &key),
                      value_member_hash(freeze, "frame_key"));
}

static bool is_good(const struct announcement_contributor *contributor,
                    const struct value *given, const struct hash *freeze)
{
    uint8_t value[VALUE_LEN_MAX], signature[ED25519_SIGNATURE_LEN];
    struct bytes digits = value_member_text(given, "value");
    if (!bytes_equal(contributor->name, value_member_text(given, "name")) ||
        bytes_read_hex(value, digits.len / 2, digits) != OK ||
        bytes_read_hex(signature, sizeof signature,
                       value_member_text(given, "signature")) != OK)
        return false;
    struct hash message = digest_contribution(
        freeze, contributor->name, bytes_of(value, digits.len / 2));
    return ed25519_verify(signature, hash_bytes(&message), contributor->key);
}

static bool is_contributed(const struct draw *draw,
                           const struct value *reveal)
{
    const struct announcement *a = &draw->announcement;
    const struct value *list = value_member(reveal, "contributions");
    if (list->count != a->contributor_count) return false;
    const struct value *given = value_first(list);
    for (size_t i = 0; i < list->count; i++) {
        if (!is_good(&a->contributors[i], given,
                     &draw->entries[DRAW_FREEZE].digest))
            return false;
        given = value_next(list, given);
    }
    return true;
}

static enum err judge(enum reveal_state *state, struct directory *dir,
                      const struct draw *draw, const struct value *reveal,
                      struct arena *arena)
{
    const struct announcement *a = &draw->announcement;
    const struct form_check check = { .facts = a->is_open ? FACT_OPEN : 0 };
    bool is_open = false;
    *state = REVEAL_MALFORMED;
    if (reveal == NULL ||
        !form_fits(&check, &verify_table[KIND_REVEAL].form, reveal))
        return OK;
    struct hash secret = value_member_hash(reveal, "secret");
    const struct book_slot slot = { a->book, a->slot };
    enum err err = book_opens(&is_open, dir, &slot, &secret);
    if (a->is_open) is_open = is_open && is_frame_key(arena, draw, reveal);
    if (!is_open) *state = REVEAL_DOES_NOT_OPEN;
    else if (!is_contributed(draw, reveal))
        *state = REVEAL_CONTRIBUTOR_MISSING;
    else *state = REVEAL_WHOLE;
    return err;
}

enum err reveal_judge(enum reveal_state *state, struct directory *dir,
                      const struct draw *draw, struct bytes text)
{
    struct arena arena = { 0 };
    enum err err =
        judge(state, dir, draw, value_read(&arena, text, CANON_SORTED),
              &arena);
    arena_release(&arena);
    return err;
}
