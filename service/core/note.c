#include "core/note.h"

#include "core/base64.h"
#include "core/utf8.h"

#define ID_LEN 4

static const char dash[] = "\xe2\x80\x94 "; /* U+2014 and a space */

/* ---- names ----------------------------------------------------------- */

/* White_Space of Unicode, as Go and C2SP's tools understand it. */
static bool is_space(uint32_t scalar)
{
    static const struct {
        uint32_t first, last;
    } spaces[] = {
        { 0x09, 0x0d },     { 0x20, 0x20 },     { 0x85, 0x85 },
        { 0xa0, 0xa0 },     { 0x1680, 0x1680 }, { 0x2000, 0x200a },
        { 0x2028, 0x2029 }, { 0x202f, 0x202f }, { 0x205f, 0x205f },
        { 0x3000, 0x3000 },
    };
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        if (scalar >= spaces[i].first && scalar <= spaces[i].last) return true;
    return false;
}

bool note_is_name(struct bytes name)
{
    if (name.len == 0 || name.len > NOTE_NAME_MAX) return false;
    for (size_t at = 0; at < name.len;) {
        uint32_t scalar;
        size_t len = utf8_step(&scalar, bytes_slice(name, at, 4));
        if (len == 0 || scalar < 0x20 || scalar == '+') return false;
        if (is_space(scalar)) return false;
        at += len;
    }
    return true;
}

/* ---- reading --------------------------------------------------------- */

static bool is_text(struct bytes bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        if (bytes.at[i] < 0x20 && bytes.at[i] != '\n') return false;
    return utf8_is_valid(bytes);
}

/* Where the signature lines begin, or 0: after the last empty line. */
static size_t find_lines(struct bytes bytes)
{
    for (size_t at = bytes.len; at >= 2; at--)
        if (bytes.at[at - 1] == '\n' && bytes.at[at - 2] == '\n') return at;
    return 0;
}

static enum err read_signature(struct note_line *line, struct bytes base64)
{
    size_t len;
    if (base64.len > BASE64_LEN(ID_LEN + NOTE_SIGNATURE_MAX)) return ERR_LIMIT;
    enum err err = base64_check(&len, base64);
    if (err != OK) return err;
    if (len <= ID_LEN) return ERR_FORMAT;
    if (len > ID_LEN + NOTE_SIGNATURE_MAX) return ERR_LIMIT;

    uint8_t room[6]; /* the two groups that hold the id */
    struct writer front = writer_into(room, sizeof room);
    err = base64_read(&front, bytes_slice(base64, 0, 8));
    if (err != OK) return err;
    line->id = bytes_get_u32(room);
    line->signature_len = len - ID_LEN;
    line->base64 = base64;
    return OK;
}

/* `text` is one line without its newline. */
static enum err read_line(struct note_line *line, struct bytes text)
{
    *line = (struct note_line){ 0 };
    if (!bytes_starts(text, dash)) return ERR_FORMAT;
    text = bytes_slice(text, sizeof dash - 1, text.len);

    size_t len = 0;
    while (len < text.len && text.at[len] != ' ') len++;
    if (len > NOTE_NAME_MAX) return ERR_LIMIT;
    if (len == text.len) return ERR_FORMAT;
    line->name = bytes_slice(text, 0, len);
    if (!note_is_name(line->name)) return ERR_FORMAT;
    return read_signature(line, bytes_slice(text, len + 1, text.len));
}

enum err note_read(struct note *note, struct bytes bytes)
{
    note->line_count = 0;
    if (bytes.len > NOTE_LEN_MAX) return ERR_LIMIT;
    if (!is_text(bytes)) return ERR_FORMAT;

    size_t at = find_lines(bytes);
    if (at == 0 || at == bytes.len) return ERR_FORMAT;
    note->text = bytes_slice(bytes, 0, at - 1);

    struct bytes line, rest = bytes_slice(bytes, at, bytes.len);
    while (bytes_take_line(&line, &rest)) {
        if (note->line_count == NOTE_LINES_MAX) return ERR_LIMIT;
        enum err err = read_line(&note->lines[note->line_count], line);
        if (err != OK) return err;
        note->line_count++;
    }
    return rest.len == 0 ? OK : ERR_FORMAT;
}

/* ---- lines ----------------------------------------------------------- */

bool note_line_is_by(const struct note_line *line, const struct note_key *key)
{
    return line->id == key->id && bytes_equal(line->name, key->name);
}

enum err note_line_signature(uint8_t *to, size_t max,
                             const struct note_line *line)
{
    uint8_t room[ID_LEN + NOTE_SIGNATURE_MAX];
    if (line->signature_len > max) return ERR_FULL;
    if (line->signature_len > NOTE_SIGNATURE_MAX) return ERR_LIMIT;
    enum err err =
        base64_read_exact(room, ID_LEN + line->signature_len, line->base64);
    if (err != OK) return err;
    bytes_copy(to, room + ID_LEN, line->signature_len);
    return OK;
}

void note_line_copy(struct writer *w, const struct note_line *line)
{
    writer_text(w, dash);
    writer_add(w, line->name);
    writer_byte(w, ' ');
    writer_add(w, line->base64);
    writer_byte(w, '\n');
}

enum err note_line_write(struct writer *w, const struct note_key *key,
                         struct bytes signature)
{
    uint8_t room[ID_LEN + NOTE_SIGNATURE_MAX];
    if (signature.len > NOTE_SIGNATURE_MAX) return ERR_LIMIT;
    bytes_put_u32(room, key->id);
    bytes_copy(room + ID_LEN, signature.at, signature.len);

    writer_text(w, dash);
    writer_add(w, key->name);
    writer_byte(w, ' ');
    base64_write(w, bytes_of(room, ID_LEN + signature.len));
    writer_byte(w, '\n');
    return w->is_full ? ERR_FULL : OK;
}

void note_write(struct writer *w, const struct note *note)
{
    writer_add(w, note->text);
    writer_byte(w, '\n');
    for (size_t i = 0; i < note->line_count; i++)
        note_line_copy(w, &note->lines[i]);
}

/* ---- keys ------------------------------------------------------------ */

static bool is_type(uint8_t type)
{
    return type == NOTE_ED25519 || type == NOTE_COSIGNATURE;
}

static uint32_t key_id(const struct note_key *key)
{
    const uint8_t middle[2] = { '\n', (uint8_t)key->type };
    struct sha256 state;
    struct hash hash;
    sha256_begin(&state);
    sha256_add(&state, key->name.at, key->name.len);
    sha256_add(&state, middle, sizeof middle);
    sha256_add(&state, key->key, sizeof key->key);
    sha256_end(&state, hash.b);
    return bytes_get_u32(hash.b);
}

enum err note_key_make(struct note_key *key, struct bytes name, uint8_t type,
                       const uint8_t public_key[NOTE_KEY_LEN])
{
    if (!note_is_name(name)) return ERR_FORMAT;
    if (!is_type(type)) return ERR_SUPPORT;

    key->name = name;
    key->type = (enum note_type)type;
    bytes_copy(key->key, public_key, sizeof key->key);
    key->id = key_id(key);
    return OK;
}

/* At the first two '+' only: base64 may contain more of them. */
enum err note_key_read(struct note_key *key, struct bytes text)
{
    size_t len = 0;
    while (len < text.len && text.at[len] != '+') len++;
    struct bytes name = bytes_slice(text, 0, len);
    struct bytes rest = bytes_slice(text, len, text.len);
    if (rest.len < 10 || rest.at[9] != '+') return ERR_FORMAT;

    uint8_t id[ID_LEN], wire[1 + NOTE_KEY_LEN];
    enum err err = bytes_read_hex(id, sizeof id, bytes_slice(rest, 1, 8));
    if (err != OK) return err;
    struct bytes base64 = bytes_slice(rest, 10, rest.len);
    struct writer group = writer_into(wire, 3);
    err = base64_read(&group, bytes_slice(base64, 0, 4));
    if (err != OK || group.len == 0) return err == OK ? ERR_FORMAT : err;
    if (!is_type(wire[0]))
        return note_is_name(name) ? ERR_SUPPORT : ERR_FORMAT;

    err = base64_read_exact(wire, sizeof wire, base64);
    if (err != OK) return err;
    err = note_key_make(key, name, wire[0], wire + 1);
    if (err != OK) return err;
    return key->id == bytes_get_u32(id) ? OK : ERR_KEY;
}

void note_key_write(struct writer *w, const struct note_key *key)
{
    uint8_t id[ID_LEN], wire[1 + NOTE_KEY_LEN] = { (uint8_t)key->type };
    bytes_put_u32(id, key->id);
    bytes_copy(wire + 1, key->key, sizeof key->key);

    writer_add(w, key->name);
    writer_byte(w, '+');
    writer_hex(w, bytes_of(id, sizeof id));
    writer_byte(w, '+');
    base64_write(w, bytes_of(wire, sizeof wire));
}
