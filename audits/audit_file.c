/* 5.15 and 5.20: the files that entries name. */
#include "audits/audit_case.h"

#include <stdlib.h>

enum { PATH_ROOM = 96 };

static size_t *slot_of(const struct audit *a, struct hash hash)
{
    return &a->file_slots[hash.b[0] | hash.b[1] << 8];
}

static const struct audit_file *find(const struct audit *a, struct hash hash)
{
    if (a->file_slots == NULL) return NULL;
    for (size_t i = *slot_of(a, hash); i != AUDIT_NONE; i = a->files[i].next)
        if (hash_equal(a->files[i].hash, hash)) return &a->files[i];
    return NULL;
}

static bool grow(struct audit *a)
{
    if (a->file_slots == NULL) {
        a->file_slots =
            arena_take(&a->arena, AUDIT_SLOTS, sizeof *a->file_slots);
        if (a->file_slots == NULL) return false;
        for (size_t i = 0; i < AUDIT_SLOTS; i++)
            a->file_slots[i] = AUDIT_NONE;
    }
    if (a->file_count < a->file_max) return true;
    size_t max = a->file_max == 0 ? 64 : 2 * a->file_max;
    struct audit_file *files = arena_take(&a->arena, max, sizeof *files);
    if (files == NULL) return false;
    if (a->file_count != 0)
        bytes_copy(files, a->files, a->file_count * sizeof *files);
    a->files = files;
    a->file_max = max;
    return true;
}

static bool read_file(struct bytes *text, struct arena *arena,
                      const struct audit *a, struct hash hash)
{
    char path[PATH_ROOM] = { 0 };
    struct writer w = writer_into(path, sizeof path - 1);
    writer_text(&w, "files/");
    writer_hex(&w, hash_bytes(&hash));
    return audit_read(text, arena, a, path) == OK &&
           hash_equal(hash_sha256(*text), hash);
}

bool audit_file_name(struct audit *a, size_t entry, struct hash hash,
                     bool is_list)
{
    if (!grow(a)) return false;
    const struct audit_file *known = find(a, hash);
    size_t *slot = slot_of(a, hash);
    struct audit_file file = { .entry = entry,
                               .hash = hash,
                               .is_list = is_list,
                               .next = *slot };
    struct arena arena = { 0 };
    struct bytes text;
    file.is_there = known != NULL ? known->is_there
                                  : read_file(&text, &arena, a, hash);
    arena_release(&arena);
    *slot = a->file_count;
    a->files[a->file_count++] = file;
    return true;
}

bool audit_file_text(struct bytes *text, struct arena *arena,
                     const struct audit *a, struct hash hash)
{
    const struct audit_file *file = find(a, hash);
    return file != NULL && file->is_there && read_file(text, arena, a, hash);
}

/* ---- lists of a draw ----------------------------------------------------- */

/* Files of one entry stand together, in the order of the entries. */
static size_t first_file(const struct audit *a, size_t entry)
{
    size_t low = 0, high = a->file_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->files[middle].entry < entry) low = middle + 1;
        else high = middle;
    }
    return low;
}

static int compare_lists(const void *a, const void *b)
{
    const struct audit_list *x = a, *y = b;
    return hash_compare(&x->hash, &y->hash);
}

static void sort_lists(struct audit_lists *lists)
{
    size_t kept = 0;
    if (lists->count == 0) return;
    qsort(lists->at, lists->count, sizeof *lists->at, compare_lists);
    for (size_t i = 0; i < lists->count; i++)
        if (kept == 0 ||
            compare_lists(&lists->at[kept - 1], &lists->at[i]) != 0)
            lists->at[kept++] = lists->at[i];
    lists->count = kept;
}

bool audit_file_lists(struct audit_lists *lists, struct arena *arena,
                      const struct audit *a, const size_t *entries,
                      size_t count)
{
    size_t max = 1;
    for (size_t i = 0; i < count; i++)
        max += first_file(a, entries[i] + 1) - first_file(a, entries[i]);
    *lists = (struct audit_lists){ arena_take(arena, max, sizeof *lists->at),
                                   0 };
    if (lists->at == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        size_t end = first_file(a, entries[i] + 1);
        for (size_t f = first_file(a, entries[i]); f < end; f++) {
            if (!a->files[f].is_there) return false;
            if (a->files[f].is_list)
                lists->at[lists->count++].hash = a->files[f].hash;
        }
    }
    sort_lists(lists);
    for (size_t i = 0; i < lists->count; i++)
        if (!audit_file_text(&lists->at[i].text, arena, a,
                             lists->at[i].hash))
            return false;
    return true;
}

/* ---- seed books ---------------------------------------------------------- */

static bool read_book(struct audit_book *book, struct audit *a,
                      struct bytes text)
{
    const struct value *entry = a->entries[book->entry].value;
    const struct form_check none = { .facts = 0 };
    struct arena arena = { 0 };
    const struct value *list = value_read(&arena, text, CANON_SORTED);
    uint64_t slots = value_member_u64(entry, "slots");
    bool is_good = list != NULL && list->type == VALUE_ARRAY &&
                   list->count == slots;
    if (is_good) {
        book->levels.size = slots;
        book->commits =
            arena_take(&book->arena, (size_t)slots, sizeof *book->commits);
        book->levels.nodes =
            arena_take(&book->arena, (size_t)merkle_levels_count(slots) + 1,
                       sizeof *book->levels.nodes);
        is_good = !book->arena.is_short;
    }
    size_t i = 0;
    const struct value *at = is_good ? value_first(list) : NULL;
    for (; at != NULL && is_good; at = value_next(list, at), i++) {
        is_good = form_fits(&none, &form_hex32, at);
        book->commits[i] = value_hash(at);
        book->levels.nodes[i] = merkle_leaf(hash_bytes(&book->commits[i]));
    }
    if (audit_is_short(a, &arena) || audit_is_short(a, &book->arena))
        is_good = false;
    arena_release(&arena);
    if (!is_good) return false;
    struct hash root = merkle_root(book->levels.nodes, (size_t)slots);
    merkle_levels_fill(&book->levels);
    return hash_equal(root, value_member_hash(entry, "root"));
}

const struct audit_book *audit_file_book(struct audit *a, size_t entry)
{
    struct audit_book *book = &a->book;
    if (book->entry == entry) return book;
    arena_release(&book->arena);
    *book = (struct audit_book){ .entry = entry };
    struct bytes text;
    struct hash list = value_member_hash(a->entries[entry].value, "list");
    if (audit_file_text(&text, &book->arena, a, list) &&
        read_book(book, a, text))
        return book;
    book->entry = AUDIT_NONE;
    return NULL;
}

static void check_book(struct audit *a, size_t index)
{
    const struct audit_file *file =
        find(a, value_member_hash(a->entries[index].value, "list"));
    if (file == NULL || !file->is_there) return; /* 5.15 says so */
    if (audit_file_book(a, index) == NULL)
        audit_find(a, "5.20", "第 %zu 条：种子簿的清单算不出它的根", index);
}

void audit_file_check(struct audit *a)
{
    for (size_t i = 0; i < a->file_count; i++) {
        char hex[sizeof(struct hash) * 2 + 1] = { 0 };
        struct writer w = writer_into(hex, sizeof hex - 1);
        writer_hex(&w, hash_bytes(&a->files[i].hash));
        if (!a->files[i].is_there)
            audit_find(a, "5.15", "第 %zu 条所指的 files/%s 缺失或不符",
                       a->files[i].entry, hex);
    }
    for (size_t i = 0; i < a->entry_count; i++)
        if (a->entries[i].kind == KIND_SEED_BOOK) check_book(a, i);
}
