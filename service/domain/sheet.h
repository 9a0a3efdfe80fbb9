/*
 * sheet — the lines of one edition in memory, in the order of their keys.
 *
 *     ["91140802MA0TE5T24R","甲公司","","140802","A",""]\n
 *
 * Lines are put in as they come, sorted once, then only read: 5,000,000 lines
 * of 120 bytes take about 800 MB.  Or they come in order, page after page,
 * and are only read: then they take little more than their own bytes.
 * Source: schema/0001_register.sql for the form of a line.
 */
#ifndef DOMAIN_SHEET_H
#define DOMAIN_SHEET_H

#include "core/hash.h"

enum { SHEET_FIELD_MAX = 16 };

struct sheet;

/* NULL: no memory. */
struct sheet *sheet_make(void);
void sheet_free(struct sheet *sheet);

/* What is known of a line besides its text. */
struct sheet_origin {
    uint32_t row;   /* of the file, from 1                            */
    uint64_t cells; /* a digest of all cells of that row, see register.c */
};

/* Append ["field",…]\n; fields[0], at most 64 bytes, is the key.
 *   ERR_MEMORY  ERR_LIMIT */
MUST_CHECK enum err sheet_add(struct sheet *sheet, const struct bytes *fields,
                              size_t count, struct sheet_origin origin);
/* Append a line made elsewhere; it must end with a newline. */
MUST_CHECK enum err sheet_add_line(struct sheet *sheet, struct bytes key,
                                   struct bytes line,
                                   struct sheet_origin origin);

/* Append whole lines that are in order already; all lines of a sheet come so,
 * or none.  ERR_FORMAT: no newline at the end.  ERR_MEMORY */
MUST_CHECK enum err sheet_add_page(struct sheet *sheet, struct bytes page);

/* The key of a line made elsewhere, as it stands there.  Borrowed.
 *   ERR_FORMAT  no such line */
MUST_CHECK enum err sheet_line_key(struct bytes *key, struct bytes line);

/* Two lines with one key; return true to drop the second. */
typedef bool sheet_twin(void *context, const struct sheet *sheet, size_t first,
                        size_t second);

/*
 * Sort by key, lines of one key as they came, then show each pair to `twin`;
 * dropped ones are gone afterwards.  Call once.
 */
void sheet_sort(struct sheet *sheet, sheet_twin *twin, void *context);

size_t sheet_count(const struct sheet *sheet);
/* Line `index` < count will be asked for soon: saves the wait for memory. */
void sheet_expect(const struct sheet *sheet, size_t index);
/* Of line `index` < count.  Borrowed from the sheet. */
struct bytes sheet_line(const struct sheet *sheet, size_t index);
struct bytes sheet_key(const struct sheet *sheet, size_t index);
struct sheet_origin sheet_origin(const struct sheet *sheet, size_t index);
/* Index of the line with this key.  ERR_ABSENT. */
MUST_CHECK enum err sheet_find(size_t *index, const struct sheet *sheet,
                               struct bytes key);

/* SHA-256 of all lines, one after the other. */
struct hash sheet_digest(const struct sheet *sheet);

/*
 * The fields of an array line.  They are borrowed from the line where
 * nothing was escaped, else from `room`, which must be as long as the line.
 *   ERR_FORMAT  not such a line, or another number of fields
 */
MUST_CHECK enum err sheet_read_line(struct bytes *fields, size_t count,
                                    struct bytes line, uint8_t *room);

#endif
