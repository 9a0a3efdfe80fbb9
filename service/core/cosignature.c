#include "core/cosignature.h"

enum err cosignature_read(struct cosignature *cosignature,
                          struct bytes signature)
{
    if (signature.len != COSIGNATURE_LEN) return ERR_FORMAT;
    cosignature->time = bytes_get_u64(signature.at);
    if (cosignature->time > COSIGNATURE_TIME_MAX) return ERR_RANGE;
    bytes_copy(cosignature->signature, signature.at + 8,
               sizeof cosignature->signature);
    return OK;
}

void cosignature_write(struct writer *w, const struct cosignature *cosignature)
{
    uint8_t time[8];
    bytes_put_u64(time, cosignature->time);
    writer_add(w, bytes_of(time, sizeof time));
    writer_add(w,
               bytes_of(cosignature->signature, sizeof cosignature->signature));
}

void cosignature_message(struct writer *w, uint64_t time, struct bytes text)
{
    writer_text(w, "cosignature/v1\ntime ");
    writer_u64(w, time);
    writer_byte(w, '\n');
    writer_add(w, text);
}

static enum err check_line(uint64_t *time, const struct note_line *line,
                           struct bytes text, const uint8_t *key)
{
    uint8_t signature[COSIGNATURE_LEN], room[COSIGNATURE_MESSAGE_MAX];
    if (line->signature_len != sizeof signature) return ERR_SIGNATURE;
    if (note_line_signature(signature, sizeof signature, line) != OK)
        return ERR_SIGNATURE;

    struct cosignature cosignature;
    if (cosignature_read(&cosignature, bytes_of(signature, sizeof signature)) !=
        OK)
        return ERR_SIGNATURE;
    struct writer message = writer_into(room, sizeof room);
    cosignature_message(&message, cosignature.time, text);
    if (message.is_full) return ERR_LIMIT;
    if (!ed25519_verify(cosignature.signature, writer_bytes(&message), key))
        return ERR_SIGNATURE;
    *time = cosignature.time;
    return OK;
}

enum err cosignature_check(struct cosignature_times *times,
                           const struct note *note,
                           const struct note_key *witness)
{
    *times = (struct cosignature_times){ .earliest = UINT64_MAX };
    if (witness->type != NOTE_COSIGNATURE) return ERR_KEY;
    if (note->text.len > CHECKPOINT_TEXT_MAX) return ERR_LIMIT;

    for (size_t i = 0; i < note->line_count; i++) {
        uint64_t time;
        if (!note_line_is_by(&note->lines[i], witness)) continue;
        enum err err =
            check_line(&time, &note->lines[i], note->text, witness->key);
        if (err != OK) return err;
        if (time < times->earliest) times->earliest = time;
        if (time > times->latest) times->latest = time;
        times->count++;
    }
    return times->count > 0 ? OK : ERR_ABSENT;
}
