/*
 * note_check — has a key signed this note?  One door for every type of key.
 *
 *     NOTE_ED25519      the text itself
 *     NOTE_COSIGNATURE  the text below a time, see core/cosignature.h
 *
 * Source: c2sp.org/signed-note, c2sp.org/tlog-cosignature.
 */
#ifndef CORE_NOTE_CHECK_H
#define CORE_NOTE_CHECK_H

#include "core/note.h"

/*
 * Checks every line of `key`; lines of other keys are passed over.  For a
 * NOTE_COSIGNATURE key the time is not returned: see cosignature_check.
 *   ERR_ABSENT      no line of this key
 *   ERR_SIGNATURE   one of its lines does not verify
 *   ERR_LIMIT       a text too long to be cosigned
 */
MUST_CHECK enum err note_check(const struct note *note,
                               const struct note_key *key);

#endif
