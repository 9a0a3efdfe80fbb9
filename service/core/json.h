/*
 * json — writes and recognises the one permitted form of JSON.
 *
 *     uint8_t room[256];
 *     struct writer w = writer_into(room, sizeof room);
 *     struct json j = json_into(&w);
 *     json_object(&j);
 *     json_key(&j, "posts");
 *     json_array(&j);
 *     json_u64(&j, 3);
 *     json_array_end(&j);
 *     json_object_end(&j);             {"posts":[3]}
 *
 * The writer sets commas and escapes; that keys ascend, that text is UTF-8
 * and that brackets match is the caller's promise, and json_is_canonical()
 * tells whether it was kept.
 * Source: FORMAT 1.1.  Pure: no I/O, no allocation.
 */
#ifndef CORE_JSON_H
#define CORE_JSON_H

#include "core/hash.h"

#define JSON_INTEGER_MAX INT64_C(9007199254740991) /* 2^53 - 1            */
#define JSON_DEPTH_MAX 8     /* arrays and objects, the outermost counts 1 */
#define JSON_FREE_KEYS_MAX 32 /* keys of one object in free order          */

/* A value being written.  `is_after` asks for a comma before the next. */
struct json {
    struct writer *w;
    bool is_after;
};

/* Borrowed: `w` must outlive it and says at the end whether it was full. */
struct json json_into(struct writer *w);

void json_object(struct json *j);
void json_object_end(struct json *j);
void json_array(struct json *j);
void json_array_end(struct json *j);
/* The key of the next value, without its quotes. */
void json_key(struct json *j, const char *key);
/* The same for keys that are not constants. */
void json_key_bytes(struct json *j, struct bytes key);

/* Values.  `text` is valid UTF-8; the number at most JSON_INTEGER_MAX. */
void json_string(struct json *j, struct bytes text);
void json_text(struct json *j, const char *text);
void json_u64(struct json *j, uint64_t number);
void json_i64(struct json *j, int64_t number);
/* A string of lower-case hexadecimal digits. */
void json_hex(struct json *j, struct bytes bytes);
void json_hash(struct json *j, struct hash hash);
void json_null(struct json *j);
/* A value that is canonical already, taken as it stands. */
void json_raw(struct json *j, struct bytes value);

/* A key and its value at once. */
void json_member_string(struct json *j, const char *key, struct bytes text);
void json_member_text(struct json *j, const char *key, const char *text);
void json_member_u64(struct json *j, const char *key, uint64_t number);
void json_member_hex(struct json *j, const char *key, struct bytes bytes);
void json_member_hash(struct json *j, const char *key, struct hash hash);
void json_member_raw(struct json *j, const char *key, struct bytes value);

/* Bytes that `text` takes as a string, with its quotes. */
size_t json_string_len(struct bytes text);

/* How the keys of objects must stand. */
enum json_order {
    JSON_SORTED, /* strictly ascending by their bytes                    */
    JSON_FREE    /* as they come, none twice, JSON_FREE_KEYS_MAX at most */
};

/*
 * `text` is exactly one value in the permitted form, and nothing else: no
 * blanks, no byte order mark, no line end behind it.  Any text is safe.
 */
bool json_is_canonical(struct bytes text, enum json_order order);

#endif
