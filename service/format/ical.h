/*
 * ical — content lines of a calendar.
 *
 *     ical_line(&w, "SUMMARY", text)     SUMMARY:第 1 号抽取\; …
 *
 * Values are escaped, lines folded at 75 bytes between two letters, and end
 * with CRLF.
 * Source: RFC 5545 3.1 and 3.3.11.
 */
#ifndef FORMAT_ICAL_H
#define FORMAT_ICAL_H

#include "core/bytes.h"

enum { ICAL_LINE_MAX = 75 /* bytes without CRLF */ };

/* A line whose value stands as it is: a time, a keyword. */
void ical_line(struct writer *w, const char *name, struct bytes value);
/* A line whose value is text, valid UTF-8. */
void ical_text(struct writer *w, const char *name, struct bytes text);

#endif
