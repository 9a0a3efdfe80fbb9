/*
 * uscc — unified social credit codes, older numbers, and ids of rows.
 *
 *     9 1 140800 MA0TE5T16 2      18 characters
 *     | | |      |         check digit of the whole (modulo 31)
 *     | | |      organisation code, its last its own check digit (modulo 11)
 *     | | area of the registering authority, GB/T 2260
 *     | kind of organisation
 *     registering department
 *
 * A real code may fail a check digit: warn, never refuse.
 * Source: GB 32100-2015, GB 11714-1997; FORMAT 4 (id).  Pure.
 */
#ifndef CORE_USCC_H
#define CORE_USCC_H

#include "core/bytes.h"

enum {
    USCC_LEN = 18,
    USCC_LEGACY_LEN = 15,
    USCC_ID_MAX = 64 /* bytes of a row's id */
};

enum uscc_form {
    USCC_GOOD,               /* 18 characters, both check digits right    */
    USCC_CHECK_FAILS,        /* right form, the last check digit is wrong */
    USCC_ORGANISATION_FAILS, /* the last one right, the 17th wrong        */
    USCC_LEGACY,             /* a registration number of 15 digits        */
    USCC_OTHER               /* none of these                             */
};

/* What a normalised code (upper case, no blanks) is. */
enum uscc_form uscc_form(struct bytes code);

/*
 * The six digits of the registering authority's area; also of a legacy
 * number.  Borrowed from `code`.
 *   ERR_FORMAT  the code is USCC_OTHER
 */
MUST_CHECK enum err uscc_area(struct bytes *area, struct bytes code);

/* The id of a row: 1 to 64 of 0-9 A-Z : . _ - */
bool uscc_is_id(struct bytes id);

#endif
