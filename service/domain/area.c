#include "domain/area.h"

#include <string.h>

static const struct area {
    const char *code, *name;
} areas[] = {
    { "140800", "运城市" }, { "140802", "盐湖区" }, { "140821", "临猗县" },
    { "140822", "万荣县" }, { "140823", "闻喜县" }, { "140824", "稷山县" },
    { "140825", "新绛县" }, { "140826", "绛县" },   { "140827", "垣曲县" },
    { "140828", "夏县" },   { "140829", "平陆县" }, { "140830", "芮城县" },
    { "140881", "永济市" }, { "140882", "河津市" },
};
enum { AREA_COUNT = sizeof areas / sizeof areas[0] };

bool area_is_known(struct bytes area)
{
    for (size_t i = 0; i < AREA_COUNT; i++)
        if (bytes_equal_text(area, areas[i].code)) return true;
    return false;
}

const char *area_name(struct bytes area)
{
    for (size_t i = 0; i < AREA_COUNT; i++)
        if (bytes_equal_text(area, areas[i].code)) return areas[i].name;
    return NULL;
}

static size_t digit_count(struct bytes text)
{
    size_t count = 0;
    while (count < text.len && text.at[count] >= '0' && text.at[count] <= '9')
        count++;
    return count;
}

static bool ends_with(struct bytes text, const char *name)
{
    size_t len = strlen(name);
    return text.len >= len && memcmp(text.at + text.len - len, name, len) == 0;
}

enum err area_read(struct bytes *area, struct bytes cell, bool is_city_enough)
{
    size_t digits = digit_count(cell);
    if (digits == 6 || digits == 9 || digits == 12) {
        *area = bytes_slice(cell, 0, AREA_LEN);
        return OK;
    }
    /* The longest name counts: 新绛县 also ends with 绛县. */
    const struct area *found = NULL;
    for (size_t i = is_city_enough ? 0 : 1; i < AREA_COUNT; i++) {
        if (!ends_with(cell, areas[i].name)) continue;
        if (found == NULL || strlen(areas[i].name) > strlen(found->name))
            found = &areas[i];
    }
    if (found == NULL && is_city_enough && bytes_equal_text(cell, "运城"))
        found = &areas[0];
    if (found == NULL) return ERR_ABSENT;
    *area = bytes_text(found->code);
    return OK;
}

void area_city(char city[AREA_LEN + 1], struct bytes area)
{
    memcpy(city, "000000", AREA_LEN + 1);
    if (area.len == AREA_LEN) memcpy(city, area.at, 4);
}
