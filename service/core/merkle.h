/*
 * merkle — one hash that commits to a list, and short proofs about it.
 *
 *            root             size = 3
 *           /    \
 *        node     |           node = SHA-256(0x01 || left || right)
 *       /    \    |           leaf = SHA-256(0x00 || data)
 *     leaf  leaf  leaf        no leaves: SHA-256("")
 *
 * A tree is kept as its right edge, one hash for every bit of its size, so
 * that leaves can be pushed and the root asked for at any time.
 * Source: RFC 6962 section 2.1; RFC 9162 sections 2.1.3 and 2.1.4.
 */
#ifndef CORE_MERKLE_H
#define CORE_MERKLE_H

#include "core/hash.h"

#define MERKLE_PATH_MAX 64        /* hashes in a proof             */
#define MERKLE_SIZE_MAX INT64_MAX /* leaves: below 2^63            */

/* The hashes of a proof; an inclusion path begins at the leaf. */
struct merkle_path {
    size_t count;
    struct hash at[MERKLE_PATH_MAX];
};

/* A list is told by its size and its root. */
struct merkle_head {
    uint64_t size;
    struct hash root;
};

/* One leaf of a list: its hash stands at `index`, counted from 0. */
struct merkle_place {
    uint64_t index;
    struct hash leaf;
};

/* ---- hashes ---------------------------------------------------------- */

struct hash merkle_leaf(struct bytes data);
struct hash merkle_node(const struct hash *left, const struct hash *right);
/* Root over `count` leaf hashes in the order given. */
struct hash merkle_root(const struct hash *leaves, size_t count);

/* ---- a growing tree -------------------------------------------------- */

/* Perfect subtrees from left to right; edge[0] is the largest. */
struct merkle_tree {
    uint64_t size;
    struct hash edge[MERKLE_PATH_MAX];
};

/* The empty tree. */
void merkle_begin(struct merkle_tree *tree);
/* One more leaf.  The size must be below MERKLE_SIZE_MAX. */
void merkle_push(struct merkle_tree *tree, struct hash leaf);
/* Root over the leaves pushed so far; more may be pushed afterwards. */
struct hash merkle_tree_root(const struct merkle_tree *tree);
/* How many hashes of `edge` are in use: the bits set in the size. */
size_t merkle_tree_edges(const struct merkle_tree *tree);

/* ---- proofs made ----------------------------------------------------- */

/*
 * Where a prover finds the hash over the 2^level leaves that begin at leaf
 * index * 2^level.  Only complete subtrees are asked for.  An error of
 * `node` ends the proof and is returned as it is.
 */
struct merkle_source {
    enum err (*node)(struct hash *hash, void *context, uint32_t level,
                     uint64_t index);
    void *context;
};

/*
 * Every complete subtree of `count` leaves in one lent array: the leaves,
 * then the level above, and so on.  A proof from it costs no hashing over
 * the list.  Borrowed: `nodes` must outlive it.
 */
struct merkle_levels {
    uint64_t size;
    struct hash *nodes;
};

/* How many hashes an array for `count` leaves holds (below 2 * count). */
uint64_t merkle_levels_count(uint64_t count);
/* Fills nodes[count …] from the leaves in nodes[0 … count-1]. */
void merkle_levels_fill(struct merkle_levels *levels);
/* Its nodes for a prover.  Borrowed: `levels` must outlive it. */
struct merkle_source merkle_levels_source(struct merkle_levels *levels);

/*
 * The root over the first `size` leaves of the source.
 *   ERR_RANGE   size above MERKLE_SIZE_MAX     others: from the source
 */
MUST_CHECK enum err merkle_source_root(struct hash *root,
                                       const struct merkle_source *source,
                                       uint64_t size);
/*
 * The path of the leaf place->index in the list of the first `size` leaves;
 * place->leaf is filled as well.
 *   ERR_RANGE   index not below size, or size above MERKLE_SIZE_MAX
 *   others      from the source
 */
MUST_CHECK enum err merkle_prove_inclusion(struct merkle_path *path,
                                           struct merkle_place *place,
                                           const struct merkle_source *source,
                                           uint64_t size);
/*
 * That the list of `to` leaves begins with the list of `from` leaves;
 * empty for from = 0 and for from = to.
 *   ERR_RANGE   from above to, or to above MERKLE_SIZE_MAX
 *   others      from the source
 */
struct merkle_growth {
    uint64_t from, to;
};
MUST_CHECK enum err merkle_prove_consistency(struct merkle_path *path,
                                             const struct merkle_source *source,
                                             struct merkle_growth growth);

/* ---- proofs checked -------------------------------------------------- */

/*
 * Does the leaf stand at its place in the list of this head?
 *   ERR_RANGE   the index is not below the size, or the size too large
 *   ERR_PROOF   a hash is missing or left over, or another root results
 */
MUST_CHECK enum err merkle_check_inclusion(const struct merkle_path *path,
                                           const struct merkle_place *place,
                                           const struct merkle_head *head);
/*
 * Does the list of `to` begin with the list of `from`?
 *   ERR_RANGE   from is larger than to, or a size too large
 *   ERR_PROOF   as above; also a size of 0 with another root than SHA-256("")
 */
MUST_CHECK enum err merkle_check_consistency(const struct merkle_path *path,
                                             const struct merkle_head *from,
                                             const struct merkle_head *to);

#endif
