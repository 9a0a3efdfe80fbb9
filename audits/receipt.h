/*
 * receipt — what a drawn firm holds: its place in the frozen list and its
 * crew, to be checked without telling anybody its name.
 *
 *     base64url( "YHR1" || str origin || u64be draw || str stratum
 *                || u64be position || order || str row || blind
 *                || duty digest || path || str crew || crew blind || path )
 *
 *     str  = u16be length || bytes       path = u8 count || count hashes
 *
 * A crew path of count 255 and no hashes: the crew was set after the draw.
 * Source: FORMAT 10.
 */
#ifndef AUDITS_RECEIPT_H
#define AUDITS_RECEIPT_H

#include <stdio.h>

#include "audits/verify_case.h"

#define RECEIPT_LEN_MAX 16384 /* bytes before base64url */

struct receipt {
    struct bytes origin, stratum, row, crew; /* borrowed */
    uint64_t draw, position;
    struct hash order, blind, duty, crew_blind;
    struct merkle_path path, crew_path;
    bool is_crew_later; /* crew_path is then empty */
};

/*
 * Reads the text of a receipt.  `room` takes RECEIPT_LEN_MAX bytes; the
 * receipt borrows from it.
 *   ERR_FORMAT, ERR_CANONICAL   not base64url, or not a receipt
 *   ERR_LIMIT                   too long
 */
MUST_CHECK enum err receipt_read(struct receipt *receipt, uint8_t *room,
                                 struct bytes text);
/* Writes the text.  Strings are at most 65,535 bytes. */
void receipt_write(struct writer *w, const struct receipt *receipt);

/*
 * Checks it against a proof that holds and contains D.
 *   ERR_KEY     of another log or draw
 *   ERR_ABSENT  the position was not drawn and is no logged reserve; no D
 *   ERR_PROOF   row or crew is not the committed one
 *   ERR_STATE   the crew was replaced since: ask for the new receipt
 */
MUST_CHECK enum err receipt_check(const struct receipt *receipt,
                                  const struct verify *proof);
/* Says so, for people.  False: it is no receipt of this proof. */
bool receipt_print(FILE *to, struct bytes text, const struct verify *proof);

#endif
