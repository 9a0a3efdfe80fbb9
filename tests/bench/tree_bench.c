/*
 * tree_bench — the root over leaves of 65 bytes.  Prints seconds on the
 * wall, processor seconds, and how many SHA-256 blocks of 64 bytes that was,
 * two for each leaf and each node.
 *
 *     bench/tree_bench LEAVES
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/merkle.h"

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    enum { LEAF_LEN = 65 };
    if (argc != 2) return 2;
    size_t count = strtoull(argv[1], NULL, 10);
    uint8_t *leaves = malloc(count * LEAF_LEN);
    if (count == 0 || leaves == NULL) return 2;
    for (size_t i = 0; i < count * LEAF_LEN; i++)
        leaves[i] = (uint8_t)(i * 2654435761u >> 13);

    double wall = seconds(CLOCK_MONOTONIC);
    double processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
    struct merkle_tree tree;
    merkle_begin(&tree);
    for (size_t i = 0; i < count; i++)
        merkle_push(&tree,
                    merkle_leaf(bytes_of(leaves + i * LEAF_LEN, LEAF_LEN)));
    struct hash root = merkle_tree_root(&tree);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    printf("%.5f %.5f %zu %02x%02x\n", wall, processor, 4 * count - 2,
           root.b[0], root.b[1]);
    free(leaves);
    return 0;
}
