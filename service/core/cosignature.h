/*
 * cosignature — a witness's word: at this time, this was the largest tree
 * that I have seen of this log, and it continues all earlier ones.
 *
 *     cosignature/v1                                what is signed
 *     time 1767225600
 *     draw.example.gov/log1                         the whole checkpoint
 *     3                                             text
 *     cl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc=
 *
 *     signature = u64be time || Ed25519 signature   72 bytes, 76 with the id
 *
 * Source: c2sp.org/tlog-cosignature.
 */
#ifndef CORE_COSIGNATURE_H
#define CORE_COSIGNATURE_H

#include "core/checkpoint.h"
#include "core/ed25519.h"

#define COSIGNATURE_LEN 72
#define COSIGNATURE_TIME_MAX INT64_MAX
#define COSIGNATURE_MESSAGE_MAX (15 + 5 + 19 + 1 + CHECKPOINT_TEXT_MAX)

struct cosignature {
    uint64_t time; /* Unix seconds */
    uint8_t signature[ED25519_SIGNATURE_LEN];
};

/*
 * Takes the signature of a line apart.
 *   ERR_FORMAT   not COSIGNATURE_LEN bytes     ERR_RANGE   time too large
 */
MUST_CHECK enum err cosignature_read(struct cosignature *cosignature,
                                     struct bytes signature);
void cosignature_write(struct writer *w, const struct cosignature *cosignature);
/* The bytes that are signed; `text` is the note's text. */
void cosignature_message(struct writer *w, uint64_t time, struct bytes text);

/* When a witness cosigned: a note may carry several lines of one key. */
struct cosignature_times {
    uint64_t earliest, latest; /* Unix seconds */
    size_t count;              /* lines, at least 1 */
};

/*
 * Checks every line of `witness`, whose key is of type NOTE_COSIGNATURE.
 *   ERR_ABSENT      no line of this key
 *   ERR_SIGNATURE   one of its lines is malformed or does not verify
 *   ERR_KEY         the key is of another type
 *   ERR_LIMIT       a text longer than CHECKPOINT_TEXT_MAX
 */
MUST_CHECK enum err cosignature_check(struct cosignature_times *times,
                                      const struct note *note,
                                      const struct note_key *witness);

#endif
