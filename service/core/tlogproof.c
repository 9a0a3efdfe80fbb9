#include "core/tlogproof.h"

#include "core/base64.h"

static const char header[] = "c2sp.org/tlog-proof@v1";

/* The hashes, and the empty line after them. */
static enum err read_path(struct merkle_path *path, struct bytes *rest)
{
    struct bytes line;
    for (path->count = 0; bytes_take_line(&line, rest); path->count++) {
        if (line.len == 0) return OK;
        if (path->count == MERKLE_PATH_MAX) return ERR_LIMIT;
        struct hash *hash = &path->at[path->count];
        enum err err = base64_read_exact(hash->b, sizeof hash->b, line);
        if (err != OK) return err;
    }
    return ERR_FORMAT;
}

enum err tlogproof_read(struct tlogproof *proof, struct bytes text)
{
    struct bytes line, rest = text;
    if (!bytes_take_line(&line, &rest)) return ERR_FORMAT;
    if (!bytes_equal_text(line, header)) return ERR_FORMAT;
    if (!bytes_take_line(&line, &rest)) return ERR_FORMAT;

    proof->extra = bytes_of(NULL, 0);
    if (bytes_starts(line, "extra ")) {
        proof->extra = bytes_slice(line, 6, line.len);
        size_t len;
        if (proof->extra.len == 0) return ERR_FORMAT;
        if (proof->extra.len > TLOGPROOF_EXTRA_MAX) return ERR_LIMIT;
        enum err err = base64_check(&len, proof->extra);
        if (err != OK) return err;
        if (!bytes_take_line(&line, &rest)) return ERR_FORMAT;
    }
    if (!bytes_starts(line, "index ")) return ERR_FORMAT;
    enum err err = bytes_read_u64(&proof->index, bytes_slice(line, 6, line.len),
                                  MERKLE_SIZE_MAX);
    if (err != OK) return err;
    err = read_path(&proof->path, &rest);
    if (err != OK) return err;

    struct note note;
    proof->note = rest;
    return note_read(&note, rest);
}

void tlogproof_write(struct writer *w, const struct tlogproof *proof)
{
    writer_text(w, header);
    writer_byte(w, '\n');
    if (proof->extra.len > 0) {
        writer_text(w, "extra ");
        writer_add(w, proof->extra);
        writer_byte(w, '\n');
    }
    writer_text(w, "index ");
    writer_u64(w, proof->index);
    writer_byte(w, '\n');
    for (size_t i = 0; i < proof->path.count; i++) {
        base64_write(w, hash_bytes(&proof->path.at[i]));
        writer_byte(w, '\n');
    }
    writer_byte(w, '\n');
    writer_add(w, proof->note);
}

enum err tlogproof_check(const struct tlogproof *proof, struct hash leaf,
                         const struct policy *policy)
{
    struct note note;
    enum err err = note_read(&note, proof->note);
    if (err != OK) return err;

    struct checkpoint checkpoint;
    err = policy_open_checkpoint(&checkpoint, policy, &note);
    if (err != OK) return err;
    struct policy_view view;
    err = policy_view_note(&view, policy, &note);
    if (err != OK) return err;
    if (!policy_is_met(policy, view.witnesses)) return ERR_ABSENT;

    const struct merkle_place place = { proof->index, leaf };
    return merkle_check_inclusion(&proof->path, &place, &checkpoint.head);
}
