/*
 * announcement — entry A of a draw, read into plain values.
 *
 *     {"batch":"2027-01",…,"strata":[{"class":"public","least":1,
 *      "name":"全部","take":"3%"}],…,"t0":…,"t1":…,"t4":…}
 *
 * Everything that a later step needs to know of what was announced comes
 * from the logged text, never from somewhere else.
 * Source: FORMAT 3.5.
 */
#ifndef DOMAIN_ANNOUNCEMENT_H
#define DOMAIN_ANNOUNCEMENT_H

#include <jansson.h>

#include "core/hash.h"
#include "core/rate.h"

enum {
    ANNOUNCEMENT_COLUMNS_MAX = 5,
    ANNOUNCEMENT_DEPARTMENTS_MAX = 32,
    ANNOUNCEMENT_SEATS_MAX = 32,
    ANNOUNCEMENT_STRATA_MAX = 256,
    ANNOUNCEMENT_CONTRIBUTORS_MAX = 16,
    ANNOUNCEMENT_EXCLUSIONS_MAX = 64
};

/* What a column of a row, a stratum or an exclusion is made of. */
enum announcement_column {
    COLUMN_CODE,
    COLUMN_NAME,
    COLUMN_TYPE,
    COLUMN_DISTRICT,
    COLUMN_KIND,
    COLUMN_RISK,
    COLUMN_TAGS,
    COLUMN_NONE /* of stratify: one stratum for all */
};

struct announcement_stratum {
    struct bytes name;
    struct rate take;
    bool is_least_one, is_internal;
};

struct announcement_department {
    struct bytes name;
    uint32_t seats;
};

struct announcement_contributor {
    struct bytes name;
    uint8_t key[32];
};

/* All bytes are borrowed from `root`, which announcement_release() frees. */
struct announcement {
    json_t *root;
    struct hash digest; /* H(A) */
    struct hash prev, book, policy, ending;
    uint64_t draw, time, slot, t0, t1, t4;
    struct bytes batch, mirror;
    bool is_open, is_waived, is_urgent, is_given, is_test, has_custodian;
    uint8_t custodian[32];
    enum announcement_column stratify;
    size_t column_count;
    enum announcement_column columns[ANNOUNCEMENT_COLUMNS_MAX];
    size_t department_count, seat_count;
    struct announcement_department departments[ANNOUNCEMENT_DEPARTMENTS_MAX];
    size_t stratum_count;
    struct announcement_stratum strata[ANNOUNCEMENT_STRATA_MAX];
    size_t contributor_count;
    struct announcement_contributor
        contributors[ANNOUNCEMENT_CONTRIBUTORS_MAX];
    size_t exclusion_count;
};

/*
 * Reads the exact text of an announcement entry.
 *   ERR_CANONICAL, ERR_FORMAT, ERR_RANGE   not one; nothing to release
 */
MUST_CHECK enum err announcement_read(struct announcement *announcement,
                                      struct bytes text);
void announcement_release(struct announcement *announcement);

/* "code", "name", … as they stand in rows; "" for COLUMN_NONE. */
const char *announcement_column_name(enum announcement_column column);

/* Are all strata made of columns of the public register? */
bool announcement_is_public(const struct announcement *announcement);

#endif
