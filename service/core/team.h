/*
 * team — who inspects what: a random, even and lawful choice of inspectors.
 *
 *     targets      0        1            posts are numbered through,
 *     posts      0   1    2   3   4      each names its target and its pool
 *     pools      A   B    A   A   B      a pool lists the inspectors who may
 *     holders    7   2    3   7   -      nobody: open, with a certificate
 *
 * Four phases: greedy (least loaded first), repair (open posts, along
 * augmenting paths), balance (the least sum of squared loads) and mix (a long
 * random walk over the assignments that are equally good).
 *
 *     size_t len = team_workspace_len(&problem);     0: too large
 *     err = team_solve(holders, &problem, &seed, room, len, &listener);
 *
 * Everybody who has the team seed and the frozen lists finds the same answer.
 * Source: FORMAT 6.  Pure: no I/O, no allocation; the caller lends memory.
 */
#ifndef CORE_TEAM_H
#define CORE_TEAM_H

#include "core/hash.h"

#define TEAM_NOBODY UINT32_MAX /* as a holder: the post is open */
#define TEAM_NO_CAP UINT32_MAX /* as a cap: none */

#define TEAM_POSTS_MAX ((uint32_t)1 << 24)
#define TEAM_TARGETS_MAX ((uint32_t)1 << 24)
#define TEAM_INSPECTORS_MAX ((uint32_t)1 << 22)
#define TEAM_POOLS_MAX ((uint32_t)1 << 20)
#define TEAM_MEMBERS_MAX ((uint32_t)1 << 26) /* of all pools together */
#define TEAM_RECUSALS_MAX ((uint32_t)1 << 27)

/* One seat: for which target, and the pool that may fill it. */
struct team_post {
    uint32_t target, pool;
};

/* Inspectors by number, each once.  The order matters to the mix alone. */
struct team_pool {
    const uint32_t *members;
    uint32_t count;
};

/* This inspector may hold no post of this target. */
struct team_recusal {
    uint32_t target, inspector;
};

/* Borrowed throughout: the lists must outlive every call that takes it. */
struct team_problem {
    const struct team_post *posts;
    uint32_t post_count;
    uint32_t target_count; /* targets are 0 … target_count-1 */
    const struct team_pool *pools;
    uint32_t pool_count;
    const uint32_t *caps; /* one an inspector: posts, or TEAM_NO_CAP */
    uint32_t inspector_count;
    const struct team_recusal *recusals; /* any order */
    uint32_t recusal_count;
};

/*
 * Why `post` stays open: these posts outnumber what all who may hold one of
 * them can hold.  Both lists ascend; `post` is one of the posts.
 */
struct team_open {
    uint32_t post;
    const uint32_t *posts;
    uint32_t post_count;
    const uint32_t *inspectors; /* those the search met */
    uint32_t inspector_count;
};

/*
 * Told of each open post, ascending.  Borrowed: the lists are valid until
 * `open` returns.  An answer other than OK ends the work with that error.
 */
struct team_listener {
    enum err (*open)(void *context, const struct team_open *open);
    void *context;
};

/* Bytes that the calls below need; 0 if the problem is beyond a limit. */
size_t team_workspace_len(const struct team_problem *problem);

/*
 * Fills `holders`, one a post: an inspector, or TEAM_NOBODY.  `seed` is the
 * team seed.  `workspace` is aligned as malloc does it, at least
 * team_workspace_len() bytes, and free again afterwards.  `listener` may be
 * NULL.
 *   ERR_LIMIT   more than one of the TEAM_…_MAX
 *   ERR_FULL    the workspace is too small
 *   ERR_RANGE   a post, pool or recusal names what does not exist
 *   ERR_EXISTS  a pool names an inspector twice
 *   and what the listener answers
 */
MUST_CHECK enum err team_solve(uint32_t *holders,
                               const struct team_problem *problem,
                               const struct hash *seed, void *workspace,
                               size_t len,
                               const struct team_listener *listener);

/*
 * The claim of a certificate, checked without the search that found it:
 * `count` posts, distinct and ascending, are more than the sum over all
 * inspectors of min(cap, targets with one of these posts for which he is
 * eligible).  No assignment whatever fills them all.  The workspace is as for
 * team_solve(); false as well where that refuses problem or workspace.
 */
bool team_certificate_holds(const struct team_problem *problem,
                            const uint32_t *posts, uint32_t count,
                            void *workspace, size_t len);

#endif
