/*
 * verify_asked — what a reader asks besides, of a proof or of a whole log:
 * which key, which policy, what is acceptable.
 *
 *     --vkey KEY|FILE   --policy FILE   --rehearsal   --unwitnessed
 *
 * Source: FORMAT 9; README, "命令".
 */
#ifndef AUDITS_VERIFY_ASKED_H
#define AUDITS_VERIFY_ASKED_H

#include <argp.h>

#include "core/bytes.h"

/* All zero before the command line is read. */
struct verify_asked {
    const char *vkey_word, *policy_word; /* as written, or NULL */
    bool is_rehearsal, is_unwitnessed;
    struct bytes vkey, policy; /* by verify_asked_read(); empty: not given */
    struct bytes vkey_file;
};

/* A child of a verb's argp, whose input is a struct verify_asked. */
extern const struct argp verify_asked_argp;

/*
 * Reads what was named.  NULL, or which option cannot be used, for people;
 * `word` is then what was written.  Released in either case.
 */
const char *verify_asked_read(struct verify_asked *asked, const char **word);
void verify_asked_release(struct verify_asked *asked);

/* `text` without the line ends behind it. */
struct bytes verify_asked_trim(struct bytes text);

#endif
