/*
 * search_table — the firms of an index and their turns, while it is made.
 *
 *     id ─> slot ─> firm ─> the same id under another name ─> …
 *                     └───> turn ─> the time before ─> …
 *
 * Source: domain/search.h.
 */
#ifndef DOMAIN_SEARCH_TABLE_H
#define DOMAIN_SEARCH_TABLE_H

#include "domain/search.h"

/* All of `from` in memory of its own, but for the texts; NULL: an empty one.
 * search_free() also after ERR_MEMORY. */
MUST_CHECK enum err search_table_copy(struct search *to,
                                      const struct search *from);

bool search_table_knows(const struct search *search, struct bytes id,
                        struct bytes name);
/* A firm with these texts; nothing, if its id and name are known.
 * ERR_LIMIT, ERR_MEMORY, and the errors of text_key(). */
MUST_CHECK enum err search_table_add(struct search *search,
                                     const struct bytes shown[SEARCH_SHOWN]);
/* What a draw did with a firm that is there.  ERR_FORMAT, ERR_MEMORY. */
MUST_CHECK enum err search_table_draw(struct search *search, uint64_t draw,
                                      const struct published_row *row);
/* By district, then key. */
void search_table_sort(struct search *search);

#endif
