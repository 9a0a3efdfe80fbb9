#include "core/merkle.h"

enum { TAG_LEAF = 0x00, TAG_NODE = 0x01 };

static struct hash long_leaf(struct bytes data)
{
    const uint8_t tag = TAG_LEAF;
    struct sha256 state;
    struct hash hash;
    sha256_begin(&state);
    sha256_add(&state, &tag, 1);
    sha256_add(&state, data.at, data.len);
    sha256_end(&state, hash.b);
    return hash;
}

struct hash merkle_leaf(struct bytes data)
{
    if (data.len > SHA256_SHORT_MAX - 1) return long_leaf(data);
    uint8_t room[SHA256_SHORT_ROOM];
    struct hash hash;
    room[0] = TAG_LEAF;
    bytes_copy(room + 1, data.at, data.len);
    sha256_short(hash.b, room, 1 + data.len);
    return hash;
}

struct hash merkle_node(const struct hash *left, const struct hash *right)
{
    uint8_t room[SHA256_SHORT_ROOM];
    struct hash hash;
    room[0] = TAG_NODE;
    /* Not bytes_copy: here the call would show in the time of a tree. */
    __builtin_memcpy(room + 1, left->b, sizeof left->b);
    __builtin_memcpy(room + 33, right->b, sizeof right->b);
    sha256_short(hash.b, room, 65);
    return hash;
}

struct hash merkle_root(const struct hash *leaves, size_t count)
{
    struct merkle_tree tree;
    merkle_begin(&tree);
    for (size_t i = 0; i < count; i++) merkle_push(&tree, leaves[i]);
    return merkle_tree_root(&tree);
}

/* ---- a growing tree -------------------------------------------------- */

void merkle_begin(struct merkle_tree *tree)
{
    tree->size = 0;
}

size_t merkle_tree_edges(const struct merkle_tree *tree)
{
    return (size_t)__builtin_popcountll(tree->size);
}

/* As in counting: each carry joins two subtrees of the same size. */
void merkle_push(struct merkle_tree *tree, struct hash leaf)
{
    size_t top = merkle_tree_edges(tree);
    for (uint64_t carry = tree->size; carry % 2 == 1; carry /= 2)
        leaf = merkle_node(&tree->edge[--top], &leaf);
    tree->edge[top] = leaf;
    tree->size++;
}

struct hash merkle_tree_root(const struct merkle_tree *tree)
{
    size_t top = merkle_tree_edges(tree);
    if (top == 0) return hash_sha256(bytes_of("", 0));

    struct hash root = tree->edge[--top];
    while (top > 0) root = merkle_node(&tree->edge[--top], &root);
    return root;
}

/* ---- all levels in one array ----------------------------------------- */

uint64_t merkle_levels_count(uint64_t count)
{
    uint64_t sum = 0;
    for (; count > 0; count /= 2) sum += count;
    return sum;
}

void merkle_levels_fill(struct merkle_levels *levels)
{
    struct hash *below = levels->nodes;
    for (uint64_t count = levels->size; count > 1; count /= 2) {
        struct hash *above = below + count;
        for (uint64_t i = 0; i < count / 2; i++)
            above[i] = merkle_node(&below[2 * i], &below[2 * i + 1]);
        below = above;
    }
}

static enum err levels_node(struct hash *hash, void *context, uint32_t level,
                            uint64_t index)
{
    const struct merkle_levels *levels = context;
    const struct hash *nodes = levels->nodes;
    uint64_t count = levels->size;
    for (; level > 0; level--, count /= 2) nodes += count;
    if (index >= count) return ERR_RANGE;
    *hash = nodes[index];
    return OK;
}

struct merkle_source merkle_levels_source(struct merkle_levels *levels)
{
    return (struct merkle_source){ levels_node, levels };
}

/* ---- proofs made and checked ------------------------------------------ */

/* `count` leaves from `start`, which is a multiple of the largest power of
   two that is not above count. */
struct range {
    uint64_t start, count;
};

/* From right to left: the smallest subtree first. */
static enum err range_root(struct hash *root,
                           const struct merkle_source *source,
                           struct range range)
{
    bool is_first = true;
    uint64_t end = range.start + range.count;
    for (uint32_t level = 0; level < 64; level++) {
        if ((range.count >> level & 1) == 0) continue;
        end -= UINT64_C(1) << level;
        struct hash node;
        enum err err =
            source->node(&node, source->context, level, end >> level);
        if (err != OK) return err;
        *root = is_first ? node : merkle_node(&node, root);
        is_first = false;
    }
    return OK;
}

/* The largest power of two below `count`, which is at least 2. */
static uint64_t split(uint64_t count)
{
    return UINT64_C(1) << (63 - __builtin_clzll(count - 1));
}

static enum err add(struct merkle_path *path,
                    const struct merkle_source *source, struct range range)
{
    if (path->count == MERKLE_PATH_MAX) return ERR_LIMIT;
    return range_root(&path->at[path->count++], source, range);
}

/* The walk goes from the root down, a path from the leaf up. */
static void reverse(struct merkle_path *path)
{
    for (size_t i = 0, j = path->count; i + 1 < j; i++) {
        struct hash held = path->at[--j];
        path->at[j] = path->at[i];
        path->at[i] = held;
    }
}

enum err merkle_source_root(struct hash *root,
                            const struct merkle_source *source, uint64_t size)
{
    if (size > MERKLE_SIZE_MAX) return ERR_RANGE;
    *root = merkle_root(NULL, 0);
    return range_root(root, source, (struct range){ 0, size });
}

enum err merkle_prove_inclusion(struct merkle_path *path,
                                struct merkle_place *place,
                                const struct merkle_source *source,
                                uint64_t size)
{
    path->count = 0;
    if (size > MERKLE_SIZE_MAX || place->index >= size) return ERR_RANGE;

    struct range in = { 0, size };
    while (in.count > 1) {
        uint64_t half = split(in.count);
        struct range left = { in.start, half };
        struct range right = { in.start + half, in.count - half };
        bool is_left = place->index < right.start;
        enum err err = add(path, source, is_left ? right : left);
        if (err != OK) return err;
        in = is_left ? left : right;
    }
    reverse(path);
    return source->node(&place->leaf, source->context, 0, place->index);
}

enum err merkle_prove_consistency(struct merkle_path *path,
                                  const struct merkle_source *source,
                                  struct merkle_growth growth)
{
    path->count = 0;
    if (growth.to > MERKLE_SIZE_MAX || growth.from > growth.to)
        return ERR_RANGE;
    if (growth.from == 0 || growth.from == growth.to) return OK;

    struct range in = { 0, growth.to };
    while (in.start + in.count != growth.from) {
        uint64_t half = split(in.count);
        struct range left = { in.start, half };
        struct range right = { in.start + half, in.count - half };
        bool is_left = growth.from <= right.start;
        enum err err = add(path, source, is_left ? right : left);
        if (err != OK) return err;
        in = is_left ? left : right;
    }
    /* The whole old list is known to the reader as its root. */
    if (in.start != 0) {
        enum err err = add(path, source, in);
        if (err != OK) return err;
    }
    reverse(path);
    return OK;
}

/* RFC 9162 2.1.3.2: `at` climbs, `last` is the final place on its level. */
enum err merkle_check_inclusion(const struct merkle_path *path,
                                const struct merkle_place *place,
                                const struct merkle_head *head)
{
    if (head->size > MERKLE_SIZE_MAX || place->index >= head->size)
        return ERR_RANGE;
    if (path->count > MERKLE_PATH_MAX) return ERR_PROOF;

    uint64_t at = place->index, last = head->size - 1;
    struct hash sum = place->leaf;
    for (size_t i = 0; i < path->count; i++, at /= 2, last /= 2) {
        if (last == 0) return ERR_PROOF;
        if (at % 2 == 0 && at != last) {
            sum = merkle_node(&sum, &path->at[i]);
            continue;
        }
        sum = merkle_node(&path->at[i], &sum);
        for (; at % 2 == 0 && at != 0; at /= 2) last /= 2;
    }
    return last == 0 && hash_equal(sum, head->root) ? OK : ERR_PROOF;
}

/* RFC 9162 2.1.4.2, where 0 < from < to. */
static bool is_continued(const struct merkle_path *path,
                         const struct merkle_head *from,
                         const struct merkle_head *to)
{
    bool is_perfect = (from->size & (from->size - 1)) == 0;
    if (path->count > MERKLE_PATH_MAX) return false;
    if (path->count == 0) return false;

    uint64_t at = from->size - 1, last = to->size - 1;
    for (; at % 2 == 1; at /= 2) last /= 2;

    struct hash old = is_perfect ? from->root : path->at[0];
    struct hash new = old;
    for (size_t i = is_perfect ? 0 : 1; i < path->count; i++) {
        if (last == 0) return false;
        if (at % 2 == 0 && at != last) {
            new = merkle_node(&new, &path->at[i]);
        } else {
            old = merkle_node(&path->at[i], &old);
            new = merkle_node(&path->at[i], &new);
            for (; at % 2 == 0 && at != 0; at /= 2) last /= 2;
        }
        at /= 2;
        last /= 2;
    }
    return last == 0 && hash_equal(old, from->root) &&
           hash_equal(new, to->root);
}

static bool is_head(const struct merkle_head *head)
{
    return head->size > 0 || hash_equal(head->root, merkle_root(NULL, 0));
}

enum err merkle_check_consistency(const struct merkle_path *path,
                                  const struct merkle_head *from,
                                  const struct merkle_head *to)
{
    if (to->size > MERKLE_SIZE_MAX || from->size > to->size) return ERR_RANGE;
    if (!is_head(from) || !is_head(to)) return ERR_PROOF;
    if (from->size == 0) return path->count == 0 ? OK : ERR_PROOF;
    if (from->size < to->size)
        return is_continued(path, from, to) ? OK : ERR_PROOF;
    return path->count == 0 && hash_equal(from->root, to->root) ? OK
                                                                : ERR_PROOF;
}
