#include "domain/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "core/canon.h"
#include "core/uscc.h"
#include "domain/order.h"

/*
 * A record of the arena: this head, then the line.  The key is a part of the
 * line.  Heads are not aligned: they are copied in and out.
 */
struct head {
    uint64_t cells;
    uint32_t row;
    uint32_t len;
    uint16_t key_at;
    uint16_t key_len;
};
enum { HEAD_LEN = 20 };

struct sheet {
    uint8_t *arena;
    size_t len, max;
    struct order_entry *entries;
    uint64_t *starts; /* of lines without heads that came in pages; or NULL */
    size_t count, entry_max;
};

struct sheet *sheet_make(void)
{
    return calloc(1, sizeof(struct sheet));
}

void sheet_free(struct sheet *sheet)
{
    if (sheet == NULL) return;
    free(sheet->arena);
    free(sheet->entries);
    free(sheet->starts);
    free(sheet);
}

static struct head head_at(const struct sheet *sheet, uint64_t at)
{
    struct head head;
    memcpy(&head, sheet->arena + at, HEAD_LEN);
    return head;
}

/* Large blocks move by remapping, so doubling costs neither time nor pages
 * that were never touched. */
static enum err reserve_bytes(struct sheet *sheet, size_t len)
{
    if (sheet->max - sheet->len >= len) return OK;
    size_t max = sheet->max * 2 + 65536 + len;
    uint8_t *arena = realloc(sheet->arena, max);
    if (arena == NULL) return ERR_MEMORY;
    sheet->arena = arena;
    sheet->max = max;
    return OK;
}

static enum err reserve(struct sheet *sheet, size_t line_max)
{
    enum err err = reserve_bytes(sheet, HEAD_LEN + line_max);
    if (err != OK) return err;
    if (sheet->count == sheet->entry_max) {
        size_t max = sheet->entry_max * 2 + 256;
        void *entries = realloc(sheet->entries, max * sizeof *sheet->entries);
        if (entries == NULL) return ERR_MEMORY;
        sheet->entries = entries;
        sheet->entry_max = max;
    }
    return OK;
}

/* The line of head.len bytes stands in the arena already. */
static void take(struct sheet *sheet, struct bytes key, struct head head)
{
    memcpy(sheet->arena + sheet->len, &head, HEAD_LEN);
    sheet->entries[sheet->count++] = order_entry(key, sheet->len);
    sheet->len += HEAD_LEN + head.len;
}

enum err sheet_add(struct sheet *sheet, const struct bytes *fields,
                   size_t count, struct sheet_origin origin)
{
    size_t line_max = 4;
    for (size_t i = 0; i < count; i++) line_max += 6 * fields[i].len + 3;
    if (line_max > UINT32_MAX || fields[0].len > USCC_ID_MAX) return ERR_LIMIT;
    enum err err = reserve(sheet, line_max);
    if (err != OK) return err;

    struct writer w =
        writer_into(sheet->arena + sheet->len + HEAD_LEN, line_max);
    struct canon j = canon_into(&w);
    canon_array(&j);
    for (size_t i = 0; i < count; i++) canon_string(&j, fields[i]);
    canon_array_end(&j);
    writer_byte(&w, '\n');

    struct head head = { origin.cells, origin.row, (uint32_t)w.len, 2,
                         (uint16_t)fields[0].len };
    take(sheet, fields[0], head);
    return OK;
}

enum err sheet_add_line(struct sheet *sheet, struct bytes key,
                        struct bytes line, struct sheet_origin origin)
{
    if (line.len > UINT32_MAX || key.len > USCC_ID_MAX) return ERR_LIMIT;
    enum err err = reserve(sheet, line.len + key.len);
    if (err != OK) return err;

    /* Where the key does not stand in the line as it is, it is kept behind. */
    bool stands = line.len > 2 && line.at[0] == '[' &&
                  bytes_equal(bytes_slice(line, 2, key.len), key);
    uint8_t *to = sheet->arena + sheet->len + HEAD_LEN;
    bytes_copy(to, line.at, line.len);
    if (!stands) bytes_copy(to + line.len, key.at, key.len);
    struct head head = { origin.cells, origin.row, (uint32_t)line.len,
                         stands ? 2 : UINT16_MAX, (uint16_t)key.len };
    take(sheet, key, head);
    if (!stands) sheet->len += key.len;
    return OK;
}

/* Line i reaches from starts[i] to starts[i + 1]. */
static enum err add_start(struct sheet *sheet, uint64_t end)
{
    if (sheet->count + 1 >= sheet->entry_max) {
        size_t max = sheet->entry_max * 2 + 256;
        void *starts = realloc(sheet->starts, max * sizeof *sheet->starts);
        if (starts == NULL) return ERR_MEMORY;
        sheet->starts = starts;
        sheet->entry_max = max;
    }
    if (sheet->count == 0) sheet->starts[0] = 0;
    sheet->starts[++sheet->count] = end;
    return OK;
}

enum err sheet_add_page(struct sheet *sheet, struct bytes page)
{
    if (page.len == 0 || page.at[page.len - 1] != '\n') return ERR_FORMAT;
    enum err err = reserve_bytes(sheet, page.len);
    if (err != OK) return err;
    bytes_copy(sheet->arena + sheet->len, page.at, page.len);
    size_t end = sheet->len + page.len;
    while (sheet->len < end && err == OK) {
        const uint8_t *at = sheet->arena + sheet->len;
        const uint8_t *newline = memchr(at, '\n', end - sheet->len);
        sheet->len += (size_t)(newline - at) + 1;
        err = add_start(sheet, sheet->len);
    }
    return err;
}

enum err sheet_line_key(struct bytes *key, struct bytes line)
{
    static const char mark[] = "\"code\":\"";
    const uint8_t *at = line.at + 2;
    if (line.len < 4) return ERR_FORMAT;
    if (line.at[0] == '{') {
        at = memmem(line.at, line.len, mark, sizeof mark - 1);
        if (at == NULL) return ERR_FORMAT;
        at += sizeof mark - 1;
    }
    size_t left = line.len - (size_t)(at - line.at);
    const uint8_t *end = memchr(at, '"', left);
    if (end == NULL) return ERR_FORMAT;
    *key = bytes_of(at, (size_t)(end - at));
    return OK;
}

static struct bytes key_at(const struct sheet *sheet, uint64_t at)
{
    struct head head = head_at(sheet, at);
    size_t start = head.key_at == UINT16_MAX ? head.len : head.key_at;
    return bytes_of(sheet->arena + at + HEAD_LEN + start, head.key_len);
}

static int compare_keys(const void *context, uint64_t a, uint64_t b)
{
    return bytes_compare(key_at(context, a), key_at(context, b));
}

void sheet_sort(struct sheet *sheet, sheet_twin *twin, void *context)
{
    order_sort(sheet->entries, sheet->count, compare_keys, sheet);

    size_t kept = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        /* The next free place holds line i while the two are compared. */
        sheet->entries[kept] = sheet->entries[i];
        bool is_twin = kept != 0 && bytes_equal(sheet_key(sheet, kept - 1),
                                                sheet_key(sheet, kept));
        if (is_twin && twin(context, sheet, kept - 1, kept)) continue;
        kept++;
    }
    sheet->count = kept;
}

size_t sheet_count(const struct sheet *sheet)
{
    return sheet->count;
}

struct bytes sheet_line(const struct sheet *sheet, size_t index)
{
    if (sheet->starts != NULL)
        return bytes_of(sheet->arena + sheet->starts[index],
                        sheet->starts[index + 1] - sheet->starts[index]);
    uint64_t at = sheet->entries[index].at;
    return bytes_of(sheet->arena + at + HEAD_LEN, head_at(sheet, at).len);
}

void sheet_expect(const struct sheet *sheet, size_t index)
{
    const uint8_t *line =
        sheet->arena + (sheet->starts != NULL ? sheet->starts[index]
                                              : sheet->entries[index].at);
    __builtin_prefetch(line);
    __builtin_prefetch(line + 64);
    __builtin_prefetch(line + 128);
}

struct bytes sheet_key(const struct sheet *sheet, size_t index)
{
    struct bytes key = bytes_text("");
    if (sheet->starts != NULL)
        return sheet_line_key(&key, sheet_line(sheet, index)) == OK
                   ? key
                   : bytes_text("");
    return key_at(sheet, sheet->entries[index].at);
}

struct sheet_origin sheet_origin(const struct sheet *sheet, size_t index)
{
    if (sheet->starts != NULL) return (struct sheet_origin){ 0 };
    struct head head = head_at(sheet, sheet->entries[index].at);
    return (struct sheet_origin){ head.row, head.cells };
}

enum err sheet_find(size_t *index, const struct sheet *sheet, struct bytes key)
{
    size_t low = 0, high = sheet->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bytes_compare(sheet_key(sheet, middle), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sheet->count || !bytes_equal(sheet_key(sheet, low), key))
        return ERR_ABSENT;
    *index = low;
    return OK;
}

struct hash sheet_digest(const struct sheet *sheet)
{
    struct sha256 state;
    sha256_begin(&state);
    for (size_t i = 0; i < sheet->count; i++) {
        struct bytes line = sheet_line(sheet, i);
        sha256_add(&state, line.at, line.len);
    }
    struct hash digest = { { 0 } };
    sha256_end(&state, digest.b);
    return digest;
}

static int hex_value(uint8_t c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character that the escape at `at` stands for; -1: no such escape. */
static int escaped(struct bytes line, size_t at, size_t *len)
{
    if (line.len - at < 6) return -1;
    const uint8_t *c = line.at + at;
    *len = 2;
    if (c[1] == '"' || c[1] == '\\') return c[1];
    *len = 6;
    if (c[1] != 'u' || c[2] != '0' || c[3] != '0') return -1;
    int high = hex_value(c[4]), low = hex_value(c[5]);
    return high < 0 || high > 1 || low < 0 ? -1 : high * 16 + low;
}

/* One string at *at; *at ends behind its closing quote. */
static enum err read_field(struct bytes *field, struct bytes line, size_t *at,
                           struct writer *room)
{
    if (*at >= line.len || line.at[*at] != '"') return ERR_FORMAT;
    size_t start = *at + 1, end = start;
    if (room->max == 0) { /* no escape in the whole line */
        const uint8_t *quote = memchr(line.at + start, '"', line.len - start);
        end = quote == NULL ? line.len : (size_t)(quote - line.at);
    }
    while (end < line.len && line.at[end] != '"' && line.at[end] != '\\') end++;
    if (end == line.len) return ERR_FORMAT;
    *field = bytes_of(line.at + start, end - start);
    *at = end + 1;
    if (line.at[end] == '"') return OK;

    size_t first = room->len;
    writer_add(room, *field);
    for (; end < line.len && line.at[end] != '"';) {
        int c = line.at[end];
        size_t len = 1;
        if (c == '\\') c = escaped(line, end, &len);
        if (c < 0) return ERR_FORMAT;
        writer_byte(room, (uint8_t)c);
        end += len;
    }
    if (end >= line.len || room->is_full) return ERR_FORMAT;
    *field = bytes_slice(writer_bytes(room), first, room->len - first);
    *at = end + 1;
    return OK;
}

enum err sheet_read_line(struct bytes *fields, size_t count, struct bytes line,
                         uint8_t *room)
{
    if (line.len == 0) return ERR_FORMAT;
    bool has_escape = memchr(line.at, '\\', line.len) != NULL;
    struct writer w = writer_into(room, has_escape ? line.len : 0);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (at >= line.len || line.at[at] != (i == 0 ? '[' : ','))
            return ERR_FORMAT;
        at++;
        enum err err = read_field(&fields[i], line, &at, &w);
        if (err != OK) return err;
    }
    return bytes_equal_text(bytes_slice(line, at, line.len), "]\n")
               ? OK
               : ERR_FORMAT;
}
