#include "core/tile.h"

/* Six groups of three digits hold TILE_INDEX_MAX. */
#define INDEX_GROUPS_END UINT64_C(1000000000000000000)

/* ---- paths ----------------------------------------------------------- */

static void write_group(struct writer *w, uint64_t group)
{
    writer_byte(w, (uint8_t)('0' + group / 100));
    writer_byte(w, (uint8_t)('0' + group / 10 % 10));
    writer_byte(w, (uint8_t)('0' + group % 10));
}

void tile_write(struct writer *w, struct tile tile)
{
    writer_text(w, "tile/");
    if (tile.is_entries) writer_text(w, "entries");
    if (!tile.is_entries) writer_u64(w, tile.level);
    writer_byte(w, '/');

    uint64_t unit = 1;
    while (tile.index / unit >= 1000) unit *= 1000;
    for (; unit > 1; unit /= 1000) {
        writer_byte(w, 'x');
        write_group(w, tile.index / unit % 1000);
        writer_byte(w, '/');
    }
    write_group(w, tile.index % 1000);

    if (tile.width == TILE_WIDTH) return;
    writer_text(w, ".p/");
    writer_u64(w, tile.width);
}

/* Takes the text before the next slash, and the slash. */
static bool take_segment(struct bytes *segment, struct bytes *rest)
{
    size_t len = 0;
    while (len < rest->len && rest->at[len] != '/') len++;
    if (len == rest->len) return false;
    *segment = bytes_slice(*rest, 0, len);
    *rest = bytes_slice(*rest, len + 1, rest->len);
    return true;
}

static bool take_group(uint64_t *index, struct bytes *rest)
{
    if (rest->len < 3 || *index >= INDEX_GROUPS_END / 1000) return false;
    uint64_t group = 0;
    for (size_t i = 0; i < 3; i++) {
        if (rest->at[i] < '0' || rest->at[i] > '9') return false;
        group = group * 10 + (uint64_t)(rest->at[i] - '0');
    }
    *index = *index * 1000 + group;
    *rest = bytes_slice(*rest, 3, rest->len);
    return true;
}

/* The index is checked against its limit when the whole path is read. */
static bool take_index(uint64_t *index, struct bytes *rest)
{
    *index = 0;
    for (bool is_first = true; bytes_starts(*rest, "x"); is_first = false) {
        *rest = bytes_slice(*rest, 1, rest->len);
        if (!take_group(index, rest)) return false;
        if (is_first && *index == 0) return false;
        if (!bytes_starts(*rest, "/")) return false;
        *rest = bytes_slice(*rest, 1, rest->len);
    }
    return take_group(index, rest);
}

static enum err read_width(uint32_t *width, struct bytes rest)
{
    *width = TILE_WIDTH;
    if (rest.len == 0) return OK;
    if (!bytes_starts(rest, ".p/")) return ERR_FORMAT;

    uint64_t value;
    struct bytes digits = bytes_slice(rest, 3, rest.len);
    if (bytes_read_u64(&value, digits, TILE_WIDTH - 1) != OK) return ERR_FORMAT;
    if (value == 0) return ERR_FORMAT;
    *width = (uint32_t)value;
    return OK;
}

enum err tile_read(struct tile *tile, struct bytes path)
{
    struct bytes rest = path, segment;
    if (path.len > TILE_PATH_MAX) return ERR_FORMAT;
    if (!bytes_starts(rest, "tile/")) return ERR_FORMAT;
    rest = bytes_slice(rest, 5, rest.len);

    *tile = (struct tile){ 0 };
    if (!take_segment(&segment, &rest)) return ERR_FORMAT;
    tile->is_entries = bytes_equal_text(segment, "entries");
    if (!tile->is_entries) {
        uint64_t level;
        enum err err = bytes_read_u64(&level, segment, TILE_LEVEL_MAX);
        if (err != OK) return err;
        tile->level = (uint32_t)level;
    }
    if (!take_index(&tile->index, &rest)) return ERR_FORMAT;
    enum err err = read_width(&tile->width, rest);
    if (err != OK) return err;
    return tile->index > TILE_INDEX_MAX ? ERR_RANGE : OK;
}

/* ---- what is in them ------------------------------------------------- */

uint32_t tile_width(struct tile tile, uint64_t size)
{
    if (tile.level >= 64 / TILE_HEIGHT) return 0;
    uint64_t count = size >> (TILE_HEIGHT * tile.level);
    if (tile.index < count / TILE_WIDTH) return TILE_WIDTH;
    if (tile.index > count / TILE_WIDTH) return 0;
    return (uint32_t)(count % TILE_WIDTH);
}

bool tile_is_within(struct tile tile, uint64_t size)
{
    return tile.width >= 1 && tile.width <= tile_width(tile, size);
}

struct tile_part tile_of_node(uint32_t level, uint64_t index)
{
    uint32_t up = level % TILE_HEIGHT;
    uint32_t count = 1U << up;
    uint64_t tile = index >> (TILE_HEIGHT - up);
    uint32_t start = (uint32_t)(index << up) % TILE_WIDTH;
    return (struct tile_part){
        .tile = { .level = level / TILE_HEIGHT,
                  .index = tile,
                  .width = start + count },
        .start = start,
        .count = count,
    };
}

enum err tile_entry_write(struct writer *w, struct bytes entry)
{
    if (entry.len > TILE_ENTRY_MAX) return ERR_LIMIT;
    if (w->is_full || w->max - w->len < 2 + entry.len) return ERR_FULL;
    writer_byte(w, (uint8_t)(entry.len >> 8));
    writer_byte(w, (uint8_t)entry.len);
    writer_add(w, entry);
    return OK;
}

enum err tile_entry_next(struct bytes *entry, struct bytes *bundle)
{
    if (bundle->len == 0) return ERR_ABSENT;
    if (bundle->len < 2) return ERR_FORMAT;
    size_t len = (size_t)bundle->at[0] << 8 | bundle->at[1];
    if (bundle->len - 2 < len) return ERR_FORMAT;
    *entry = bytes_slice(*bundle, 2, len);
    *bundle = bytes_slice(*bundle, 2 + len, bundle->len);
    return OK;
}

enum err tile_check_bundle(struct bytes bundle, uint32_t width)
{
    struct bytes entry;
    for (uint32_t i = 0; i < width; i++)
        if (tile_entry_next(&entry, &bundle) != OK) return ERR_FORMAT;
    return bundle.len == 0 ? OK : ERR_FORMAT;
}
