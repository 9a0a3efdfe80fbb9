#include "format/ical.h"

/* A line being written; `at`: bytes since its last break. */
struct line {
    struct writer *w;
    size_t at;
};

static void add(struct line *line, struct bytes letter)
{
    if (line->at + letter.len > ICAL_LINE_MAX) {
        writer_text(line->w, "\r\n ");
        line->at = 1;
    }
    writer_add(line->w, letter);
    line->at += letter.len;
}

/* The first letter of valid UTF-8 with all its bytes. */
static struct bytes letter_at(struct bytes text, size_t at)
{
    size_t len = 1;
    while (at + len < text.len && (text.at[at + len] & 0xc0) == 0x80) len++;
    return bytes_slice(text, at, len);
}

static struct bytes escaped(struct bytes letter)
{
    switch (letter.at[0]) {
    case '\\': return bytes_text("\\\\");
    case ';': return bytes_text("\\;");
    case ',': return bytes_text("\\,");
    case '\n': return bytes_text("\\n");
    default: return letter;
    }
}

static void write(struct writer *w, const char *name, struct bytes value,
                  bool is_text)
{
    struct line line = { w, 0 };
    add(&line, bytes_text(name));
    add(&line, bytes_text(":"));
    for (size_t i = 0; i < value.len;) {
        struct bytes letter = letter_at(value, i);
        i += letter.len;
        if (letter.at[0] < 0x20 && letter.at[0] != '\n') continue;
        add(&line, is_text ? escaped(letter) : letter);
    }
    writer_text(w, "\r\n");
}

void ical_line(struct writer *w, const char *name, struct bytes value)
{
    write(w, name, value, false);
}

void ical_text(struct writer *w, const char *name, struct bytes text)
{
    write(w, name, text, true);
}
