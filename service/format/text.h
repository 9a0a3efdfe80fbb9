/*
 * text — one spelling for what people type in several.
 *
 *     name    "  山西某公司　"     ->  "山西某公司"       NFC, trimmed
 *     label   "Ａ 级"              ->  "A 级"            NFKC, trimmed
 *     code    "ｍａ0te5 t16"       ->  "MA0TE5T16"       NFKC, upper, no blanks
 *     key     "Ａ·甲（运城） 店"     ->  "a甲运城店"        NFKC, case folded,
 *                                       letters and digits only: to search
 *
 * Blanks are every space of Unicode, tabs, line ends and the byte order mark.
 * Source: Unicode annex 15; utf8proc.
 */
#ifndef FORMAT_TEXT_H
#define FORMAT_TEXT_H

#include "core/bytes.h"

/*
 * Each writes what it makes of `from`, valid UTF-8, into the writer, whose
 * is_full says if it did not fit.
 *   ERR_FORMAT  not UTF-8     ERR_MEMORY
 */
MUST_CHECK enum err text_name(struct writer *w, struct bytes from);
MUST_CHECK enum err text_label(struct writer *w, struct bytes from);
MUST_CHECK enum err text_code(struct writer *w, struct bytes from);
MUST_CHECK enum err text_key(struct writer *w, struct bytes from);

/* The part of valid UTF-8 between its blanks.  Borrowed from `text`. */
struct bytes text_trim(struct bytes text);

/*
 * Something that no one sees stands in it, so that it reads otherwise than it
 * is: U+200B to U+200F, U+202A to U+202E, U+2060 to U+2069, U+FEFF.
 */
bool text_has_invisible(struct bytes text);

/*
 * Take the next name off a list that people join by 、 ， , ; ； or a line
 * end: trimmed, empty ones are passed over.  False: no more.  Borrowed.
 */
bool text_next_name(struct bytes *name, struct bytes *list);

#endif
