#include "core/roster.h"

#include "core/canon.h"
#include "core/utf8.h"

enum { SHOWN = 2 /* scalar values at the end of a mask */ };

struct hash roster_key_commitment(uint64_t draw, const struct hash *roster_key)
{
    struct sha256 state = hash_begin("roster-key/v1");
    hash_add_u64(&state, draw);
    hash_add(&state, hash_bytes(roster_key));
    return hash_end(&state);
}

struct hash roster_order(const struct hash *roster_key,
                         struct bytes certificate)
{
    return hash_keyed("order/v1", roster_key, certificate);
}

struct hash roster_blind(const struct hash *roster_key,
                         struct bytes certificate)
{
    return hash_keyed("inspector-blind/v1", roster_key, certificate);
}

struct hash roster_person_blind(const struct hash *roster_key,
                                struct bytes certificate)
{
    return hash_keyed("person-blind/v1", roster_key, certificate);
}

struct hash roster_digest(const struct hash *blind, struct bytes text)
{
    return hash_keyed("inspector/v1", blind, text);
}

struct hash roster_person_digest(const struct hash *blind, struct bytes person)
{
    return hash_keyed("person/v1", blind, person);
}

_Static_assert(sizeof(struct roster_leaf) == 64, "leaf data has no padding");

struct bytes roster_leaf_bytes(const struct roster_leaf *leaf)
{
    return bytes_of(leaf, sizeof *leaf);
}

struct hash roster_commitment(uint64_t count, const struct hash *root)
{
    struct sha256 state = hash_begin("roster/v1");
    hash_add_u64(&state, count);
    hash_add(&state, hash_bytes(root));
    return hash_end(&state);
}

/* Bytes of the first `count` scalar values of `text`. */
static size_t scalars_len(struct bytes text, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count && at < text.len; i++) {
        uint32_t scalar;
        size_t len = utf8_step(&scalar, bytes_slice(text, at, 4));
        if (len == 0) break;
        at += len;
    }
    return at;
}

void roster_mask(struct writer *w, struct bytes certificate)
{
    size_t count = utf8_count(certificate);
    size_t hidden = count > SHOWN ? count - SHOWN : count;
    for (size_t i = 0; i < hidden; i++) writer_byte(w, '*');
    size_t len = scalars_len(certificate, hidden);
    writer_add(w, bytes_slice(certificate, len, certificate.len));
}

bool roster_is_masked(struct bytes masked)
{
    if (masked.len == 0 || !utf8_is_valid(masked)) return false;
    size_t count = utf8_count(masked);
    size_t hidden = count > SHOWN ? count - SHOWN : count;
    for (size_t i = 0; i < hidden; i++)
        if (i >= masked.len || masked.at[i] != '*') return false;
    return true;
}

void roster_write_text(struct writer *w, const struct roster_entry *entry)
{
    uint8_t room[ROSTER_CERTIFICATE_MAX];
    struct writer mask = writer_into(room, sizeof room);
    roster_mask(&mask, entry->certificate);
    if (mask.is_full) w->is_full = true;

    struct canon j = canon_into(w);
    canon_object(&j);
    canon_member_string(&j, "certificate", writer_bytes(&mask));
    canon_member_string(&j, "unit", entry->unit);
    canon_object_end(&j);
}

void roster_write_person(struct writer *w, const struct roster_entry *entry)
{
    struct canon j = canon_into(w);
    canon_object(&j);
    canon_member_string(&j, "certificate", entry->certificate);
    canon_member_string(&j, "name", entry->name);
    canon_object_end(&j);
}
