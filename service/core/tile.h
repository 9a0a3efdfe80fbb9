/*
 * tile — the paths and contents under which a log serves its tree.
 *
 *     tile/<L>/<N>[.p/<W>]         W hashes of level 8 * L (full: W = 256)
 *     tile/entries/<N>[.p/<W>]     W x ( u16be length || bytes )
 *
 *     tile/0/000   tile/1/x001/x234/067.p/8   tile/entries/x001/000.p/255
 *
 * Hash i of tile (L, N) covers the 256^L leaves from (N * 256 + i) * 256^L.
 * A path has one spelling; every other one is refused.
 * Source: c2sp.org/tlog-tiles.
 */
#ifndef CORE_TILE_H
#define CORE_TILE_H

#include "core/hash.h"

#define TILE_HEIGHT 8
#define TILE_WIDTH 256 /* hashes or entries in a full tile          */
#define TILE_LEVEL_MAX 63
#define TILE_INDEX_MAX ((UINT64_C(1) << 55) - 1)
#define TILE_PATH_MAX 47     /* bytes of the longest path                 */
#define TILE_ENTRY_MAX 65535 /* bytes of one entry                        */

struct tile {
    bool is_entries; /* a bundle of entries; its level is then 0         */
    uint32_t level;  /* 0 … TILE_LEVEL_MAX                               */
    uint64_t index;  /* 0 … TILE_INDEX_MAX                               */
    uint32_t width;  /* 1 … TILE_WIDTH; below TILE_WIDTH it is partial   */
};

/* Writes the path, without a leading slash; at most TILE_PATH_MAX bytes. */
void tile_write(struct writer *w, struct tile tile);
/*
 * Reads exactly one path.
 *   ERR_FORMAT   not the one spelling of a tile's path
 *   ERR_RANGE    level above TILE_LEVEL_MAX or index above TILE_INDEX_MAX
 */
MUST_CHECK enum err tile_read(struct tile *tile, struct bytes path);

/*
 * How many hashes (entries) the tile of this level and index has in a tree
 * of `size` leaves: TILE_WIDTH, less for the last one, or 0 for none.
 */
uint32_t tile_width(struct tile tile, uint64_t size);
/* May this tile, at its width, be served to readers of a tree of `size`? */
bool tile_is_within(struct tile tile, uint64_t size);

/* The hashes of a tile over which a node of the tree is computed. */
struct tile_part {
    struct tile tile; /* width: up to the last hash needed                */
    uint32_t start, count;
};

/*
 * Where to find node `index` of `level`, the levels counted from the leaves
 * as in merkle_source: it is the root over hashes start … start+count-1.
 */
struct tile_part tile_of_node(uint32_t level, uint64_t index);

/*
 * Appends an entry to a bundle.
 *   ERR_LIMIT   longer than TILE_ENTRY_MAX     ERR_FULL   no room in `w`
 */
MUST_CHECK enum err tile_entry_write(struct writer *w, struct bytes entry);
/*
 * Takes the next entry from the front of a bundle.  Borrowed from it.
 *   ERR_ABSENT   the bundle is at its end     ERR_FORMAT   it is cut short
 */
MUST_CHECK enum err tile_entry_next(struct bytes *entry, struct bytes *bundle);
/*
 * Checks that a bundle holds exactly `width` entries and nothing after them.
 *   ERR_FORMAT   it does not
 */
MUST_CHECK enum err tile_check_bundle(struct bytes bundle, uint32_t width);

#endif
