/* fuzz: service/core/checkpoint.c service/core/cosignature.c */
/*
 * checkpoint_fuzz — any bytes as a checkpoint's text, and as a note of the
 * log and the witness whose verifier keys stand in its first two lines.
 */
#include <stdint.h>
#include <stdlib.h>

#include "core/cosignature.h"
#include "host/crypto.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds) abort();
}

static void check_text(struct bytes text)
{
    uint8_t room[CHECKPOINT_TEXT_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct checkpoint checkpoint;
    if (checkpoint_read(&checkpoint, text) != OK) return;
    checkpoint_write(&w, &checkpoint);
    check(bytes_equal(writer_bytes(&w), text));
    check(note_is_name(checkpoint.origin));
    checkpoint_is_origin(checkpoint.origin);
}

static void check_cosignature(struct bytes bytes)
{
    uint8_t room[COSIGNATURE_LEN];
    struct writer w = writer_into(room, sizeof room);
    struct cosignature cosignature;
    if (cosignature_read(&cosignature, bytes) != OK) return;
    cosignature_write(&w, &cosignature);
    check(bytes_equal(writer_bytes(&w), bytes));
}

static struct bytes take_line(struct bytes *rest)
{
    size_t len = 0;
    while (len < rest->len && rest->at[len] != '\n') len++;
    struct bytes line = bytes_slice(*rest, 0, len);
    *rest = bytes_slice(*rest, len + 1, rest->len);
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static struct note note;
    struct bytes text = bytes_of(at, len), rest = text;
    struct note_key log, witness;
    struct checkpoint checkpoint;
    struct cosignature_times times;
    if (crypto_begin() != OK) return 0;
    check_text(text);
    check_cosignature(text);
    if (note_key_read(&log, take_line(&rest)) != OK) return 0;
    if (note_key_read(&witness, take_line(&rest)) != OK) return 0;
    if (note_read(&note, rest) != OK) return 0;
    check_text(note.text);
    if (checkpoint_open(&checkpoint, &note, &log) == OK)
        check(bytes_equal(checkpoint.origin, log.name));
    if (cosignature_check(&times, &note, &witness) == OK)
        check(times.count > 0 && times.earliest <= times.latest);
    return 0;
}
