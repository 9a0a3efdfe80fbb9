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

/* Provinces as the first two digits name them; 香港、澳门、台湾 register
 * under other numbers. */
static const char provinces[][3] = {
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33",
    "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50",
    "51", "52", "53", "54", "61", "62", "63", "64", "65",
};

bool area_is_known(struct bytes area)
{
    for (size_t i = 0; i < AREA_COUNT; i++)
        if (bytes_equal_text(area, areas[i].code)) return true;
    if (area.len != AREA_LEN || memcmp(area.at, areas[0].code, 4) == 0)
        return false;
    for (size_t i = 0; i < sizeof provinces / sizeof provinces[0]; i++)
        if (memcmp(area.at, provinces[i], 2) == 0) return true;
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

static void skip(struct bytes *text, const char *name)
{
    size_t len = strlen(name);
    if (text->len >= len && memcmp(text->at, name, len) == 0)
        *text = bytes_slice(*text, len, text->len - len);
}

enum err area_read(struct bytes *area, struct bytes cell, bool is_city_enough)
{
    size_t digits = digit_count(cell);
    if (digits == 6 || digits == 9 || digits == 12) {
        *area = bytes_slice(cell, 0, AREA_LEN);
        return OK;
    }
    /* 临夏县 ends with 夏县 as well: before the name stand only its province
     * and its city. */
    struct bytes rest = cell;
    skip(&rest, "山西");
    skip(&rest, "省");
    const struct area *found = NULL;
    if (is_city_enough && (bytes_equal_text(rest, "运城") ||
                           bytes_equal_text(rest, areas[0].name)))
        found = &areas[0];
    skip(&rest, "运城");
    skip(&rest, "市");
    for (size_t i = 1; i < AREA_COUNT; i++)
        if (bytes_equal_text(rest, areas[i].name)) found = &areas[i];
    if (found == NULL) return ERR_ABSENT;
    *area = bytes_text(found->code);
    return OK;
}

/* 北京、天津、上海、重庆 are a city and a province. */
static bool is_municipality(struct bytes area)
{
    static const char all[][3] = { "11", "12", "31", "50" };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (memcmp(area.at, all[i], 2) == 0)
            return memcmp(area.at + 2, "0000", 4) == 0;
    return false;
}

bool area_is_city_of(struct bytes city, struct bytes district)
{
    if (city.len != AREA_LEN || district.len != AREA_LEN) return false;
    if (is_municipality(city)) return memcmp(city.at, district.at, 2) == 0;
    return memcmp(city.at, district.at, 4) == 0 &&
           memcmp(city.at + 4, "00", 2) == 0;
}
