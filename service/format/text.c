#include "format/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Length of a blank at the start of valid UTF-8, 0 if there is none. */
static size_t blank_len(struct bytes text)
{
    if (text.len == 0) return 0;
    uint8_t c = text.at[0];
    if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
    if (c == 0xc2 && text.len >= 2)
        return text.at[1] == 0xa0 || text.at[1] == 0x85 ? 2 : 0;
    if (text.len < 3 || (c != 0xe1 && c != 0xe2 && c != 0xe3 && c != 0xef))
        return 0;
    uint32_t point = (uint32_t)(c & 15) << 12 |
                     (uint32_t)(text.at[1] & 63) << 6 | (text.at[2] & 63);
    bool is_blank = point == 0x1680 || (point >= 0x2000 && point <= 0x200d) ||
                    point == 0x2028 || point == 0x2029 || point == 0x202f ||
                    point == 0x205f || point == 0x2060 || point == 0x3000 ||
                    point == 0xfeff;
    return is_blank ? 3 : 0;
}

struct bytes text_trim(struct bytes text)
{
    for (size_t len; (len = blank_len(text)) != 0;)
        text = bytes_slice(text, len, text.len);
    while (text.len != 0) {
        size_t start = text.len - 1;
        while (start > 0 && (text.at[start] & 0xc0) == 0x80) start--;
        if (blank_len(bytes_slice(text, start, text.len)) == 0) break;
        text.len = start;
    }
    return text;
}

bool text_has_invisible(struct bytes text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        const uint8_t *at = text.at + i;
        if (at[0] == 0xef && at[1] == 0xbb && at[2] == 0xbf) return true;
        if (at[0] != 0xe2) continue;
        if (at[1] == 0x80 && ((at[2] >= 0x8b && at[2] <= 0x8f) ||
                              (at[2] >= 0xaa && at[2] <= 0xae)))
            return true;
        if (at[1] == 0x81 && at[2] >= 0xa0 && at[2] <= 0xa9) return true;
    }
    return false;
}

/*
 * True if NFC surely leaves `text` as it is: ASCII, CJK ideographs of the
 * basic block with extension A, and full-width forms.  False says nothing.
 */
static bool is_inert(struct bytes text)
{
    for (size_t i = 0; i < text.len;) {
        uint8_t c = text.at[i];
        if (c < 0x80) {
            i++;
        } else if ((c >= 0xe4 && c <= 0xe9) ||
                   (c == 0xef && text.len - i >= 2 && text.at[i + 1] >= 0xbc)) {
            i += 3;
        } else {
            return false;
        }
    }
    return true;
}

static bool is_ascii(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= 0x80) return false;
    return true;
}

/* Normalised text, allocated.  Empty text gives an empty string. */
static enum err normalise(struct bytes *made, struct bytes from, int options)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len =
        utf8proc_map(from.at, (utf8proc_ssize_t)from.len, &out,
                     (utf8proc_option_t)(UTF8PROC_STABLE | options));
    if (len == UTF8PROC_ERROR_NOMEM) return ERR_MEMORY;
    if (len < 0) return ERR_FORMAT;
    *made = bytes_of(out, (size_t)len);
    return OK;
}

static void release(struct bytes made)
{
    union {
        const uint8_t *borrowed;
        void *owned;
    } out = { made.at };
    free(out.owned);
}

enum err text_name(struct writer *w, struct bytes from)
{
    from = text_trim(from);
    if (is_inert(from)) {
        writer_add(w, from);
        return OK;
    }
    struct bytes made;
    enum err err = normalise(&made, from, UTF8PROC_COMPOSE);
    if (err != OK) return err;
    writer_add(w, text_trim(made));
    release(made);
    return OK;
}

enum err text_label(struct writer *w, struct bytes from)
{
    from = text_trim(from);
    if (is_ascii(from)) {
        writer_add(w, from);
        return OK;
    }
    struct bytes made;
    enum err err = normalise(&made, from, UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    if (err != OK) return err;
    writer_add(w, text_trim(made));
    release(made);
    return OK;
}

/* Upper case of ASCII letters only: a code has no others. */
static void add_code(struct writer *w, struct bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t blank = blank_len(bytes_slice(text, i, 4));
        if (blank != 0) {
            i += blank - 1;
            continue;
        }
        uint8_t c = text.at[i];
        if (c >= 'a' && c <= 'z') c = (uint8_t)(c - 'a' + 'A');
        writer_byte(w, c);
    }
}

enum err text_code(struct writer *w, struct bytes from)
{
    if (is_ascii(from)) {
        add_code(w, from);
        return OK;
    }
    struct bytes made;
    enum err err = normalise(&made, from, UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    if (err != OK) return err;
    add_code(w, made);
    release(made);
    return OK;
}

/* Letters and digits of any script, with the marks upon them. */
static bool is_word(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

/*
 * Length of what stands first, if it surely is a letter or mark of its own
 * that no normal form changes: ASCII, ideographs from U+4E00 to U+9EFF, and
 * （ ）.  0: another, or not UTF-8.
 */
static size_t plain_len(struct bytes text)
{
    uint8_t c = text.at[0];
    if (c < 0x80) return 1;
    if (text.len < 3) return 0;
    uint8_t d = text.at[1], e = text.at[2];
    if (c == 0xef && d == 0xbc && (e == 0x88 || e == 0x89)) return 3;
    if (c < 0xe4 || c > 0xe9 || (d & 0xc0) != 0x80 || (e & 0xc0) != 0x80)
        return 0;
    return (c == 0xe4 && d < 0xb8) || (c == 0xe9 && d > 0xbb) ? 0 : 3;
}

/* The key of a plain text; false: it has other letters, nothing is written. */
static bool add_plain_key(struct writer *w, struct bytes text)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i += len) {
        len = plain_len(bytes_slice(text, i, 4));
        if (len == 0) return false;
    }
    for (size_t i = 0; i < text.len; i += len) {
        uint8_t c = text.at[i];
        len = c < 0x80 ? 1 : 3;
        if (c >= 'A' && c <= 'Z') c = (uint8_t)(c - 'A' + 'a');
        if (len == 3 && c != 0xef) writer_add(w, bytes_slice(text, i, len));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            writer_byte(w, c);
    }
    return true;
}

enum err text_key(struct writer *w, struct bytes from)
{
    struct bytes made;
    if (add_plain_key(w, from)) return OK;
    enum err err = normalise(&made, from,
                             UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                 UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    if (err != OK) return err;
    for (size_t i = 0; i < made.len;) {
        utf8proc_int32_t point;
        utf8proc_ssize_t len = utf8proc_iterate(
            made.at + i, (utf8proc_ssize_t)(made.len - i), &point);
        if (len <= 0) break;
        if (is_word(point))
            writer_add(w, bytes_slice(made, i, (size_t)len));
        i += (size_t)len;
    }
    release(made);
    return OK;
}

/* Length of a separator of names at the start of `text`, or 0. */
static size_t separator_len(struct bytes text)
{
    static const char *const marks[] = {
        "、", "，", "；", ",", ";", "\n", "\r"
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (bytes_starts(text, marks[i])) return strlen(marks[i]);
    return 0;
}

bool text_next_name(struct bytes *name, struct bytes *list)
{
    while (list->len != 0) {
        size_t end = 0, mark = 0;
        while (end < list->len) {
            mark = separator_len(bytes_slice(*list, end, list->len));
            if (mark != 0) break;
            end++;
        }
        *name = text_trim(bytes_slice(*list, 0, end));
        *list = bytes_slice(*list, end + mark, list->len);
        if (name->len != 0) return true;
    }
    return false;
}
