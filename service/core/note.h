/*
 * note — a text signed by one or more keys, and the keys' one-line form.
 *
 *     draw.example.gov/log1                          text, ends in a newline
 *     3
 *     cl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc=
 *                                                    one empty line
 *     — draw.example.gov/log1 it9MK7Z9klzscC…    "— " name " "
 *     — witness.example.gov/w1 1aIljgAAAABpVb…    base64(id || signature)
 *
 *     draw.example.gov/log1+8adf4c2b+AWtPm3/0l…   name+id+base64(type||key)
 *
 *     id = first four bytes of SHA-256(name || 0x0a || type || key)
 *
 * Source: c2sp.org/signed-note.
 */
#ifndef CORE_NOTE_H
#define CORE_NOTE_H

#include "core/hash.h"

#define NOTE_LEN_MAX (256 * 1024) /* bytes of a whole note             */
#define NOTE_LINES_MAX 64         /* signature lines                   */
#define NOTE_NAME_MAX 255         /* bytes of a key's name             */
#define NOTE_SIGNATURE_MAX 8192   /* bytes of a signature, any type    */
#define NOTE_KEY_LEN 32           /* bytes of a public key we support  */
/* Bytes of the longest verifier key: name+8 digits+base64(type || key). */
#define NOTE_VKEY_MAX (NOTE_NAME_MAX + 10 + 44)

/* The signature types that this version can check. */
enum note_type {
    NOTE_ED25519 = 0x01,     /* over the text                              */
    NOTE_COSIGNATURE = 0x04, /* cosignature/v1, see core/cosignature.h     */
};

/* One public key. */
struct note_key {
    struct bytes name; /* borrowed from the text it was read from          */
    enum note_type type;
    uint32_t id;
    uint8_t key[NOTE_KEY_LEN];
};

/* One signature line.  Borrowed from the note. */
struct note_line {
    struct bytes name;
    uint32_t id;
    struct bytes base64;  /* of id and signature                           */
    size_t signature_len; /* bytes after the id, at least 1                */
};

/* A whole note.  Borrowed from the bytes it was read from. */
struct note {
    struct bytes text; /* with its last newline, without the empty line    */
    size_t line_count;
    struct note_line lines[NOTE_LINES_MAX];
};

/* Not empty, UTF-8, at most NOTE_NAME_MAX bytes, no space of Unicode, no
   control character, no '+'. */
bool note_is_name(struct bytes name);

/*
 * Splits a note; no signature is checked.
 *   ERR_FORMAT      not a note: encoding, control character, empty line or
 *                   signature line missing, line malformed
 *   ERR_CANONICAL   base64 with bits set beyond the last byte
 *   ERR_LIMIT       above NOTE_LEN_MAX, NOTE_LINES_MAX, NOTE_NAME_MAX or
 *                   NOTE_SIGNATURE_MAX
 */
MUST_CHECK enum err note_read(struct note *note, struct bytes bytes);
/* The bytes it was read from. */
void note_write(struct writer *w, const struct note *note);

/* Is this a line of this key: the same name and id? */
bool note_line_is_by(const struct note_line *line, const struct note_key *key);
/*
 * The signature without the id, into `to` which holds `max` bytes.
 *   ERR_FULL   it is longer     ERR_FORMAT, ERR_CANONICAL   not base64
 */
MUST_CHECK enum err note_line_signature(uint8_t *to, size_t max,
                                        const struct note_line *line);
/* The line as it stands in the note, with its newline. */
void note_line_copy(struct writer *w, const struct note_line *line);
/*
 * A new line for `signature` by `key`, with its newline.
 *   ERR_LIMIT   longer than NOTE_SIGNATURE_MAX     ERR_FULL   no room in `w`
 */
MUST_CHECK enum err note_line_write(struct writer *w,
                                    const struct note_key *key,
                                    struct bytes signature);

/*
 * Makes a key of its parts and computes its id.  Borrowed: name.
 *   ERR_FORMAT    not a name
 *   ERR_SUPPORT   a type not in enum note_type
 */
MUST_CHECK enum err note_key_make(struct note_key *key, struct bytes name,
                                  uint8_t type,
                                  const uint8_t public_key[NOTE_KEY_LEN]);
/*
 * Reads a verifier key, without a newline.
 *   ERR_FORMAT      not a verifier key
 *   ERR_CANONICAL   base64 with bits set beyond the last byte
 *   ERR_KEY         the id is not the one of name, type and key
 *   ERR_SUPPORT     a type not in enum note_type
 */
MUST_CHECK enum err note_key_read(struct note_key *key, struct bytes text);
/* Writes it, at most NOTE_VKEY_MAX bytes, no newline. */
void note_key_write(struct writer *w, const struct note_key *key);

#endif
