#include "http/profile.h"

#include <string.h>

#include "core/utf8.h"
#include "format/json_read.h"

enum { ID_LEN = 18, MOBILE_LEN = 11, TEXT_MAX = 65536 };

const char *const profile_row[] = { "code", "district", "kind",
                                    "name", "type",     NULL };
const char *const profile_item[] = { "basis", "category", "code",    "field",
                                     "name",  "targets",  "way",     NULL };
const char *const profile_batch[] = { "code", "name", "scope", NULL };
const char *const profile_quota[] = { "name", "take", NULL };

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool are_digits(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.at[i])) return false;
    return true;
}

static unsigned number(struct bytes digits)
{
    unsigned n = 0;
    for (size_t i = 0; i < digits.len; i++)
        n = n * 10 + (unsigned)(digits.at[i] - '0');
    return n;
}

/* An identity number: area, a day of birth, and its check character. */
static bool is_identity(struct bytes text)
{
    static const char checks[] = "10X98765432";
    unsigned sum = 0, weight = 1;
    if (text.len != ID_LEN || !are_digits(bytes_slice(text, 0, ID_LEN - 1)))
        return false;
    unsigned year = number(bytes_slice(text, 6, 4));
    unsigned month = number(bytes_slice(text, 10, 2));
    unsigned day = number(bytes_slice(text, 12, 2));
    if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 ||
        day > 31)
        return false;
    for (size_t i = ID_LEN - 1; i-- > 0;) {
        weight = weight * 2 % 11;
        sum += (unsigned)(text.at[i] - '0') * weight;
    }
    uint8_t last = text.at[ID_LEN - 1];
    return (last == 'x' ? 'X' : last) == checks[sum % 11];
}

static bool is_mobile(struct bytes text)
{
    return text.len == MOBILE_LEN && are_digits(text) && text.at[0] == '1' &&
           text.at[1] >= '3';
}

/* 晋A12345, 晋M·12345, 晋AD12345: the province is three bytes. */
static size_t plate_len(struct bytes text)
{
    static const char provinces[] =
        "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    size_t at = 3, count = 0, digits = 0;
    bool is_known = false;
    if (text.len < 9 || !is_letter(text.at[3])) return 0;
    for (size_t i = 0; i + 3 <= sizeof provinces - 1; i += 3)
        if (memcmp(provinces + i, text.at, 3) == 0) is_known = true;
    if (!is_known) return 0;
    at++;
    if (text.len - at > 2 && memcmp(text.at + at, "·", 2) == 0) at += 2;
    for (; at < text.len && (is_digit(text.at[at]) || is_letter(text.at[at]));
         at++, count++)
        digits += is_digit(text.at[at]);
    return (count == 5 || count == 6) && digits >= 3 ? at : 0;
}

/* Bytes at `at` that must not leave; 0: none begins there. */
static size_t secret_len(struct bytes text, size_t at)
{
    uint8_t c = text.at[at];
    struct bytes rest = bytes_slice(text, at, text.len);
    if (c >= 0x80) return plate_len(rest);
    if (!is_digit(c) || (at != 0 && is_digit(text.at[at - 1]))) return 0;
    size_t run = 0;
    while (run < rest.len && is_digit(rest.at[run])) run++;
    if (run == MOBILE_LEN && is_mobile(bytes_slice(rest, 0, run))) return run;
    if (run == ID_LEN - 1 && run < rest.len) run++;
    return is_identity(bytes_slice(rest, 0, run)) ? run : 0;
}

struct bytes profile_clean(struct writer *w, struct bytes text)
{
    for (size_t i = 0; i < text.len;) {
        size_t len = secret_len(text, i);
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
