#include "host/arena.h"

#include <stdlib.h>
#include <string.h>

#include "host/memory.h"

enum { ALIGN = 16, BLOCK_LEN = 256 * 1024, LARGE_LEN = BLOCK_LEN / 4 };

/* Most arenas hold one entry of the log: pages for more cost more than it. */
enum { FIRST_LEN = 16 * 1024 };

/* Large pieces are for the worst case: of a tree's a sixteenth is used. */
enum { SPARE = 16 };

/* Stands in front of the memory that it keeps. */
struct arena_block {
    _Alignas(ALIGN) struct arena_block *next;
};

/* Zeroing is left to calloc, which need not touch fresh pages. */
static uint8_t *add_block(struct arena *arena, size_t len, bool is_zeroed)
{
    if (len > SIZE_MAX - sizeof(struct arena_block)) return NULL;
    size_t whole = sizeof(struct arena_block) + len;
    struct arena_block *block = is_zeroed ? calloc(1, whole) : malloc(whole);
    if (block == NULL) return NULL;
    memory_touch(block, len == BLOCK_LEN ? whole : whole / SPARE);
    block->next = arena->blocks;
    arena->blocks = block;
    return (uint8_t *)(block + 1);
}

static size_t round_up(size_t len)
{
    len = (len + ALIGN - 1) / ALIGN * ALIGN;
    return len == 0 ? ALIGN : len;
}

static void *take(struct arena *arena, size_t len, bool is_zeroed)
{
    uint8_t *at = NULL;
    if (arena->is_short || len > SIZE_MAX - ALIGN) goto done;
    len = round_up(len);
    if (len >= LARGE_LEN) {
        at = add_block(arena, len, is_zeroed);
        goto done;
    }
    if (arena->left < len) {
        bool is_first = arena->blocks == NULL && len <= FIRST_LEN;
        size_t block = is_first ? FIRST_LEN : BLOCK_LEN;
        arena->room = add_block(arena, block, false);
        arena->left = arena->room == NULL ? 0 : block;
    }
    if (arena->room == NULL || arena->left < len) goto done;
    at = arena->room;
    arena->room += len;
    arena->left -= len;
    if (is_zeroed) memset(at, 0, len);
done:
    if (at == NULL) arena->is_short = true;
    return at;
}

void *arena_take(struct arena *arena, size_t count, size_t len)
{
    if (len != 0 && count > SIZE_MAX / len) {
        arena->is_short = true;
        return NULL;
    }
    return take(arena, count * len, true);
}

void *arena_take_raw(struct arena *arena, size_t len)
{
    return take(arena, len, false);
}

void arena_trim(struct arena *arena, void *at, size_t len, size_t used)
{
    if (arena->room != (uint8_t *)at + round_up(len)) return;
    size_t back = round_up(len) - round_up(used);
    arena->room -= back;
    arena->left += back;
}

struct bytes arena_copy(struct arena *arena, struct bytes bytes)
{
    uint8_t *at = arena_take_raw(arena, bytes.len);
    if (at == NULL) return (struct bytes){ NULL, 0 };
    bytes_copy(at, bytes.at, bytes.len);
    return bytes_of(at, bytes.len);
}

void arena_rewind(struct arena *arena, struct arena mark)
{
    while (arena->blocks != mark.blocks) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
    *arena = mark;
}

void arena_release(struct arena *arena)
{
    arena_rewind(arena, (struct arena){ 0 });
}
