/* fuzz: service/core/note.c service/core/base64.c service/core/utf8.c */
/*
 * note_fuzz — any bytes as a signed note, and its first line as a verifier
 * key.  What is read is written as it was, and each line can be taken apart
 * and put together again.
 */
#include <stdint.h>
#include <stdlib.h>

#include "core/note.h"
#include "core/note_check.h"
#include "host/crypto.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static uint8_t written[2 * NOTE_LEN_MAX];

static void check(bool holds)
{
    if (!holds) abort();
}

static bool read_key(struct note_key *key, struct bytes text)
{
    uint8_t room[NOTE_VKEY_MAX];
    struct writer w = writer_into(room, sizeof room);
    if (note_key_read(key, text) != OK) return false;
    note_key_write(&w, key);
    check(bytes_equal(writer_bytes(&w), text));
    return true;
}

/* A line of a key that we know, written anew, is the line that was read. */
static void check_line(const struct note_line *line, const struct note_key *key)
{
    static uint8_t signature[NOTE_SIGNATURE_MAX];
    uint8_t room[2][2 * NOTE_SIGNATURE_MAX];
    struct writer w = writer_into(room[0], sizeof room[0]);
    struct writer v = writer_into(room[1], sizeof room[1]);
    check(note_is_name(line->name));
    check(note_line_signature(signature, sizeof signature, line) == OK);
    check(note_line_signature(signature, line->signature_len - 1, line) ==
          ERR_FULL);
    note_line_copy(&w, line);
    if (!note_line_is_by(line, key)) return;
    struct bytes raw = bytes_of(signature, line->signature_len);
    check(note_line_write(&v, key, raw) == OK);
    check(bytes_equal(writer_bytes(&w), writer_bytes(&v)));
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static struct note note;
    struct bytes text = bytes_of(at, len), rest = text;
    struct note_key key;
    size_t line_len = 0;
    while (line_len < len && at[line_len] != '\n') line_len++;
    bool has_key = read_key(&key, bytes_slice(text, 0, line_len));
    if (has_key) rest = bytes_slice(text, line_len + 1, len);
    if (note_read(&note, rest) != OK) return 0;

    struct writer w = writer_into(written, sizeof written);
    note_write(&w, &note);
    check(bytes_equal(writer_bytes(&w), rest));
    if (!has_key) return 0;
    bool is_there = false;
    for (size_t i = 0; i < note.line_count; i++) {
        check_line(&note.lines[i], &key);
        is_there = is_there || note_line_is_by(&note.lines[i], &key);
    }
    check((note_check(&note, &key) == ERR_ABSENT) == !is_there);
    return 0;
}
