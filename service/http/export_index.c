/* export_index — small files to find a draw, and a firm by two letters,
 * without a server: find/NAME.json, and the same as a script for pages. */
#include <stdio.h>
#include <stdlib.h>

#include "core/utf8.h"
#include "domain/opened.h"
#include "host/clock.h"
#include "http/export.h"
#include "http/profile.h"

enum { ROW_MAX = 16384, LETTERS_MAX = 1024, DAY_LEN = 10 };

struct shard {
    struct opened_text text;
    uint32_t last; /* the firm added last */
};

static size_t letters_of(uint32_t *letters, struct bytes text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len && count < LETTERS_MAX;) {
        size_t len = utf8_step(&letters[count],
                               bytes_slice(text, at, text.len));
        if (len == 0) break;
        count++;
        at += len;
    }
    return count;
}

static enum err add_row(struct shard *shard, uint32_t index, struct bytes row)
{
    if (shard->last == index) return OK;
    shard->last = index;
    enum err err = opened_add(&shard->text,
                              bytes_text(shard->text.len == 0 ? "[" : ","));
    return err == OK ? opened_add(&shard->text, row) : err;
}

static struct shard *shard_of(struct shard *shards, uint32_t a, uint32_t b)
{
    return &shards[(a * 31 + b) % EXPORT_SHARDS];
}

static enum err add_firm(struct shard *shards, const struct export *e,
                         uint32_t index)
{
    const struct search_firm *firm = &e->search->firms[index];
    uint8_t room[ROW_MAX];
    uint32_t letters[LETTERS_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct canon c = canon_into(&w);
    canon_array(&c);
    canon_string(&c, search_text(firm, SEARCH_ID));
    canon_string(&c, search_text(firm, SEARCH_CODE));
    profile_text(&c, search_text(firm, SEARCH_NAME));
    canon_array_end(&c);
    enum err err = w.is_full ? ERR_LIMIT : OK;
    size_t count = letters_of(letters, search_text(firm, SEARCH_KEY));
    for (size_t i = 0; err == OK && i + 1 < count; i++)
        err = add_row(shard_of(shards, letters[i], letters[i + 1]), index,
                      writer_bytes(&w));
    count = letters_of(letters, search_text(firm, SEARCH_CODE_KEY));
    if (err == OK && count >= 2)
        err = add_row(shard_of(shards, letters[count - 2],
                               letters[count - 1]),
                      index, writer_bytes(&w));
    return err;
}

/* find/NAME.json, and find/NAME.js, which hands it to findRows(). */
static enum err write_rows(struct export *e, const char *name,
                           struct opened_text *text)
{
    char path[64];
    struct opened_text script = { 0 };
    enum err err =
        opened_add(text, bytes_text(text->len == 0 ? "[]" : "]"));
    struct bytes rows = bytes_of(text->at, text->len);
    snprintf(path, sizeof path, "find/%.40s.json", name);
    if (err == OK) err = export_write(e, bytes_text(path), rows);
    if (err == OK) err = opened_add(&script, bytes_text("findRows("));
    if (err == OK) err = opened_add(&script, rows);
    if (err == OK) err = opened_add(&script, bytes_text(");\n"));
    snprintf(path, sizeof path, "find/%.40s.js", name);
    if (err == OK)
        err = export_write(e, bytes_text(path),
                           bytes_of(script.at, script.len));
    free(script.at);
    return err;
}

/* [number, batch, 0 or 1 opened or 2 annulled, [day of T0, T1, T4], key] */
static enum err add_draw(struct opened_text *text, struct directory *dir,
                         uint64_t number, const struct search_draw *draw)
{
    bool is_annulled = false;
    enum err err = published_is_annulled(&is_annulled, dir, number);
    if (err != OK) return err;
    const uint64_t times[] = { draw->t0, draw->t1, draw->t4 };
    char day[CLOCK_TEXT_MAX];
    size_t max = ROW_MAX + 2 * draw->key.len;
    uint8_t *room = malloc(max);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, max);
    struct canon c = canon_into(&w);
    writer_text(&w, text->len == 0 ? "[" : ",");
    canon_array(&c);
    canon_u64(&c, number);
    canon_string(&c, draw->batch);
    canon_u64(&c, is_annulled ? 2 : draw->is_taken ? 1 : 0);
    canon_array(&c);
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        clock_print_beijing(day, times[i]);
        canon_string(&c, bytes_slice(bytes_text(day), 0, DAY_LEN));
    }
    canon_array_end(&c);
    canon_string(&c, draw->key);
    canon_array_end(&c);
    err = w.is_full ? ERR_LIMIT : opened_add(text, writer_bytes(&w));
    free(room);
    return err;
}

static enum err write_draws(struct export *e)
{
    struct opened_text text = { 0 };
    enum err err = OK;
    for (uint64_t n = e->search->draw_count; err == OK && n > 0; n--)
        err = add_draw(&text, &e->means->dir, n, &e->search->draws[n - 1]);
    if (err == OK) err = write_rows(e, "draws", &text);
    free(text.at);
    return err;
}

enum err export_index(struct export *e)
{
    struct shard *shards = calloc(EXPORT_SHARDS, sizeof *shards);
    enum err err = shards == NULL ? ERR_MEMORY : write_draws(e);
    for (uint32_t n = 0; err == OK && n < e->search->count; n++) {
        uint32_t index = e->search->order[n];
        const struct search_firm *first =
            search_find(e->search,
                        search_text(&e->search->firms[index], SEARCH_ID));
        if (!e->is_all && (first == NULL || first->turn == 0)) continue;
        err = add_firm(shards, e, index);
    }
    for (size_t n = 0; shards != NULL && n < EXPORT_SHARDS; n++) {
        char name[24];
        snprintf(name, sizeof name, "%zu", n);
        if (err == OK) err = write_rows(e, name, &shards[n].text);
        free(shards[n].text.at);
    }
    free(shards);
    return err;
}
