#include "core/uscc.h"

enum {
    AREA_AT = 2,
    AREA_LEN = 6,
    ORGANISATION_AT = 8,
    ORGANISATION_LEN = 8, /* without its check digit */
    MODULUS = 31,
    ORGANISATION_MODULUS = 11
};

/* Value of a character is its place; I O S V Z are not used. */
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* Powers of 3 modulo 31. */
static const uint8_t weights[USCC_LEN - 1] = { 1,  3,  9,  27, 19, 26,
                                               16, 17, 20, 29, 25, 13,
                                               8,  24, 10, 30, 28 };
static const uint8_t organisation_weights[ORGANISATION_LEN] = { 3, 7, 9, 10,
                                                                5, 8, 4, 2 };

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_all_digits(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.at[i])) return false;
    return true;
}

/* Place in the alphabet, or MODULUS for a character outside it. */
static unsigned value(uint8_t c)
{
    unsigned at = 0;
    while (at < MODULUS && (uint8_t)alphabet[at] != c) at++;
    return at;
}

static bool has_form(struct bytes code)
{
    if (code.len != USCC_LEN) return false;
    for (size_t i = 0; i < code.len; i++)
        if (value(code.at[i]) == MODULUS) return false;
    return is_all_digits(bytes_slice(code, AREA_AT, AREA_LEN));
}

static bool check_holds(struct bytes code)
{
    unsigned sum = 0;
    for (size_t i = 0; i < USCC_LEN - 1; i++)
        sum += value(code.at[i]) * weights[i];
    unsigned check = (MODULUS - sum % MODULUS) % MODULUS;
    return value(code.at[USCC_LEN - 1]) == check;
}

/* GB 11714 counts letters from 10 without a gap: A is 10, Z is 35. */
static unsigned organisation_value(uint8_t c)
{
    return is_digit(c) ? (unsigned)(c - '0') : (unsigned)(c - 'A') + 10;
}

static bool organisation_check_holds(struct bytes code)
{
    unsigned sum = 0;
    for (size_t i = 0; i < ORGANISATION_LEN; i++)
        sum += organisation_value(code.at[ORGANISATION_AT + i]) *
               organisation_weights[i];
    unsigned check = (ORGANISATION_MODULUS - sum % ORGANISATION_MODULUS) %
                     ORGANISATION_MODULUS;
    uint8_t want = check == 10 ? 'X' : (uint8_t)('0' + check);
    return code.at[ORGANISATION_AT + ORGANISATION_LEN] == want;
}

enum uscc_form uscc_form(struct bytes code)
{
    if (code.len == USCC_LEGACY_LEN && is_all_digits(code)) return USCC_LEGACY;
    if (!has_form(code)) return USCC_OTHER;
    if (!check_holds(code)) return USCC_CHECK_FAILS;
    if (!organisation_check_holds(code)) return USCC_ORGANISATION_FAILS;
    return USCC_GOOD;
}

enum err uscc_area(struct bytes *area, struct bytes code)
{
    enum uscc_form form = uscc_form(code);
    if (form == USCC_OTHER) return ERR_FORMAT;
    *area = bytes_slice(code, form == USCC_LEGACY ? 0 : AREA_AT, AREA_LEN);
    return OK;
}

static bool is_id_byte(uint8_t c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || c == ':' || c == '.' ||
           c == '_' || c == '-';
}

bool uscc_is_id(struct bytes id)
{
    if (id.len == 0 || id.len > USCC_ID_MAX) return false;
    for (size_t i = 0; i < id.len; i++)
        if (!is_id_byte(id.at[i])) return false;
    return true;
}
