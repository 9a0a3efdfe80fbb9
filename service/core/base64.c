#include "core/base64.h"

static const char standard[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* One to three bytes as two to four characters. */
static void write_group(struct writer *w, struct bytes group,
                        const char *alphabet)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < 3; i++)
        bits = bits << 8 | (i < group.len ? group.at[i] : 0);
    for (size_t i = 0; i <= group.len; i++)
        writer_byte(w, (uint8_t)alphabet[bits >> (18 - 6 * i) & 63]);
}

void base64_write(struct writer *w, struct bytes bytes)
{
    for (size_t at = 0; at < bytes.len; at += 3) {
        struct bytes group = bytes_slice(bytes, at, 3);
        write_group(w, group, standard);
        for (size_t i = group.len; i < 3; i++) writer_byte(w, '=');
    }
}

void base64_write_url(struct writer *w, struct bytes bytes)
{
    for (size_t at = 0; at < bytes.len; at += 3)
        write_group(w, bytes_slice(bytes, at, 3), url);
}

/* 0 to 63, or 64 for a character outside the alphabet. */
static uint32_t value_of(uint8_t c, const char *alphabet)
{
    if (c >= 'A' && c <= 'Z') return (uint32_t)(c - 'A');
    if (c >= 'a' && c <= 'z') return (uint32_t)(c - 'a' + 26);
    if (c >= '0' && c <= '9') return (uint32_t)(c - '0' + 52);
    if (c == (uint8_t)alphabet[62]) return 62;
    if (c == (uint8_t)alphabet[63]) return 63;
    return 64;
}

/* `text` without its padding. */
static enum err read(struct writer *w, struct bytes text, const char *alphabet)
{
    if (text.len % 4 == 1) return ERR_FORMAT;
    size_t len = text.len / 4 * 3 + text.len % 4 * 3 / 4;
    for (size_t i = 0; i < text.len; i++)
        if (value_of(text.at[i], alphabet) == 64) return ERR_FORMAT;
    if (w->is_full || len > w->max - w->len) return ERR_FULL;

    uint32_t bits = 0, held = 0;
    size_t end = w->len;
    for (size_t i = 0; i < text.len; i++) {
        bits = bits << 6 | value_of(text.at[i], alphabet);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        w->at[end++] = (uint8_t)(bits >> held);
        bits &= (1U << held) - 1;
    }
    if (bits != 0) return ERR_CANONICAL;
    w->len = end;
    return OK;
}

enum err base64_read(struct writer *w, struct bytes text)
{
    if (text.len % 4 != 0) return ERR_FORMAT;
    size_t len = text.len;
    while (len > 0 && text.len - len < 2 && text.at[len - 1] == '=') len--;
    return read(w, bytes_slice(text, 0, len), standard);
}

enum err base64_read_url(struct writer *w, struct bytes text)
{
    return read(w, text, url);
}

enum err base64_read_exact(uint8_t *to, size_t len, struct bytes text)
{
    if (text.len != BASE64_LEN(len)) return ERR_FORMAT;
    struct writer w = writer_into(to, len);
    enum err err = base64_read(&w, text);
    if (err == ERR_FULL) return ERR_FORMAT;
    if (err == OK && w.len != len) return ERR_FORMAT;
    return err;
}

/* Group by group: the alphabet has no state. */
enum err base64_check(size_t *len, struct bytes text)
{
    *len = 0;
    for (size_t at = 0; at < text.len; at += 4) {
        uint8_t room[3];
        struct writer group = writer_into(room, sizeof room);
        enum err err = base64_read(&group, bytes_slice(text, at, 4));
        if (err != OK) return err;
        if (group.len < sizeof room && at + 4 != text.len) return ERR_FORMAT;
        *len += group.len;
    }
    return OK;
}
