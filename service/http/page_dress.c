#include "http/page_dress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "domain/area.h"
#include "host/clock.h"

enum { TEXT_MAX = 512, HEX_MIN = 40, GROUP = 4 };

static bool is_one_of(const char *key, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(key, *words) == 0) return true;
    return false;
}

static bool ends(const char *key, const char *tail)
{
    size_t len = strlen(key), tail_len = strlen(tail);
    return len >= tail_len && strcmp(key + len - tail_len, tail) == 0;
}

static bool is_time(const char *key)
{
    static const char *const names[] = { "t0",   "t1",  "t4",
                                         "time", "due", NULL };
    return is_one_of(key, names) || ends(key, "_time");
}

static bool is_count(const char *key)
{
    static const char *const names[] = { "count", "take",  "size",
                                         "slots", "codes", NULL };
    return is_one_of(key, names) || ends(key, "_count");
}

static int add(json_t *to, const char *key, const char *tail,
               const char *text)
{
    char name[TEXT_MAX];
    snprintf(name, sizeof name, "%.400s%s", key, tail);
    return json_object_set_new(to, name, json_string(text));
}

/* 2026-01-31 17:30:00 -> 2026年1月31日 17:30, seconds only where there are. */
static int add_time(json_t *to, const char *key, json_int_t value)
{
    char at[CLOCK_TEXT_MAX], text[64], iso[CLOCK_TEXT_MAX + 8];
    clock_print_beijing(at, (uint64_t)value);
    if (strlen(at) < strlen("2026-01-31 17:30:00")) return -1;
    const char *month = at + 5, *day = at + 8, *clock = at + strlen(at) - 8;
    int month_from = month[0] == '0', day_from = day[0] == '0';
    int shown = strcmp(clock + 5, ":00") == 0 ? 5 : 8;
    snprintf(text, sizeof text, "%.4s年%.*s月%.*s日 %.*s", at,
             2 - month_from, month + month_from, 2 - day_from, day + day_from,
             shown, clock);
    snprintf(iso, sizeof iso, "%.10sT%.8s+08:00", at, clock);
    return add(to, key, "_text", text) + add(to, key, "_iso", iso);
}

static int add_count(json_t *to, const char *key, json_int_t value)
{
    char digits[32], text[48];
    size_t len = (size_t)snprintf(digits, sizeof digits, "%" PRIu64,
                                  (uint64_t)value),
           at = 0;
    for (size_t i = 0; i < len; i++) {
        if (i != 0 && (len - i) % 3 == 0) text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = 0;
    return add(to, key, "_text", text);
}

/* Millionths of the whole as per cent, without idle noughts. */
static int add_share(json_t *to, const char *key, json_int_t value)
{
    char text[48];
    int len = snprintf(text, sizeof text, "%" PRIu64 ".%04" PRIu64,
                       (uint64_t)value / 10000, (uint64_t)value % 10000);
    while (text[len - 1] == '0' && text[len - 3] != '.') len--;
    text[len] = '%';
    text[len + 1] = 0;
    return add(to, key, "_text", text);
}

static int add_number(json_t *to, const char *key, json_int_t value)
{
    if (value < 0) return 0;
    if (is_time(key)) return value == 0 ? 0 : add_time(to, key, value);
    if (is_count(key)) return add_count(to, key, value);
    return ends(key, "share") ? add_share(to, key, value) : 0;
}

/* Hexadecimal digits in groups of four, for people who compare them. */
static int add_groups(json_t *to, const char *key, const char *value)
{
    char text[TEXT_MAX];
    size_t len = strlen(value), at = 0;
    if (len < HEX_MIN || len % GROUP != 0 || len > TEXT_MAX / 5 * 4 - 8)
        return 0;
    if (strspn(value, "0123456789abcdef") != len) return 0;
    for (size_t i = 0; i < len; i++) {
        if (i != 0 && i % GROUP == 0) text[at++] = ' ';
        text[at++] = value[i];
    }
    text[at] = 0;
    return add(to, key, "_groups", text);
}

/* 140802 -> 盐湖区; nothing where no name is known. */
static int add_area(json_t *to, const char *key, const char *value)
{
    const char *name = area_name(bytes_text(value));
    if (strcmp(key, "district") != 0 || name == NULL) return 0;
    return add(to, key, "_text", name);
}

static json_t *dress_object(const json_t *value)
{
    json_t *copy = json_object();
    const char *key;
    json_t *member;
    int failed = copy == NULL;
    json_object_foreach ((json_t *)(uintptr_t)value, key, member) {
        if (failed != 0) break;
        failed = json_object_set_new(copy, key, page_dress(member));
        if (json_is_integer(member))
            failed += add_number(copy, key, json_integer_value(member));
        if (json_is_string(member))
            failed += add_groups(copy, key, json_string_value(member)) +
                      add_area(copy, key, json_string_value(member));
    }
    if (failed == 0) return copy;
    json_decref(copy);
    return NULL;
}

static int add_place(json_t *item, size_t i, size_t count)
{
    if (!json_is_object(item) || json_object_get(item, "index") != NULL)
        return 0;
    return json_object_set_new(item, "index",
                               json_integer((json_int_t)i + 1)) +
           json_object_set_new(item, "is_first", json_boolean(i == 0)) +
           json_object_set_new(item, "is_last", json_boolean(i + 1 == count));
}

static json_t *dress_array(const json_t *value)
{
    json_t *copy = json_array();
    size_t count = json_array_size(value);
    int failed = copy == NULL;
    for (size_t i = 0; failed == 0 && i < count; i++) {
        json_t *item = page_dress(json_array_get(value, i));
        failed = item == NULL || add_place(item, i, count) != 0;
        if (json_array_append_new(copy, item) != 0) failed = 1;
    }
    if (failed == 0) return copy;
    json_decref(copy);
    return NULL;
}

json_t *page_dress(const json_t *value)
{
    if (json_is_object(value)) return dress_object(value);
    if (json_is_array(value)) return dress_array(value);
    return json_deep_copy(value);
}
