#include "format/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/html.h"

/* A template while it is read; the brackets may change on the way. */
struct source {
    struct bytes whole, open, close;
};

struct tag {
    char kind; /* one of # ^ / > ! = & and v, an escaped value */
    struct bytes name;
    struct bytes indent; /* before a tag that has its line to itself */
    size_t start, end;   /* what it takes of the text, its line included */
};

struct render {
    struct html out;
    size_t tags;
    const struct template_parts *parts;
    const json_t *stack[TEMPLATE_DEPTH_MAX];
    size_t depth; /* of the stack of values   */
    size_t level; /* of sections and parts    */
};

/* ---- writing -------------------------------------------------------- */
static enum err add(struct render *r, const void *at, size_t len)
{
    return html_raw(&r->out, at, len);
}

static enum err add_value(struct render *r, const json_t *value, bool is_raw)
{
    char room[40] = "";
    if (json_is_string(value)) {
        struct bytes text = bytes_of(json_string_value(value),
                                     json_string_length(value));
        return is_raw ? add(r, text.at, text.len)
                      : html_escaped(&r->out, text);
    }
    if (json_is_integer(value))
        snprintf(room, sizeof room, "%lld",
                 (long long)json_integer_value(value));
    if (json_is_real(value))
        snprintf(room, sizeof room, "%.15g", json_real_value(value));
    if (json_is_boolean(value))
        snprintf(room, sizeof room, "%s",
                 json_is_true(value) ? "true" : "false");
    return add(r, room, strlen(room));
}

/* ---- looking up ----------------------------------------------------- */
static const json_t *member(const json_t *value, struct bytes key)
{
    return json_object_getn(value, (const char *)key.at, key.len);
}

static struct bytes take_part(struct bytes *name)
{
    size_t i = 0;
    while (i < name->len && name->at[i] != '.') i++;
    struct bytes part = bytes_slice(*name, 0, i);
    *name = bytes_slice(*name, i + 1, name->len);
    return part;
}

/* NULL: there is none. */
static const json_t *look_up(const struct render *r, struct bytes name)
{
    if (bytes_equal_text(name, ".")) return r->stack[r->depth - 1];
    const json_t *found = NULL;
    struct bytes first = take_part(&name);
    for (size_t i = r->depth; found == NULL && i-- > 0;)
        found = member(r->stack[i], first);
    while (found != NULL && name.len != 0)
        found = member(found, take_part(&name));
    return found;
}

static bool is_nothing(const json_t *value)
{
    return value == NULL || json_is_null(value) || json_is_false(value) ||
           (json_is_array(value) && json_array_size(value) == 0) ||
           (json_is_string(value) && json_string_length(value) == 0) ||
           (json_is_integer(value) && json_integer_value(value) == 0);
}

/* ---- reading -------------------------------------------------------- */
static bool stands_at(struct bytes text, size_t at, struct bytes what)
{
    return bytes_equal(bytes_slice(text, at, what.len), what);
}

static bool seek(size_t *at, struct bytes text, size_t end, struct bytes what)
{
    for (; *at + what.len <= end; ++*at)
        if (stands_at(text, *at, what)) return true;
    return false;
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct bytes trim(struct bytes text)
{
    while (text.len != 0 && is_blank(text.at[0]))
        text = bytes_slice(text, 1, text.len);
    while (text.len != 0 && is_blank(text.at[text.len - 1])) text.len--;
    return text;
}

/* A tag with nothing else on its line takes the whole line. */
static void take_line(struct tag *tag, struct bytes text)
{
    size_t from = tag->start, to = tag->end;
    if (tag->kind == 'v' || tag->kind == '&') return;
    while (from > 0 && text.at[from - 1] != '\n' && is_blank(text.at[from - 1]))
        from--;
    if (from > 0 && text.at[from - 1] != '\n') return;
    while (to < text.len && text.at[to] != '\n' && is_blank(text.at[to])) to++;
    if (to < text.len && text.at[to] != '\n') return;
    tag->indent = bytes_slice(text, from, tag->start - from);
    tag->start = from;
    tag->end = to < text.len ? to + 1 : to;
}

static enum err take_brackets(struct source *s, struct bytes name)
{
    size_t i = 0;
    while (i < name.len && !is_blank(name.at[i])) i++;
    s->open = bytes_slice(name, 0, i);
    s->close = trim(bytes_slice(name, i, name.len));
    return s->open.len == 0 || s->close.len == 0 ? ERR_FORMAT : OK;
}

/* The next tag of from … end.  ERR_ABSENT: no more. */
static enum err next_tag(struct tag *tag, struct render *r, struct source *s,
                         size_t from, size_t end)
{
    static const char kinds[] = "#^/>!=&{";
    *tag = (struct tag){ .start = from, .kind = 'v' };
    if (!seek(&tag->start, s->whole, end, s->open)) return ERR_ABSENT;
    if (++r->tags > TEMPLATE_TAGS_MAX) return ERR_LIMIT;
    size_t at = tag->start + s->open.len, stop = at;
    if (at < end && memchr(kinds, s->whole.at[at], 8) != NULL)
        tag->kind = (char)s->whole.at[at++];
    if (!seek(&stop, s->whole, end, s->close)) return ERR_FORMAT;
    size_t after = stop + s->close.len;
    if (tag->kind == '{' || tag->kind == '=') {
        uint8_t last = tag->kind == '{' ? '}' : '=';
        stop = at;
        while (stop < end && (s->whole.at[stop] != last ||
                              !stands_at(s->whole, stop + 1, s->close)))
            stop++;
        after = stop + 1 + s->close.len;
        if (after > end) return ERR_FORMAT;
        if (tag->kind == '{') tag->kind = '&';
    }
    tag->end = after;
    tag->name = trim(bytes_slice(s->whole, at, stop < at ? 0 : stop - at));
    take_line(tag, s->whole);
    if (tag->kind == '=') return take_brackets(s, tag->name);
    return tag->name.len == 0 && tag->kind != '!' ? ERR_FORMAT : OK;
}

/* The tag that closes `name`; the brackets are then as after it. */
static enum err find_close(struct tag *tag, struct render *r, struct source *s,
                           size_t from, struct bytes name)
{
    if (r->level == TEMPLATE_DEPTH_MAX) return ERR_LIMIT;
    r->level++;
    enum err err = next_tag(tag, r, s, from, s->whole.len);
    while (err == OK && tag->kind != '/') {
        if (tag->kind == '#' || tag->kind == '^')
            err = find_close(tag, r, s, tag->end, tag->name);
        if (err == OK) err = next_tag(tag, r, s, tag->end, s->whole.len);
    }
    r->level--;
    if (err == OK && !bytes_equal(tag->name, name)) err = ERR_FORMAT;
    return err == ERR_ABSENT ? ERR_FORMAT : err;
}

/* ---- filling in ----------------------------------------------------- */
static enum err range(struct render *r, struct source s, size_t from,
                      size_t end);

static enum err under(struct render *r, const json_t *value,
                      const struct source *s, size_t from, size_t end)
{
    if (r->depth == TEMPLATE_DEPTH_MAX) return ERR_LIMIT;
    r->stack[r->depth++] = value;
    enum err err = range(r, *s, from, end);
    r->depth--;
    return err;
}

static enum err section(struct render *r, struct source *s, struct tag *tag)
{
    const struct source inner = *s;
    const json_t *value = look_up(r, tag->name);
    size_t from = tag->end, count = json_array_size(value);
    bool is_inverted = tag->kind == '^';
    enum err err = find_close(tag, r, s, from, tag->name);
    if (err != OK || is_nothing(value) != is_inverted) return err;
    if (is_inverted) return range(r, inner, from, tag->start);
    if (!json_is_array(value))
        return under(r, value, &inner, from, tag->start);
    for (size_t i = 0; err == OK && i < count; i++)
        err = under(r, json_array_get(value, i), &inner, from, tag->start);
    return err;
}

/* Every line of a part stands as far in as its tag. */
static enum err indent(struct html *out, struct bytes text, struct bytes by)
{
    enum err err = OK;
    for (size_t i = 0; err == OK && i < text.len; i++) {
        bool is_first = i == 0 || text.at[i - 1] == '\n';
        if (is_first) err = html_raw(out, by.at, by.len);
        if (err == OK) err = html_raw(out, text.at + i, 1);
    }
    return err;
}

static enum err part(struct render *r, const struct tag *tag)
{
    struct source s = { .open = bytes_text("{{"), .close = bytes_text("}}") };
    struct html copy = { .max = TEMPLATE_OUT_MAX };
    if (r->parts == NULL ||
        !r->parts->find(&s.whole, r->parts->context, tag->name))
        return OK;
    enum err err = OK;
    if (tag->indent.len != 0) {
        err = indent(&copy, s.whole, tag->indent);
        s.whole = bytes_of(copy.at, copy.len);
    }
    if (err == OK) err = range(r, s, 0, s.whole.len);
    free(copy.at);
    return err;
}

static enum err fill(struct render *r, struct source *s, struct tag *tag)
{
    switch (tag->kind) {
    case 'v':
    case '&': return add_value(r, look_up(r, tag->name), tag->kind == '&');
    case '#':
    case '^': return section(r, s, tag);
    case '>': return part(r, tag);
    case '/': return ERR_FORMAT;
    default: return OK;
    }
}

/* An empty text may be NULL, to which nothing is added. */
static enum err add_plain(struct render *r, const struct source *s,
                          size_t from, size_t end)
{
    struct bytes plain = bytes_slice(s->whole, from, end - from);
    return plain.len == 0 ? OK : add(r, plain.at, plain.len);
}

static enum err range(struct render *r, struct source s, size_t from,
                      size_t end)
{
    struct tag tag;
    if (r->level == TEMPLATE_DEPTH_MAX) return ERR_LIMIT;
    r->level++;
    enum err err = next_tag(&tag, r, &s, from, end);
    while (err == OK) {
        err = add_plain(r, &s, from, tag.start);
        if (err == OK) err = fill(r, &s, &tag);
        from = tag.end;
        if (err == OK) err = next_tag(&tag, r, &s, from, end);
    }
    r->level--;
    if (err == ERR_ABSENT) err = add_plain(r, &s, from, end);
    return err;
}

enum err template_render(struct bytes *out, struct bytes text,
                         const json_t *data,
                         const struct template_parts *parts)
{
    struct render r = { .out = { .max = TEMPLATE_OUT_MAX },
                        .parts = parts,
                        .stack = { data },
                        .depth = 1 };
    struct source s = { .whole = text,
                        .open = bytes_text("{{"),
                        .close = bytes_text("}}") };
    enum err err = range(&r, s, 0, text.len);
    if (err == OK) err = add(&r, "", 1); /* so that it is never NULL */
    if (err == OK) *out = bytes_of(r.out.at, r.out.len - 1);
    if (err != OK) free(r.out.at);
    return err;
}
