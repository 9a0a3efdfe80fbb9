/*
 * index — the search index that all threads share.
 *
 *     index_take() -> the newest one, held for one answer … index_give()
 *
 * Who finds that the log has grown makes the next one.  Others go on with
 * the old one meanwhile: what it says was right a moment ago, and a thread
 * that waits would answer nobody.  Only where there is none yet they wait.
 * Source: domain/search.h.
 */
#ifndef HTTP_INDEX_H
#define HTTP_INDEX_H

#include "domain/search.h"

struct index;

/* ERR_MEMORY. */
MUST_CHECK enum err index_create(struct index **index);
/* Nothing is taken any more.  NULL is fine. */
void index_destroy(struct index *index);

/*
 * The index as `dir` sees the log, or a newer one; *is_old: an older one.
 * The errors of search_next().
 */
MUST_CHECK enum err index_take(struct search **search, bool *is_old,
                               struct index *index, struct directory *dir);
/* NULL is fine. */
void index_give(struct index *index, struct search *search);

#endif
