/*
 * utf8 — strict UTF-8: no overlong forms, no surrogates, none above U+10FFFF.
 *
 *     uint32_t scalar;
 *     for (size_t at = 0; at < text.len;) {
 *         size_t len = utf8_step(&scalar, bytes_slice(text, at, 4));
 *         if (len == 0) return ERR_FORMAT;
 *         at += len;
 *     }
 *
 * Source: RFC 3629.  Pure: no I/O, no allocation.
 */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include "core/bytes.h"

/* The first scalar value of `text` and its length, 1 to 4; 0: not UTF-8. */
size_t utf8_step(uint32_t *scalar, struct bytes text);

/* All of it is UTF-8.  U+0000 is, and so is the empty run. */
bool utf8_is_valid(struct bytes text);

/* Scalar values in valid text; of other text those before the fault. */
size_t utf8_count(struct bytes text);

#endif
