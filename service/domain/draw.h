/*
 * draw — one draw as a state machine over its log entries.
 *
 *     announce -> freeze -> reveal -> beacon -> draw -> open
 *                    |         |
 *                    +- void --+        every other order is ERR_STATE
 *
 * The log is the state: draw_load() reads it, each verb appends one entry.
 * After an error dir->why says in Chinese what happened and what to do.
 * Source: FORMAT 3 and 9 part 4.
 */
#ifndef DOMAIN_DRAW_H
#define DOMAIN_DRAW_H

#include "core/chain.h"
#include "core/policy.h"
#include "domain/directory_why.h"
#include "domain/entry.h"
#include "domain/feasible.h"

enum draw_kind {
    DRAW_ANNOUNCEMENT,
    DRAW_FREEZE,
    DRAW_REVEAL,
    DRAW_BEACON,
    DRAW_DRAW,
    DRAW_OPENING,
    DRAW_VOID,
    DRAW_ANNUL,
    DRAW_KIND_COUNT
};

struct draw_entry {
    bool is_there;
    uint64_t index, time;
    struct hash digest;
    struct bytes text; /* borrowed from the draw's arena */
};

struct draw {
    uint64_t number;
    struct arena arena;
    struct announcement announcement;
    struct draw_entry entries[DRAW_KIND_COUNT]; /* the first of each kind */
    struct hash last; /* of the draw's last entry in the log */
    struct policy policy;
    struct chain chain;
    uint64_t round;
};

/*
 * Reads a draw.  Released by draw_release() also after an error.
 *   ERR_ABSENT  no draw of this number     others of the log's tables
 */
MUST_CHECK enum err draw_load(struct draw *draw, struct directory *dir,
                              uint64_t number);
void draw_release(struct draw *draw);

/* 已公告, 已封存, 已揭示, 信标已到, 已抽取, 已公开, 已作废, 已撤销. */
const char *draw_stage(const struct draw *draw);

/* The time of the draw's round, Unix seconds. */
uint64_t draw_round_time(const struct draw *draw);

/* ---- the steps ------------------------------------------------------- */

/* `input` as FORMAT 12.  ERR_INPUT, ERR_STATE. */
MUST_CHECK enum err draw_announce(uint64_t *number, struct directory *dir,
                                  struct bytes input);

/*
 * Is a risk class of the register the public name of a stratum?  Then each
 * row that is opened tells the class of its target.  Errors of draw_load().
 */
MUST_CHECK enum err draw_tells_risk(bool *is_told, struct directory *dir,
                                    uint64_t number);

struct draw_custody {
    const uint8_t *signature; /* 64 bytes, or NULL: not yet signed    */
    bool is_trial;            /* look only: nothing is kept or logged */
    bool has_outlook;         /* out: of the lists of the first freeze */
    struct feasible outlook;
    uint64_t proof_bytes;     /* out, with it: see proof_size.h       */
    struct hash digest;       /* out: what the custodian is to sign   */
    bool is_waiting;          /* out: nothing appended, sign first    */
};
MUST_CHECK enum err draw_freeze(struct draw_custody *custody,
                                struct directory *dir, uint64_t number);
/* `contributions`: JSON array of {"name","signature","value"}, or empty. */
MUST_CHECK enum err draw_reveal(struct directory *dir, uint64_t number,
                                struct bytes contributions);
/* NULL: a rehearsal signs its own round. */
MUST_CHECK enum err draw_beacon(struct directory *dir, uint64_t number,
                                const uint8_t *signature);
MUST_CHECK enum err draw_draw(struct directory *dir, uint64_t number);

/* Two persons answer for every act after the draw. */
struct draw_persons {
    const char *name[2];
};
MUST_CHECK enum err draw_void(struct directory *dir, uint64_t number,
                              const char *cause, const char *reason,
                              const struct draw_persons *persons);
MUST_CHECK enum err draw_open(struct directory *dir, uint64_t number,
                              const struct draw_persons *persons);

/* A drop-out, replaced by the next reserve of the stratum. */
struct draw_replacement {
    const char *stratum;
    uint64_t position;
    const char *reason, *date, *source; /* of the register */
    struct bytes evidence;              /* the file itself */
    const struct draw_persons *persons;
    bool has_reserve; /* out: false, the place stays empty */
    uint64_t reserve; /* out: its position */
};
/* ERR_INPUT, ERR_STATE: `why` says it. */
MUST_CHECK enum err draw_replace(struct directory *dir, uint64_t number,
                                 struct draw_replacement *wish);

/* A post and who holds it from now on; borrowed for the call. */
struct draw_post {
    uint64_t entry; /* of the log */
    struct bytes stratum;
    uint64_t position;
    uint32_t seat;            /* from 0 */
    struct bytes certificate; /* empty: nobody, the seat is open */
};

/* An inspector gives up one post, or all of them. */
struct draw_standin {
    const char *certificate;
    const char *stratum; /* NULL: all his posts, he is away */
    uint64_t position;
    const char *reason; /* its class */
    const struct draw_persons *persons;
    /* Told of each post that was given to another; may be NULL. */
    void (*tell)(void *context, const struct draw_post *post);
    void *context;
};
/* An entry each.  ERR_STATE: he has no post here. */
MUST_CHECK enum err draw_stand_in(struct directory *dir, uint64_t number,
                                  const struct draw_standin *wish);

/* An open seat, filled by hand. */
struct draw_direction {
    const char *stratum;
    uint64_t position, seat;
    const char *unit, *reason;
    const struct draw_persons *persons;
};
MUST_CHECK enum err draw_direct(struct directory *dir, uint64_t number,
                                const struct draw_direction *wish);

/* An authority annuls the draw, after the opening only. */
struct draw_annulment {
    const char *authority, *document;
    struct bytes file; /* the document itself */
    const struct draw_persons *persons;
};
MUST_CHECK enum err draw_annul(struct directory *dir, uint64_t number,
                               const struct draw_annulment *wish);

/* What a drawn firm, or a logged reserve, is given to check. */
struct draw_receipt {
    struct writer text; /* given by the caller: DRAW_RECEIPT_MAX bytes     */
    bool is_reserve, is_dropped, is_crew_later; /* out */
};
#define DRAW_RECEIPT_MAX 22000
/*
 * `code` as the register has it, or as people type it.  Appends nothing.
 *   ERR_STATE   nothing is drawn yet
 *   ERR_ABSENT  not drawn and no logged reserve, whether or not it exists
 *   ERR_INPUT   no code      ERR_LIMIT  the row is too long for a receipt
 */
MUST_CHECK enum err draw_receipt(struct draw_receipt *receipt,
                                 struct directory *dir, uint64_t number,
                                 const char *code);

/* ---- for the steps and for proofs ------------------------------------ */

/* The frozen lists, made again.  Borrowed: `libraries` must outlive them. */
struct draw_libraries {
    struct sheet *targets, *recusals; /* recusals: may be NULL */
    struct roster roster;
    struct bytes values[ANNOUNCEMENT_STRATA_MAX];
    struct edition edition;
    uint64_t inspectors, recusal_version; /* versions */
};
/* Of these versions, a recusal_version of 0: nobody is recused. */
MUST_CHECK enum err draw_libraries_read(struct draw_libraries *libraries,
                                        struct directory *dir,
                                        uint64_t targets);
MUST_CHECK enum err draw_frozen(struct frozen *frozen,
                                struct draw_libraries *libraries,
                                struct directory *dir, struct draw *draw);
/* Per stratum the register's value; into libraries->values. */
MUST_CHECK enum err draw_values(struct draw_libraries *libraries,
                                struct directory *dir, struct draw *draw);
void draw_libraries_release(struct draw_libraries *libraries);

/* The seed: needs A, F, V and B. */
MUST_CHECK enum err draw_seed(struct hash *seed, const struct draw *draw);

/* Appends one entry in a transaction of its own and publishes the head. */
MUST_CHECK enum err draw_append(uint64_t *index, struct directory *dir,
                                struct bytes text);
#endif
