#include "core/checkpoint.h"

#include "core/base64.h"
#include "core/note_check.h"

bool checkpoint_is_origin(struct bytes origin)
{
    return note_is_name(origin) && origin.at[origin.len - 1] != '/';
}

/* Whole lines, none of them empty. */
static bool is_extension(struct bytes rest)
{
    struct bytes line;
    while (rest.len > 0)
        if (!bytes_take_line(&line, &rest) || line.len == 0) return false;
    return true;
}

enum err checkpoint_read(struct checkpoint *checkpoint, struct bytes text)
{
    struct bytes origin, size, root, rest = text;
    if (text.len > CHECKPOINT_TEXT_MAX) return ERR_LIMIT;
    if (!bytes_take_line(&origin, &rest)) return ERR_FORMAT;
    if (!bytes_take_line(&size, &rest)) return ERR_FORMAT;
    if (!bytes_take_line(&root, &rest)) return ERR_FORMAT;
    if (!note_is_name(origin)) return ERR_FORMAT;
    if (!is_extension(rest)) return ERR_FORMAT;

    struct merkle_head *head = &checkpoint->head;
    enum err err = bytes_read_u64(&head->size, size, MERKLE_SIZE_MAX);
    if (err != OK) return err;
    err = base64_read_exact(head->root.b, sizeof head->root.b, root);
    if (err != OK) return err;
    if (head->size == 0 && !hash_equal(head->root, merkle_root(NULL, 0)))
        return ERR_PROOF;
    checkpoint->origin = origin;
    checkpoint->extension = rest;
    return OK;
}

void checkpoint_write(struct writer *w, const struct checkpoint *checkpoint)
{
    writer_add(w, checkpoint->origin);
    writer_byte(w, '\n');
    writer_u64(w, checkpoint->head.size);
    writer_byte(w, '\n');
    base64_write(w, hash_bytes(&checkpoint->head.root));
    writer_byte(w, '\n');
    writer_add(w, checkpoint->extension);
}

enum err checkpoint_open(struct checkpoint *checkpoint, const struct note *note,
                         const struct note_key *log)
{
    if (log->type != NOTE_ED25519) return ERR_KEY;
    enum err err = note_check(note, log);
    if (err != OK) return err;
    err = checkpoint_read(checkpoint, note->text);
    if (err != OK) return err;
    return bytes_equal(checkpoint->origin, log->name) ? OK : ERR_KEY;
}
