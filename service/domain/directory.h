/*
 * directory — a data directory, opened for reading, writing or signing.
 *
 *     DIR/yaohao.db   everything      DIR/guard.db   see store_guard
 *     DIR/log.vkey    one line        DIR/secret/    0700, keys and frames
 *     DIR/files/      published attachments, named by their SHA-256
 *     DIR/lock        held by the one process that writes
 *
 * Source: the decisions of this house on the data directory and processes.
 */
#ifndef DOMAIN_DIRECTORY_H
#define DOMAIN_DIRECTORY_H

#include "core/chain.h"
#include "domain/log.h"
#include "host/file.h"
#include "host/lock.h"

enum directory_mode {
    DIRECTORY_READ,  /* no lock, no secret, the database is read-only     */
    DIRECTORY_WRITE, /* the lock; no secret: nothing can be logged        */
    DIRECTORY_SIGN   /* the lock and the keys; a waiting head is published */
};

struct directory_options {
    const char *path;
    const char *passphrase_file; /* NULL: credentials or the terminal      */
    const char *now;             /* NULL; else a time, in rehearsals only  */
    const char *entropy;         /* NULL; else 64 digits, rehearsals only  */
    const char *public_address;  /* NULL; else "https://…", for readers    */
};

/* `dir` must not be moved or copied while open: it points into itself. */
struct directory {
    char path[FILE_PATH_MAX];
    enum directory_mode mode;
    struct lock lock;
    bool is_locked;
    struct db *db, *guard;
    struct clock clock;
    struct entropy entropy;
    struct keyring keyring;
    struct log log;
    bool is_rehearsal;
    struct chain test_chain; /* of a rehearsal; period 0: not read yet */
    const char *public_address; /* as in the options, borrowed */
    char why[LOG_WHY_MAX]; /* after an error: what happened and what to do
                              next, in Chinese, without newline            */
};

struct directory_birth {
    const char *origin; /* with is_rehearsal "/rehearsal" is appended       */
    bool is_rehearsal;
    const char *guard;   /* NULL: guard.db in the directory                 */
    struct bytes policy; /* witness, group and quorum lines; empty: quorum
                            none                                           */
};
/*
 * init: makes DIR, keys, database, guard, head 0 and entry 0.  Left open for
 * signing; closed by directory_close() also after an error.
 *   ERR_EXISTS   DIR has a log already, or the guard knows the origin
 *   ERR_INPUT    origin, policy, pass phrase or an override is refused
 *   others       of the parts; `why` says it
 */
MUST_CHECK enum err directory_create(struct directory *dir,
                                     const struct directory_options *options,
                                     const struct directory_birth *birth);
/*
 * Opens DIR.  Closed by directory_close() also after an error.
 *   ERR_ABSENT   no data directory       ERR_BUSY    another process writes
 *   ERR_KEY      wrong pass phrase       ERR_INPUT   override not in rehearsal
 *   ERR_FORK, ERR_PROOF, ERR_SIGNATURE, ERR_FORMAT   quarantine: `dir` can be
 *                used for reading; DIRECTORY_READ gives OK with log.stop set
 */
MUST_CHECK enum err directory_open(struct directory *dir,
                                   const struct directory_options *options,
                                   enum directory_mode mode);
void directory_close(struct directory *dir);

/* DIR/name.  ERR_LIMIT. */
MUST_CHECK enum err directory_path(char to[FILE_PATH_MAX],
                                   const struct directory *dir,
                                   const char *name);
/* DIR/files/<64 digits>.  ERR_LIMIT. */
MUST_CHECK enum err directory_file_path(char to[FILE_PATH_MAX],
                                        const struct directory *dir,
                                        struct hash digest);
/* Publishes an attachment under its SHA-256, durable; again is OK. */
MUST_CHECK enum err directory_attach(struct hash *digest,
                                     const struct directory *dir,
                                     struct bytes whole);

#endif
