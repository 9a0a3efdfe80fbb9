#include "http/profile.h"

#include <string.h>

#include "core/utf8.h"
#include "format/json_read.h"
#include "format/personal.h"

enum { TEXT_MAX = 65536 };

const char *const profile_row[] = { "code", "district", "kind",
                                    "name", "type",     NULL };
const char *const profile_item[] = { "basis", "category", "code",    "field",
                                     "name",  "targets",  "way",     NULL };
const char *const profile_batch[] = { "code", "name", "scope", NULL };
const char *const profile_quota[] = { "name", "take", NULL };

struct bytes profile_clean(struct writer *w, struct bytes text)
{
    for (size_t i = 0; i < text.len;) {
        size_t len = 0;
        (void)personal_at(&len, text, i);
        for (size_t k = 0; k < len; k++)
            if (text.at[i + k] < 0x80 || text.at[i + k] >= 0xc0)
                writer_byte(w, '*');
        if (len == 0) writer_byte(w, text.at[i]);
        i += len == 0 ? 1 : len;
    }
    return writer_bytes(w);
}

void profile_text(struct canon *c, struct bytes text)
{
    uint8_t room[TEXT_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct bytes cleaned = profile_clean(&w, text);
    canon_string(c, w.is_full ? bytes_text("（太长，略）") : cleaned);
}

void profile_member(struct canon *c, const char *key, struct bytes text)
{
    canon_key(c, key);
    profile_text(c, text);
}

/* The code is what the firm is looked up by; it is never changed. */
static void member(struct canon *c, const char *key, struct bytes text)
{
    if (strcmp(key, "code") == 0)
        canon_member_string(c, key, text);
    else
        profile_member(c, key, text);
}

void profile_write_value(struct canon *c, const struct value *object,
                         const char *const *fields)
{
    for (; *fields != NULL; fields++) {
        const struct value *value = value_member(object, *fields);
        if (value != NULL && value->type == VALUE_STRING)
            member(c, *fields, value_text(value));
    }
}

void profile_write_json(struct canon *c, const json_t *object,
                        const char *const *fields)
{
    struct bytes text;
    for (; *fields != NULL; fields++)
        if (json_read_string(&text, json_read_member(object, *fields)) == OK)
            member(c, *fields, text);
}

void profile_certificate(struct canon *c, const char *key,
                         struct bytes certificate)
{
    uint8_t room[1024];
    struct writer w = writer_into(room, sizeof room);
    size_t count = utf8_count(certificate), left = count;
    uint32_t scalar;
    for (size_t at = 0; at < certificate.len; left--) {
        struct bytes rest = bytes_slice(certificate, at, certificate.len);
        size_t len = utf8_step(&scalar, rest);
        if (len == 0) break;
        if (left > 2 || count <= 2)
            writer_byte(&w, '*');
        else
            writer_add(&w, bytes_slice(rest, 0, len));
        at += len;
    }
    canon_member_string(c, key, writer_bytes(&w));
}
