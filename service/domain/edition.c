#include "domain/edition.h"

#include <stdlib.h>
#include <string.h>

#include "host/fault.h"
#include "store/store_edition.h"

enum { PAGE_LEN = 65536 }; /* bytes of a page, more for one longer line */

static const char *const names[EDITION_KIND_COUNT] = {
    [EDITION_TARGETS] = "targets",
    [EDITION_INSPECTORS] = "inspectors",
    [EDITION_ITEMS] = "items",
    [EDITION_PLAN] = "plan",
    [EDITION_RECUSALS] = "recusals",
};

const char *edition_kind_name(enum edition_kind kind)
{
    return names[kind];
}

bool edition_kind_is_published(enum edition_kind kind)
{
    return kind == EDITION_ITEMS || kind == EDITION_PLAN;
}

enum err edition_kind_read(enum edition_kind *kind, const char *name)
{
    for (int i = 0; i < EDITION_KIND_COUNT; i++) {
        if (strcmp(names[i], name) != 0) continue;
        *kind = (enum edition_kind)i;
        return OK;
    }
    return ERR_ABSENT;
}

/* Fill a page with lines from *index on; `room` grows for a long line. */
static enum err fill(struct writer *w, size_t *index, const struct sheet *sheet)
{
    size_t count = sheet_count(sheet);
    w->len = 0;
    while (*index < count) {
        struct bytes line = sheet_line(sheet, *index);
        if (w->len + line.len > w->max) {
            if (w->len != 0) break;
            uint8_t *room = realloc(w->at, line.len);
            if (room == NULL) return ERR_MEMORY;
            w->at = room;
            w->max = line.len;
        }
        writer_add(w, line);
        ++*index;
    }
    return OK;
}

static enum err add_pages(struct hash *digest, struct db *db,
                          const struct store_edition *edition,
                          const struct sheet *sheet)
{
    struct writer w = writer_into(malloc(PAGE_LEN), PAGE_LEN);
    if (w.at == NULL) return ERR_MEMORY;
    struct sha256 state;
    sha256_begin(&state);

    enum err err = OK;
    struct query q = store_edition_page_begin(db);
    struct store_edition_page page = { 0 };
    for (size_t i = 0; i < sheet_count(sheet) && err == OK; page.page++) {
        page.first = sheet_key(sheet, i);
        err = fill(&w, &i, sheet);
        if (err != OK) break;
        page.body = writer_bytes(&w);
        sha256_add(&state, page.body.at, page.body.len);
        store_edition_page_add(&q, edition->kind, edition->version, &page);
        err = q.err;
        FAULT("edition-page");
    }
    enum err ended = query_end(&q);
    free(w.at);
    sha256_end(&state, digest->b);
    return err != OK ? err : ended;
}

enum err edition_stage(struct edition *edition, struct db *db,
                       const struct sheet *sheet)
{
    if (sheet_count(sheet) == 0 && edition->kind != EDITION_RECUSALS)
        return ERR_INPUT;
    struct store_edition row = {
        .kind = names[edition->kind],
        .created = (int64_t)edition->created,
        .year = (int64_t)edition->year,
        .count = (int64_t)sheet_count(sheet),
        .warnings = (int64_t)edition->warnings,
        .file = edition->file,
    };
    enum err err = store_edition_latest(&row.version, db, row.kind);
    if (err != OK) return err;
    row.version++;
    err = add_pages(&row.digest, db, &row, sheet);
    if (err == OK) err = store_edition_add(db, &row);
    if (err != OK) return err;
    FAULT("edition-stored");

    edition->version = (uint64_t)row.version;
    edition->count = (uint64_t)row.count;
    edition->digest = row.digest;
    return OK;
}

enum err edition_load(struct edition *edition, struct db *db,
                      enum edition_kind kind, uint64_t version)
{
    if (version == 0 || version > INT64_MAX) return ERR_ABSENT;
    struct store_edition row = { .kind = names[kind],
                                 .version = (int64_t)version };
    enum err err = store_edition_load(&row, db);
    if (err != OK) return err;
    *edition = (struct edition){
        .kind = kind,
        .version = version,
        .created = (uint64_t)row.created,
        .year = (uint64_t)row.year,
        .count = (uint64_t)row.count,
        .warnings = (uint64_t)row.warnings,
        .file = row.file,
        .digest = row.digest,
    };
    return OK;
}

enum err edition_active(struct edition *edition, struct db *db,
                        enum edition_kind kind)
{
    int64_t version;
    enum err err = store_edition_active(&version, db, names[kind]);
    if (err != OK) return err;
    return edition_load(edition, db, kind, (uint64_t)version);
}

enum err edition_latest(struct edition *edition, struct db *db,
                        enum edition_kind kind)
{
    int64_t version;
    enum err err = store_edition_latest(&version, db, names[kind]);
    if (err != OK) return err;
    return edition_load(edition, db, kind, (uint64_t)version);
}

enum err edition_activate(struct db *db, enum edition_kind kind,
                          uint64_t version, uint64_t now)
{
    struct edition edition;
    enum err err = edition_load(&edition, db, kind, version);
    if (err != OK) return err;

    int64_t active;
    err = store_edition_active(&active, db, names[kind]);
    if (err != OK) return err;
    if ((uint64_t)active == version) return ERR_EXISTS;
    err = store_edition_activate(db, names[kind], (int64_t)version,
                                 (int64_t)now);
    FAULT("edition-activated");
    return err;
}

struct edition_walk edition_walk_version(struct db *db, enum edition_kind kind,
                                         uint64_t version)
{
    struct edition_walk walk = { .has_query = true };
    walk.query = store_edition_pages(db, names[kind], (int64_t)version);
    return walk;
}

struct edition_walk edition_walk_sheet(const struct sheet *sheet)
{
    return (struct edition_walk){ .sheet = sheet };
}

/* Cut the first line off the page. */
static bool take_line(struct bytes *line, struct bytes *page)
{
    const uint8_t *end = memchr(page->at, '\n', page->len);
    if (end == NULL) return false;
    size_t len = (size_t)(end - page->at) + 1;
    *line = bytes_slice(*page, 0, len);
    *page = bytes_slice(*page, len, page->len);
    return true;
}

bool edition_walk_next(struct bytes *line, struct edition_walk *walk)
{
    if (walk->err != OK) return false;
    if (walk->sheet != NULL) {
        if (walk->index == sheet_count(walk->sheet)) return false;
        *line = sheet_line(walk->sheet, walk->index++);
        return true;
    }
    if (walk->page.len == 0) {
        if (!query_next(&walk->query)) return false;
        walk->page = query_bytes(&walk->query, 0);
    }
    if (walk->page.len != 0 && take_line(line, &walk->page)) return true;
    walk->err = ERR_FORMAT;
    return false;
}

enum err edition_walk_end(struct edition_walk *walk)
{
    enum err err = OK;
    if (walk->has_query) err = query_end(&walk->query);
    walk->has_query = false;
    return walk->err != OK ? walk->err : err;
}

enum err edition_sheet(struct sheet **sheet, struct db *db,
                       const struct edition *edition)
{
    struct sheet *made = sheet_make();
    if (made == NULL) return ERR_MEMORY;
    struct query pages = store_edition_pages(db, names[edition->kind],
                                             (int64_t)edition->version);
    enum err err = OK;
    while (err == OK && query_next(&pages))
        err = sheet_add_page(made, query_bytes(&pages, 0));
    enum err ended = query_end(&pages);
    if (err == OK) err = ended;
    if (err != OK) {
        sheet_free(made);
        return err;
    }
    *sheet = made; /* in order as it came */
    return OK;
}

enum err edition_array(struct bytes *array, struct db *db,
                       const struct edition *edition)
{
    struct sheet *sheet = NULL;
    enum err err = edition_sheet(&sheet, db, edition);
    if (err != OK) return err;

    size_t max = 2;
    for (size_t i = 0; i < sheet_count(sheet); i++)
        max += sheet_line(sheet, i).len; /* its newline becomes the comma */
    struct writer w = writer_into(malloc(max), max);
    if (w.at != NULL) {
        writer_byte(&w, '[');
        for (size_t i = 0; i < sheet_count(sheet); i++) {
            struct bytes line = sheet_line(sheet, i);
            if (i != 0) writer_byte(&w, ',');
            writer_add(&w, bytes_slice(line, 0, line.len - 1));
        }
        writer_byte(&w, ']');
        *array = writer_bytes(&w);
    }
    sheet_free(sheet);
    return w.at == NULL ? ERR_MEMORY : OK;
}

enum err edition_find(struct bytes *line, struct db *db,
                      const struct edition *edition, struct bytes key,
                      uint8_t *room, size_t max)
{
    struct query q = store_edition_page_of(db, names[edition->kind],
                                           (int64_t)edition->version, key);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        struct bytes page = query_bytes(&q, 0), each, its;
        while (page.len != 0 && take_line(&each, &page)) {
            if (sheet_line_key(&its, each) != OK) continue;
            if (!bytes_equal(its, key)) continue;
            found = each.len > max ? ERR_FULL : OK;
            if (found == OK) bytes_copy(room, each.at, each.len);
            *line = bytes_of(room, each.len);
            break;
        }
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}
