/*
 * personal — what points at a person, found in a text that will be read by
 * all: an identity number, a mobile telephone, the plate of a car.
 *
 *     "联系 13800138000"  ->  PERSONAL_MOBILE, 11 bytes from the 8th on
 *
 * Source: GB 11643 for identity numbers, GA 36 for plates.
 */
#ifndef FORMAT_PERSONAL_H
#define FORMAT_PERSONAL_H

#include "core/bytes.h"

enum personal {
    PERSONAL_NONE,
    PERSONAL_IDENTITY, /* 18 characters, a day of birth, a right check   */
    PERSONAL_MOBILE,   /* 11 digits from 13 on                           */
    PERSONAL_PLATE     /* a province, a letter, five or six, three digits */
};

/* What begins at byte `at` of `text`, and its bytes; none: *len is 0. */
enum personal personal_at(size_t *len, struct bytes text, size_t at);
/* The first in `text`. */
enum personal personal_in(struct bytes text);
/* What to say of it before it is published, Chinese; NULL: nothing. */
const char *personal_warning(enum personal found);

#endif
