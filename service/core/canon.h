/*
 * canon — writes and recognises the one permitted form of JSON.
 *
 *     uint8_t room[256];
 *     struct writer w = writer_into(room, sizeof room);
 *     struct canon j = canon_into(&w);
 *     canon_object(&j);
 *     canon_key(&j, "posts");
 *     canon_array(&j);
 *     canon_u64(&j, 3);
 *     canon_array_end(&j);
 *     canon_object_end(&j);             {"posts":[3]}
 *
 * The writer sets commas and escapes; that keys ascend, that text is UTF-8
 * and that brackets match is the caller's promise, and canon_is_canonical()
 * tells whether it was kept.
 * Source: FORMAT 1.1.  Pure: no I/O, no allocation.
 */
#ifndef CORE_CANON_H
#define CORE_CANON_H

#include "core/hash.h"

#define CANON_INTEGER_MAX INT64_C(9007199254740991) /* 2^53 - 1            */
#define CANON_DEPTH_MAX 8      /* arrays and objects, the outermost counts 1 */
#define CANON_FREE_KEYS_MAX 32 /* keys of one object in free order          */

/* A value being written.  `is_after` asks for a comma before the next. */
struct canon {
    struct writer *w;
    bool is_after;
};

/* Borrowed: `w` must outlive it and says at the end whether it was full. */
struct canon canon_into(struct writer *w);

void canon_object(struct canon *j);
void canon_object_end(struct canon *j);
void canon_array(struct canon *j);
void canon_array_end(struct canon *j);
/* The key of the next value, without its quotes. */
void canon_key(struct canon *j, const char *key);
/* The same for keys that are not constants. */
void canon_key_bytes(struct canon *j, struct bytes key);

/* Values.  `text` is valid UTF-8; the number at most CANON_INTEGER_MAX. */
void canon_string(struct canon *j, struct bytes text);
void canon_text(struct canon *j, const char *text);
void canon_u64(struct canon *j, uint64_t number);
void canon_i64(struct canon *j, int64_t number);
/* A string of lower-case hexadecimal digits. */
void canon_hex(struct canon *j, struct bytes bytes);
void canon_hash(struct canon *j, struct hash hash);
void canon_null(struct canon *j);
/* A value that is canonical already, taken as it stands. */
void canon_raw(struct canon *j, struct bytes value);

/* A key and its value at once. */
void canon_member_string(struct canon *j, const char *key, struct bytes text);
void canon_member_text(struct canon *j, const char *key, const char *text);
void canon_member_u64(struct canon *j, const char *key, uint64_t number);
void canon_member_hex(struct canon *j, const char *key, struct bytes bytes);
void canon_member_hash(struct canon *j, const char *key, struct hash hash);
void canon_member_raw(struct canon *j, const char *key, struct bytes value);

/* Bytes that `text` takes as a string, with its quotes. */
size_t canon_string_len(struct bytes text);

/* How the keys of objects must stand. */
enum canon_order {
    CANON_SORTED, /* strictly ascending by their bytes                    */
    CANON_FREE    /* as they come, none twice, CANON_FREE_KEYS_MAX at most */
};

/*
 * `text` is exactly one value in the permitted form, and nothing else: no
 * blanks, no byte order mark, no line end behind it.  Any text is safe.
 */
bool canon_is_canonical(struct bytes text, enum canon_order order);

#endif
