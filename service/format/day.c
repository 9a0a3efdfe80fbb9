#include "format/day.h"

#include "format/text.h"

enum { DAY_S = 86400, BEIJING_S = 8 * 3600, PARTS_MAX = 3 };

static bool is_leap(uint64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static uint64_t month_len(uint64_t year, uint64_t month)
{
    static const uint8_t lens[] = { 31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : lens[month - 1];
}

/* Days from 1970-01-01 to the first of this month. */
static uint64_t days_before(uint64_t year, uint64_t month)
{
    uint64_t y = year - 1, days = y * 365 + y / 4 - y / 100 + y / 400;
    for (uint64_t m = 1; m < month; m++) days += month_len(year, m);
    return days - 719162; /* of 1970-01-01 by the same count */
}

/* Numbers with one mark between each two; 日 may stand at the end. */
static enum err read_parts(uint64_t *parts, size_t *count, struct bytes text)
{
    static const char *const marks[] = { "-", "/", ".", "年", "月", "日" };
    *count = 0;
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        while (i < text.len && text.at[i] >= '0' && text.at[i] <= '9') i++;
        if (i == start || i - start > 8 || *count == PARTS_MAX)
            return ERR_FORMAT;
        uint64_t value = 0;
        for (size_t d = start; d < i; d++)
            value = value * 10 + (uint64_t)(text.at[d] - '0');
        parts[(*count)++] = value;
        if (i == text.len) return OK;
        size_t len = 0;
        for (size_t m = 0; m < 6 && len == 0; m++) {
            struct bytes rest = bytes_slice(text, i, text.len);
            if (bytes_starts(rest, marks[m])) len = bytes_text(marks[m]).len;
        }
        if (len == 0) return ERR_FORMAT;
        i += len;
    }
    return *count == 0 ? ERR_FORMAT : OK;
}

enum err day_read(struct day *day, struct bytes text)
{
    uint8_t room[64];
    struct writer w = writer_into(room, sizeof room);
    uint64_t parts[PARTS_MAX] = { 0 };
    size_t count;
    enum err err = text_code(&w, text);
    if (err != OK || w.is_full) return ERR_FORMAT;
    err = read_parts(parts, &count, writer_bytes(&w));
    if (err != OK) return err;
    if (count == 1) {
        if (parts[0] < 19710101) return ERR_FORMAT;
        parts[2] = parts[0] % 100;
        parts[1] = parts[0] / 100 % 100;
        parts[0] /= 10000;
        count = 3;
    }
    if (parts[0] < 1971 || parts[0] > 9999 || parts[1] < 1 || parts[1] > 12)
        return ERR_RANGE;
    uint64_t len = month_len(parts[0], parts[1]);
    uint64_t first = days_before(parts[0], parts[1]), days = len;
    if (count == 3) {
        if (parts[2] < 1 || parts[2] > len) return ERR_RANGE;
        first += parts[2] - 1;
        days = 1;
    }
    day->from = first * DAY_S - BEIJING_S;
    day->until = day->from + days * DAY_S;
    return OK;
}

static void write_two(struct writer *w, uint64_t number)
{
    writer_byte(w, (uint8_t)('0' + number / 10 % 10));
    writer_byte(w, (uint8_t)('0' + number % 10));
}

void day_write_utc(struct writer *w, uint64_t time)
{
    uint64_t days = time / DAY_S, year = 1970, month = 1;
    while (days_before(year + 1, 1) <= days) year++;
    while (month < 12 && days_before(year, month + 1) <= days) month++;
    write_two(w, year / 100);
    write_two(w, year);
    write_two(w, month);
    write_two(w, days - days_before(year, month) + 1);
    writer_byte(w, 'T');
    write_two(w, time % DAY_S / 3600);
    write_two(w, time % 3600 / 60);
    write_two(w, time % 60);
    writer_byte(w, 'Z');
}
