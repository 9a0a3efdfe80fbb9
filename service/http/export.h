/*
 * export — the whole public side as files, for a server that only has files.
 *
 *     /                        index.html
 *     /draws/3                 draws/3/index.html
 *     /draws/3/targets.csv     draws/3/targets.csv
 *     /api/v1/draws/3          api/v1/draws/3.json
 *     /api/v1/draws/3/proof    …/proof.json, and proof.js for a disk
 *     /log/tile/0/000.p/9      log/tile/0/000.p/9
 *
 * Every file is what the router answers to its address, with the addresses
 * in pages made relative, so that the copy works under any path and from a
 * disk.  Pages are followed from the start page on.  A second run writes
 * only what changed; sha256.txt lists every file for sha256sum -c, and
 * delivery.txt what was added, changed and removed.
 * Source: README, "HTTP".
 */
#ifndef HTTP_EXPORT_H
#define HTTP_EXPORT_H

#include "domain/search.h"
#include "host/arena.h"
#include "http/route.h"

enum {
    EXPORT_FILES_MAX = 1000000,
    EXPORT_FIRMS_MAX = 20000, /* pages of firms; above: the drawn ones only */
    EXPORT_SHARDS = 256,      /* files of the name index */
    EXPORT_WHY_MAX = 512
};

struct export_file {
    struct bytes path;
    struct hash digest;
};

/* `means` and `out` are given; the rest is zero. */
struct export {
    struct route_means *means;
    const char *out; /* a directory, made where there is none */
    uint64_t time;   /* of the delivery note */

    struct arena arena;
    struct search *search; /* held, of means->index */
    bool is_all; /* a page for every firm */
    struct bytes *urls;
    size_t url_count, url_max;
    uint32_t *slots; /* of urls */
    size_t slot_count;
    struct export_file *files, *before; /* ascending by path */
    size_t file_count, file_max, before_count;
    size_t added, changed, removed, kept; /* out */
    char why[EXPORT_WHY_MAX];             /* Chinese, after an error */
};

/*
 * Writes everything.  Released by export_release() also after an error.
 *   ERR_INPUT   `out` holds what is not an export, or a link that leaves it
 *   ERR_ABSENT  a page names an address that is not answered: `why` says it
 *   ERR_DISK, ERR_IO, ERR_LIMIT, ERR_MEMORY, and what the router's views say
 */
MUST_CHECK enum err export_run(struct export *e);
void export_release(struct export *e);

/* ---- export_link.c: addresses ---------------------------------------- */

/* The file of an address without query; false: it has none. */
bool export_file_of(struct writer *w, const struct export *e,
                    struct bytes url);
/* An address that is followed: its part before ? and #. */
struct bytes export_plain(struct bytes url);
/* A page of `file` with its addresses made relative; *html from malloc. */
MUST_CHECK enum err export_page(struct bytes *html, const struct export *e,
                                struct bytes page, struct bytes file);
/* The next address in a page, from *at on; false: no more. */
bool export_next_link(struct bytes *url, struct bytes page, size_t *at);

/* ---- export_write.c: files ------------------------------------------- */

/* What the last run left.  ERR_INPUT: another thing is there. */
MUST_CHECK enum err export_begin(struct export *e);
/* Writes a file unless it stands there already. */
MUST_CHECK enum err export_write(struct export *e, struct bytes path,
                                 struct bytes body);
/* `body`, of NAME.json, as NAME.js: yaohaoFile('…'), for pages on a disk. */
MUST_CHECK enum err export_script(struct export *e, struct bytes path,
                                  struct bytes body);
/* Removes what is left over; writes sha256.txt and delivery.txt. */
MUST_CHECK enum err export_end(struct export *e);

/* ---- export_index.c -------------------------------------------------- */

/* find/draws.json, find/N.json (firms by two letters) and their scripts. */
MUST_CHECK enum err export_index(struct export *e);

#endif
