/*
 * store_tile — the hashes of the log's tree, 256 to a tile.
 *
 *     600 entries          log_tile (0, 0) (0, 1)     log_edge 0: 88 hashes
 *                                                     log_edge 1:  2 hashes
 *
 * Source: schema/0002_log.sql; FORMAT 2; c2sp.org/tlog-tiles.
 */
#ifndef STORE_STORE_TILE_H
#define STORE_STORE_TILE_H

#include "core/tile.h"

struct db;

#define STORE_TILE_LEVELS 8 /* tiles of levels 0 … 7: 2^64 leaves */
#define STORE_TILE_LEN (TILE_WIDTH * sizeof(struct hash))

/*
 * Hashes of tile (level, index), full or at the right edge; their number
 * goes to `count`, 0 where there is no such tile.
 *   ERR_FORMAT   a stored tile has an impossible length
 */
MUST_CHECK enum err store_tile_read(struct hash hashes[TILE_WIDTH],
                                    uint32_t *count, struct db *db,
                                    struct tile tile);
MUST_CHECK enum err store_tile_write(struct db *db, struct tile tile,
                                     const struct hash *hashes);
/* How many full tiles are stored. */
MUST_CHECK enum err store_tile_count(uint64_t *count, struct db *db,
                                     uint32_t level);
/* The unfinished tile of a level, `count` below TILE_WIDTH. */
MUST_CHECK enum err store_tile_edge_write(struct db *db, uint32_t level,
                                          const struct hash *hashes,
                                          uint32_t count);
MUST_CHECK enum err store_tile_edge(struct hash hashes[TILE_WIDTH],
                                    uint32_t *count, struct db *db,
                                    uint32_t level);

#endif
