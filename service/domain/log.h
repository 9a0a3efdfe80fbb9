/*
 * log — the append path, made so that it cannot fork.
 *
 *     log_begin     BEGIN IMMEDIATE
 *       …rows of the business…            one transaction: a step and its
 *       log_append  entry, tiles, edge    entry stand together or not at all
 *     log_finish    head(size, root), COMMIT                        step 1
 *     log_publish   read back, recompute, check consistency         step 2
 *                   guard: compare and swap                         step 3
 *                   sign (the same text always gives the same line) step 4
 *                   store the line, publish                         step 6
 *
 * Asking witnesses (step 5) comes with a later version; their lines are
 * stored by domain/witness.  After a crash log_open() sees where it was, and
 * log_publish() goes on from there.
 *
 * Quarantine: the log can be read but takes nothing and signs nothing.
 * `stop` says which error, `why` tells a person in Chinese what to do.
 * Source: c2sp.org tlog-tiles and tlog-checkpoint; FORMAT 2 and 3.
 */
#ifndef DOMAIN_LOG_H
#define DOMAIN_LOG_H

#include "core/checkpoint.h"
#include "domain/keyring.h"
#include "host/clock.h"
#include "store/store_log.h"

#define LOG_WHY_MAX 1024 /* bytes with NUL */
/* Opening re-hashes all tiles and the bytes of so many last entries. */
#define LOG_RECHECK_MAX 65536

struct log {
    /* Borrowed: they outlive the log. */
    struct db *db, *guard;
    const struct keyring *keyring; /* NULL: nothing can be signed */
    bool is_locked;                /* no other process can write  */
    const struct clock *clock;
    char origin[NOTE_NAME_MAX + 1];
    uint8_t public_key[NOTE_KEY_LEN];

    struct merkle_head published; /* what readers see                     */
    struct merkle_head waiting;   /* committed, not yet published         */
    bool is_waiting;
    struct merkle_tree tree; /* with the entries of this transaction */
    struct merkle_tree tree_before;
    uint64_t time, time_before; /* of the last entry, Unix seconds      */
    bool is_begun;              /* a transaction is open                */
    enum err stop;              /* OK, or why nothing is accepted       */
    char why[LOG_WHY_MAX];      /* for people                           */
};

/*
 * A new log of size 0: identity and policy are stored, the guard is told,
 * the head of size 0 is signed and published.  `log` has db, guard, keyring
 * and clock set, and all else zero.
 *   ERR_EXISTS   the database or the guard has a log already
 *   ERR_FORMAT   not an origin     others as query_end()
 */
struct log_birth {
    const char *origin;
    const char *guard_path; /* as stored; "" = beside the database */
    struct bytes policy;    /* canonical, with its log line        */
};
MUST_CHECK enum err log_create(struct log *log, const struct log_birth *birth);

/*
 * Reads the log and re-checks it: the bytes of the last entries, every tile
 * against the one above, the last heads and our signature, and the guard.
 * db, guard, keyring and clock are set, all else zero; guard NULL (for
 * readers) skips its comparison.
 *   ERR_FORK     the guard knows another head: quarantine
 *   ERR_PROOF, ERR_SIGNATURE, ERR_FORMAT   stored bytes have changed:
 *                quarantine
 *   ERR_ABSENT   there is no log, or the guard does not know it
 *   others       as query_end()
 * After ERR_FORK, ERR_PROOF, ERR_SIGNATURE and ERR_FORMAT `log` can still be
 * used for reading; stop and why are set.
 */
MUST_CHECK enum err log_open(struct log *log);

/* The time for the next entry: now, but never before the last entry. */
uint64_t log_time(const struct log *log);

/*
 * Begins a transaction; a head that waits is published first.
 *   the error of `stop`   in quarantine
 *   others                as db_begin() and log_publish()
 */
MUST_CHECK enum err log_begin(struct log *log);
/*
 * Appends an entry inside the transaction; its place goes to `index`.  The
 * text is canonical JSON with kind, time, draw and prev.
 *   ERR_FORMAT, ERR_CANONICAL   it is not      ERR_LIMIT  over 65,535 bytes
 *   ERR_STATE    no transaction, no key, or time runs backwards
 *   ERR_EXISTS   a second announcement, freeze, reveal … of a draw
 *   others       as query_end()
 * After an error the transaction must be given up: log_finish(log, err).
 */
MUST_CHECK enum err log_append(uint64_t *index, struct log *log,
                               struct bytes entry);
/*
 * Ends the transaction: COMMIT if `err` is OK, else everything is undone.
 * Returns the first error.  An error of COMMIT itself leaves the state
 * unknown: the log stops (ERR_DATABASE in `stop`) and must be opened again.
 */
MUST_CHECK enum err log_finish(struct log *log, enum err err);
/*
 * Signs and publishes what was committed; nothing waiting is OK.
 *   ERR_PROOF    what was read back is not what was to be signed: quarantine
 *   ERR_FORK     the guard knows another head: quarantine
 *   ERR_STATE    no key
 *   others       as query_end(); call again or open again
 */
MUST_CHECK enum err log_publish(struct log *log);

/* Our key as witnesses and verifiers know it.  Borrowed from the log. */
MUST_CHECK enum err log_key(struct note_key *key, const struct log *log);

/*
 * Stops for good, with an alarm in the guard that no restore removes.
 * Returns ERR_FORK.
 */
struct log_alarm {
    const char *reason; /* Chinese, for people   */
    struct bytes note;  /* the evidence, or empty */
};
enum err log_alarm(struct log *log, const struct log_alarm *alarm);

#endif
