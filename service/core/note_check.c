#include "core/note_check.h"

#include "core/cosignature.h"

static enum err check_text(const struct note *note, const struct note_key *key)
{
    bool is_found = false;
    for (size_t i = 0; i < note->line_count; i++) {
        uint8_t signature[ED25519_SIGNATURE_LEN];
        const struct note_line *line = &note->lines[i];
        if (!note_line_is_by(line, key)) continue;
        if (line->signature_len != sizeof signature) return ERR_SIGNATURE;
        if (note_line_signature(signature, sizeof signature, line) != OK)
            return ERR_SIGNATURE;
        if (!ed25519_verify(signature, note->text, key->key))
            return ERR_SIGNATURE;
        is_found = true;
    }
    return is_found ? OK : ERR_ABSENT;
}

static enum err check_cosignature(const struct note *note,
                                  const struct note_key *key)
{
    struct cosignature_times times;
    return cosignature_check(&times, note, key);
}

static const struct type {
    enum note_type type;
    enum err (*check)(const struct note *note, const struct note_key *key);
} types[] = {
    { NOTE_ED25519, check_text },
    { NOTE_COSIGNATURE, check_cosignature },
};

static const struct type *type_of(uint8_t type)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (types[i].type == type) return &types[i];
    return NULL;
}

enum err note_check(const struct note *note, const struct note_key *key)
{
    const struct type *type = type_of((uint8_t)key->type);
    return type == NULL ? ERR_SUPPORT : type->check(note, key);
}
