/*
 * checkpoint — the text that a log signs: whose it is, how long, which root.
 *
 *     draw.example.gov/log1                           origin
 *     3                                               leaves, decimal
 *     cl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc=    root
 *     (extension lines, none of them empty)
 *
 * Source: c2sp.org/tlog-checkpoint.
 */
#ifndef CORE_CHECKPOINT_H
#define CORE_CHECKPOINT_H

#include "core/merkle.h"
#include "core/note.h"

#define CHECKPOINT_ORIGIN_MAX NOTE_NAME_MAX
#define CHECKPOINT_TEXT_MAX 4096 /* bytes, with all extension lines      */
/* Bytes of the longest text without extension lines. */
#define CHECKPOINT_PLAIN_MAX (CHECKPOINT_ORIGIN_MAX + 1 + 19 + 1 + 44 + 1)

struct checkpoint {
    struct bytes origin; /* borrowed                                       */
    struct merkle_head head;
    struct bytes extension; /* borrowed: whole lines, or empty             */
};

/* May a new log be called so?  A name that does not end in a slash. */
bool checkpoint_is_origin(struct bytes origin);

/*
 * Reads the text of a note.  Borrowed from it.
 *   ERR_FORMAT      not a checkpoint; an origin that is no name
 *   ERR_CANONICAL   base64 with bits set beyond the last byte
 *   ERR_RANGE       size above MERKLE_SIZE_MAX
 *   ERR_LIMIT       longer than CHECKPOINT_TEXT_MAX
 *   ERR_PROOF       size 0 and another root than SHA-256("")
 */
MUST_CHECK enum err checkpoint_read(struct checkpoint *checkpoint,
                                    struct bytes text);
void checkpoint_write(struct writer *w, const struct checkpoint *checkpoint);

/*
 * Checks that `log` signed the note and that its text is a checkpoint of
 * that log, whose key name is its origin.  Borrowed from the note.
 *   ERR_ABSENT, ERR_SIGNATURE   as note_check
 *   ERR_KEY                     the origin is not the name of the key, or
 *                               the key is not of type NOTE_ED25519
 *   others                      as checkpoint_read
 */
MUST_CHECK enum err checkpoint_open(struct checkpoint *checkpoint,
                                    const struct note *note,
                                    const struct note_key *log);

#endif
