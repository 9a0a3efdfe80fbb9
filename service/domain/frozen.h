/*
 * frozen — the lists of one draw as they stand after the freeze.
 *
 *     announcement + register + roster + two keys
 *        -> every row in its stratum or under the rule that took it out,
 *           strata in the order that frame_key gives, pools by number
 *
 * It is a pure function of its inputs: nothing of it is stored, every later
 * step makes it again from the same versions and the same two keys.
 * Source: FORMAT 3.6 and 4.
 */
#ifndef DOMAIN_FROZEN_H
#define DOMAIN_FROZEN_H

#include "core/frame.h"
#include "core/merkle.h"
#include "core/team.h"
#include "domain/announcement.h"
#include "domain/register.h"
#include "domain/roster.h"
#include "host/arena.h"

enum {
    FROZEN_TEXT_MAX = 65536,
    FROZEN_WHY_MAX = 512,
    FROZEN_SCOPES = 2 /* lists of the scope: district, type */
};

/* A row in its place; text, order and leaf are made again when needed. */
struct frozen_place {
    uint32_t line; /* of the register's sheet */
};

/* A stratum, or the rows that an exclusion rule took out. */
struct frozen_list {
    struct frozen_place *places; /* in strictly ascending order */
    uint64_t count;
    struct hash commitment;
};

/* One inspector at his place in the roster. */
struct frozen_inspector {
    struct hash order;
    const struct roster_row *row;
};

/* The duty that all rows of one district share. */
struct frozen_duty {
    struct bytes district;
    bool is_used; /* by a row of a stratum */
    uint64_t rows; /* of strata, that have it */
    uint32_t posts[ANNOUNCEMENT_SEATS_MAX];
    struct bytes text;
    struct team_pool pools[ANNOUNCEMENT_DEPARTMENTS_MAX];
};

/* Who is recused for one code: of his duty's pools, ascending. */
struct frozen_recusal {
    struct bytes code;
    const struct frozen_duty *duty; /* NULL: no row of a stratum */
    uint32_t *inspectors;
    size_t count;
};

struct frozen_input {
    const struct announcement *announcement;
    const struct sheet *targets;
    const struct roster *roster;
    const struct sheet *recusals; /* NULL: nobody is recused */
    struct frame_keys keys;
    /* Per stratum the register's value it stands for; NULL: its name. */
    const struct bytes *values;
};

struct frozen {
    struct frozen_input input; /* borrowed */
    struct arena arena;
    struct frozen_place *places; /* of all rows, list after list */
    uint64_t codes;              /* distinct codes of the register */
    size_t list_count; /* strata, then rule 0 and the exclusion rules */
    struct frozen_list *lists;
    struct frozen_rule *rules; /* of the scope, then the exclusions */
    size_t duty_count;
    struct frozen_duty *duties;
    uint32_t *duty_slots; /* look-up of duties by district */
    uint32_t pool_count;
    struct team_pool *pools; /* distinct, in lexicographic order */
    uint32_t inspector_count;
    struct frozen_inspector *inspectors;
    size_t recusal_count;
    struct frozen_recusal *recusals; /* ascending by code */
    struct merkle_levels roster;
    struct hash roster_commitment;
    char why[FROZEN_WHY_MAX]; /* Chinese, after ERR_INPUT */
};

/*
 * Makes the lists.  Released by frozen_release() also after an error.
 *   ERR_INPUT   a district without inspectors, a code twice, a certificate
 *               twice: `why` says what to do
 *   ERR_LIMIT, ERR_MEMORY, ERR_FORMAT
 */
MUST_CHECK enum err frozen_build(struct frozen *frozen,
                                 const struct frozen_input *input);
void frozen_release(struct frozen *frozen);

/* The texts of one row.  Borrowed from the room given to frozen_row(). */
struct frozen_row {
    struct register_row cells;
    struct bytes id, row;
    const struct frozen_duty *duty; /* posts and pools of its district  */
    const struct frozen_recusal *recusal; /* NULL: nobody               */
    struct bytes duty_text; /* of a row in a stratum                    */
};

#endif
