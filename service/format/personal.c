#include "format/personal.h"

#include <string.h>

enum { ID_LEN = 18, MOBILE_LEN = 11 };

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

enum personal personal_at(size_t *len, struct bytes text, size_t at)
{
    uint8_t c = text.at[at];
    struct bytes rest = bytes_slice(text, at, text.len);
    *len = 0;
    if (c >= 0x80) {
        *len = plate_len(rest);
        return *len == 0 ? PERSONAL_NONE : PERSONAL_PLATE;
    }
    if (!is_digit(c) || (at != 0 && is_digit(text.at[at - 1])))
        return PERSONAL_NONE;
    size_t run = 0;
    while (run < rest.len && is_digit(rest.at[run])) run++;
    if (run == MOBILE_LEN && is_mobile(bytes_slice(rest, 0, run))) {
        *len = run;
        return PERSONAL_MOBILE;
    }
    if (run == ID_LEN - 1 && run < rest.len) run++;
    if (!is_identity(bytes_slice(rest, 0, run))) return PERSONAL_NONE;
    *len = run;
    return PERSONAL_IDENTITY;
}

enum personal personal_in(struct bytes text)
{
    size_t len;
    for (size_t i = 0; i < text.len; i++) {
        enum personal found = personal_at(&len, text, i);
        if (found != PERSONAL_NONE) return found;
    }
    return PERSONAL_NONE;
}

/* Once it is published it cannot be taken back. */
const char *personal_warning(enum personal found)
{
    static const char *const words[] = {
        [PERSONAL_NONE] = NULL,
        [PERSONAL_IDENTITY] = "像居民身份证号码；它会公布，公布后收不回",
        [PERSONAL_MOBILE] = "像手机号码；它会公布，公布后收不回",
        [PERSONAL_PLATE] = "像车牌号；它会公布，公布后收不回",
    };
    return words[found];
}
