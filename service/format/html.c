#include "format/html.h"

#include <stdlib.h>
#include <string.h>

enum err html_raw(struct html *html, const void *at, size_t len)
{
    if (len > html->max - html->len) return ERR_LIMIT;
    if (len > html->room - html->len) {
        size_t room = 2 * (html->len + len) + 4096;
        uint8_t *more = realloc(html->at, room);
        if (more == NULL) return ERR_MEMORY;
        html->at = more;
        html->room = room;
    }
    if (len != 0) memcpy(html->at + html->len, at, len);
    html->len += len;
    return OK;
}

static bool turns(struct bytes text, size_t i)
{
    if (text.len - i < 3 || text.at[i] != 0xe2) return false;
    uint8_t b = text.at[i + 1], c = text.at[i + 2];
    return (b == 0x80 && c >= 0xaa && c <= 0xae) ||
           (b == 0x81 && c >= 0xa6 && c <= 0xa9);
}

static const char *escape_of(uint8_t byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

enum err html_escaped(struct html *html, struct bytes text)
{
    enum err err = OK;
    size_t from = 0;
    for (size_t i = 0; err == OK && i < text.len; i++) {
        bool is_turn = turns(text, i);
        const char *escape = is_turn ? "\xef\xbf\xbd" : escape_of(text.at[i]);
        if (escape == NULL) continue;
        err = html_raw(html, text.at + from, i - from);
        if (err == OK) err = html_raw(html, escape, strlen(escape));
        if (is_turn) i += 2;
        from = i + 1;
    }
    if (err != OK || from >= text.len) return err;
    return html_raw(html, text.at + from, text.len - from);
}
