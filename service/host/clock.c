#include "host/clock.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>

#define DAY_SECONDS 86400
#define BEIJING_SECONDS (8 * 3600)
#define TIME_MAX UINT64_C(253402300799) /* 9999-12-31T23:59:59Z */

struct clock clock_machine(void)
{
    return (struct clock){ .is_virtual = false };
}

struct clock clock_virtual(uint64_t time)
{
    return (struct clock){ .is_virtual = true, .time = time };
}

uint64_t clock_now(const struct clock *clock)
{
    if (clock->is_virtual) return clock->time;
    struct timespec now = { 0 };
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec;
}

void clock_wait(struct clock *clock, uint64_t time)
{
    if (clock->is_virtual) {
        if (time > clock->time) clock->time = time;
        return;
    }
    struct timespec until = { .tv_sec = (time_t)time };
    while (clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL) ==
           EINTR)
        continue;
}

/* Days since 1970-01-01 of a day in the Gregorian calendar. */
static uint64_t day_number(uint64_t year, uint64_t month, uint64_t day)
{
    /* March first, so that the leap day is the last of its year. */
    if (month <= 2) year--;
    uint64_t from_march = (month + 9) % 12;
    uint64_t days = year * 365 + year / 4 - year / 100 + year / 400 +
                    (from_march * 153 + 2) / 5 + day - 1;
    return days - 719468;
}

static uint64_t month_days(uint64_t year, uint64_t month)
{
    static const uint8_t days[12] = { 31, 28, 31, 30, 31, 30,
                                      31, 31, 30, 31, 30, 31 };
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && is_leap ? 1U : 0U);
}

/* `pattern`: 0 stands for a digit, anything else for itself. */
static bool matches(struct bytes text, const char *pattern)
{
    if (text.len != bytes_text(pattern).len) return false;
    for (size_t i = 0; i < text.len; i++) {
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';
        if (pattern[i] == '0' ? !is_digit : text.at[i] != (uint8_t)pattern[i])
            return false;
    }
    return true;
}

static uint64_t digits(struct bytes text, size_t start, size_t len)
{
    uint64_t value = 0;
    for (size_t i = start; i < start + len; i++)
        value = value * 10 + (uint64_t)(text.at[i] - '0');
    return value;
}

/* The first 19 characters, as if they were UTC; they match the pattern. */
static enum err read_local(uint64_t *time, struct bytes text)
{
    uint64_t year = digits(text, 0, 4), month = digits(text, 5, 2);
    uint64_t day = digits(text, 8, 2), hour = digits(text, 11, 2);
    uint64_t minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (year < 1970 || month < 1 || month > 12) return ERR_RANGE;
    if (day < 1 || day > month_days(year, month)) return ERR_RANGE;
    if (hour > 23 || minute > 59 || second > 59) return ERR_RANGE;
    *time = day_number(year, month, day) * DAY_SECONDS + hour * 3600 +
            minute * 60 + second;
    return OK;
}

enum err clock_read(uint64_t *time, struct bytes text)
{
    if (bytes_read_u64(time, text, TIME_MAX) == OK) return OK;

    bool is_utc = matches(text, "0000-00-00T00:00:00Z");
    bool is_east = matches(text, "0000-00-00T00:00:00+00:00");
    bool is_west = matches(text, "0000-00-00T00:00:00-00:00");
    if (!is_utc && !is_east && !is_west) return ERR_FORMAT;

    uint64_t local = 0;
    enum err err = read_local(&local, text);
    if (err != OK) return err;
    uint64_t offset = 0;
    if (!is_utc) {
        uint64_t hours = digits(text, 20, 2), minutes = digits(text, 23, 2);
        if (hours > 23 || minutes > 59) return ERR_RANGE;
        offset = hours * 3600 + minutes * 60;
    }
    if (is_east && offset > local) return ERR_RANGE;
    uint64_t result = is_west ? local + offset : local - offset;
    if (result > TIME_MAX) return ERR_RANGE;
    *time = result;
    return OK;
}

struct date {
    unsigned year, month, day, hour, minute, second;
};

static struct date date_of(uint64_t time)
{
    if (time > TIME_MAX) time = TIME_MAX;
    time_t seconds = (time_t)time;
    struct tm parts = { 0 };
    gmtime_r(&seconds, &parts);
    return (struct date){
        (unsigned)parts.tm_year + 1900, (unsigned)parts.tm_mon + 1,
        (unsigned)parts.tm_mday,        (unsigned)parts.tm_hour,
        (unsigned)parts.tm_min,         (unsigned)parts.tm_sec,
    };
}

void clock_print(char to[CLOCK_TEXT_MAX], uint64_t time)
{
    struct date d = date_of(time);
    snprintf(to, CLOCK_TEXT_MAX, "%04u-%02u-%02uT%02u:%02u:%02uZ",
             d.year % 10000, d.month % 100, d.day % 100, d.hour % 100,
             d.minute % 100, d.second % 100);
}

void clock_print_beijing(char to[CLOCK_TEXT_MAX], uint64_t time)
{
    struct date d = date_of(time + BEIJING_SECONDS);
    snprintf(to, CLOCK_TEXT_MAX, "%04u-%02u-%02u %02u:%02u:%02u",
             d.year % 10000, d.month % 100, d.day % 100, d.hour % 100,
             d.minute % 100, d.second % 100);
}
