#include "audits/form.h"

#include "core/rate.h"

const struct form form_int = { .type = FORM_INT,
                               .max = (uint64_t)CANON_INTEGER_MAX };
const struct form form_flag = { .type = FORM_INT, .max = 1 };
const struct form form_name = { .type = FORM_LINE, .min = 1, .max = 200 };
const struct form form_text = { .type = FORM_TEXT, .max = 4000 };
const struct form form_note = { .type = FORM_STRING, .max = 65536 };
const struct form form_hex32 = { .type = FORM_HEX, .min = 32, .max = 32 };
const struct form form_hex48 = { .type = FORM_HEX, .min = 48, .max = 48 };
const struct form form_hex64 = { .type = FORM_HEX, .min = 64, .max = 64 };
const struct form form_path = { .type = FORM_ARRAY,
                                .max = 64,
                                .item = &form_hex32 };

static bool is_between(const struct form *form, uint64_t number)
{
    return number >= form->min && number <= form->max;
}

static bool is_int(const struct form *form, const struct value *value)
{
    return value->type == VALUE_INT && value->as.number >= 0 &&
           is_between(form, (uint64_t)value->as.number);
}

/* Without control characters; a line feed may be let through. */
static bool is_printable(struct bytes text, bool may_break)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];
        if (c == 0x7f || (c < 0x20 && !(may_break && c == '\n'))) return false;
    }
    return true;
}

static bool is_digits(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    return true;
}

static bool is_word(const struct form *form, struct bytes text)
{
    for (const char *const *word = form->words; *word != NULL; word++)
        if (bytes_equal_text(text, *word)) return true;
    return false;
}

static unsigned number_at(struct bytes text, size_t at, size_t len)
{
    unsigned number = 0;
    for (size_t i = at; i < at + len; i++)
        number = number * 10 + (unsigned)(text.at[i] - '0');
    return number;
}

/* Digits and dashes in their places, and a day that exists. */
static bool is_date(struct bytes text)
{
    static const unsigned days[] = { 31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31 };
    if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-') return false;
    if (!is_digits(bytes_slice(text, 0, 4)) ||
        !is_digits(bytes_slice(text, 5, 2)) ||
        !is_digits(bytes_slice(text, 8, 2)))
        return false;
    unsigned year = number_at(text, 0, 4), month = number_at(text, 5, 2);
    unsigned day = number_at(text, 8, 2);
    if (month < 1 || month > 12 || day < 1) return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && is_leap);
}

static bool is_take(struct bytes text)
{
    struct rate rate;
    return rate_read(&rate, text) == OK;
}

static bool is_string(const struct form *form, const struct value *value)
{
    if (value->type != VALUE_STRING) return false;
    struct bytes text = value_text(value);
    switch (form->type) {
    case FORM_STRING: return is_between(form, text.len);
    case FORM_TEXT:
        return is_between(form, text.len) && is_printable(text, true);
    case FORM_LINE:
        return is_between(form, text.len) && is_printable(text, false);
    case FORM_DIGITS: return is_between(form, text.len) && is_digits(text);
    case FORM_HEX:
        return is_between(form, text.len / 2) && text.len % 2 == 0 &&
               bytes_is_hex(text);
    case FORM_WORD: return is_word(form, text);
    case FORM_TAKE: return is_take(text);
    case FORM_DATE: return is_date(text);
    case FORM_INT:
    case FORM_ARRAY:
    case FORM_OBJECT:
    case FORM_MAP:
    case FORM_LIST: return false;
    }
    return false;
}

/* What must not stand twice: the element, or one member of it. */
static struct bytes unique_part(const struct form *form,
                                const struct value *item)
{
    return *form->unique == '\0' ? value_text(item) :
                                   value_member_text(item, form->unique);
}

static bool is_unique(const struct form *form, const struct value *array)
{
    const struct value *a = value_first(array);
    for (; a != NULL; a = value_next(array, a)) {
        const struct value *b = value_next(array, a);
        for (; b != NULL; b = value_next(array, b))
            if (bytes_equal(unique_part(form, a), unique_part(form, b)))
                return false;
    }
    return true;
}

static bool is_array(const struct form_check *check, const struct form *form,
                     const struct value *value)
{
    if (value->type != VALUE_ARRAY || !is_between(form, value->count))
        return false;
    const struct value *item = value_first(value);
    for (; item != NULL; item = value_next(value, item))
        if (!form_fits(check, form->item, item)) return false;
    return form->unique == NULL || is_unique(form, value);
}

/* Table and object both ascend, so one walk compares them. */
static bool is_object(const struct form_check *check, const struct form *form,
                      const struct value *value)
{
    if (value->type != VALUE_OBJECT) return false;
    const struct value *at = value_first(value);
    for (const struct form_key *key = form->keys; key->name != NULL; key++) {
        if ((check->facts & key->when) != key->when) continue;
        if (at == NULL || !value_is_text(at, key->name)) return false;
        if (!form_fits(check, key->form, value_of_key(at))) return false;
        at = value_next_key(value, at);
    }
    return at == NULL;
}

static bool is_map(const struct form_check *check, const struct form *form,
                   const struct value *value)
{
    if (value->type != VALUE_OBJECT) return false;
    const struct value *at = value_first(value);
    for (; at != NULL; at = value_next_key(value, at))
        if (!form_fits(check, form->item, at) ||
            !form_fits(check, form->each, value_of_key(at)))
            return false;
    return true;
}

static const struct form_key reference_keys[] = {
    { "count", &form_int, 0 },
    { "sha256", &form_hex32, 0 },
    { NULL, NULL, 0 },
};
static const struct form reference = { .type = FORM_OBJECT,
                                       .keys = reference_keys };

static bool is_list(const struct form_check *check, const struct form *form,
                    const struct value *value)
{
    struct form_list list = { .shell = value, .item = form->item };
    if (value->type == VALUE_ARRAY) {
        if (value->len > FORM_LIST_PLACE_MAX) return false;
        list.array = value;
    } else if (!is_object(check, &reference, value)) {
        return false;
    }
    return check->list != NULL && check->list(check->context, &list);
}

bool form_fits(const struct form_check *check, const struct form *form,
               const struct value *value)
{
    if (value == NULL) return false;
    if (value->type == VALUE_NULL) return form->is_nullable;
    switch (form->type) {
    case FORM_INT: return is_int(form, value);
    case FORM_STRING:
    case FORM_TEXT:
    case FORM_LINE:
    case FORM_HEX:
    case FORM_WORD:
    case FORM_DIGITS:
    case FORM_TAKE:
    case FORM_DATE: return is_string(form, value);
    case FORM_ARRAY: return is_array(check, form, value);
    case FORM_OBJECT: return is_object(check, form, value);
    case FORM_MAP: return is_map(check, form, value);
    case FORM_LIST: return is_list(check, form, value);
    }
    return false;
}
