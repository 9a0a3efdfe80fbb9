/*
 * area — six-digit areas of GB/T 2260; those of one city are known by name.
 *
 *     140802  盐湖区      140800  运城市      110105, 440300: by number only
 *
 * Source: GB/T 2260; the areas of 运城.
 */
#ifndef DOMAIN_AREA_H
#define DOMAIN_AREA_H

#include "core/bytes.h"

enum { AREA_LEN = 6 };

/*
 * Is it an area as far as this program can tell?  Of the city in its table:
 * one of the table.  Elsewhere: six digits that begin with a province.
 */
bool area_is_known(struct bytes area);
/* Six digits 140802 belong to the city 140800, 110105 also to 110000. */
bool area_is_city_of(struct bytes city, struct bytes district);
/* 盐湖区 of 140802; NULL: not in the table. */
const char *area_name(struct bytes area);

/*
 * The area that a cell of people names: six digits, or the nine or twelve
 * of a place within it, at its start; or the name of a county, also behind
 * its city's and province's; or, `is_city_enough`, the city's.  A constant
 * or borrowed from `cell`.
 *   ERR_ABSENT  it names none that is known
 */
MUST_CHECK enum err area_read(struct bytes *area, struct bytes cell,
                              bool is_city_enough);

#endif
