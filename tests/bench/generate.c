/*
 * generate — synthetic lists from a seed: no row is a real firm or person.
 *
 *     generate targets 1000000 7 > targets.csv       in a mixed order
 *     generate targets 1000000 7 sorted > sorted.csv in the order of codes
 *     generate inspectors 40 7 > inspectors.csv
 *     generate items 0 7 > items.csv
 *     generate plan 2027 7 > plan.csv
 *
 * Codes have both check digits right (GB 32100, GB 11714).
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t random_next(uint64_t *state) /* splitmix64 */
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static const char symbols[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int value_11714(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* Number `n` < 31^5 of `area` as a whole code, 18 characters. */
static void make_code(char code[19], const char *area, uint64_t n)
{
    static const int weights_8[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
    static const int weights_17[] = { 1,  3,  9,  27, 19, 26, 16, 17, 20,
                                      29, 25, 13, 8,  24, 10, 30, 28 };
    snprintf(code, 19, "91%sMA0", area);
    for (int i = 15; i >= 11; i--, n /= 31) code[i] = symbols[n % 31];

    int sum = 0;
    for (int i = 0; i < 8; i++) sum += weights_8[i] * value_11714(code[8 + i]);
    int check = (11 - sum % 11) % 11;
    code[16] = check == 10 ? 'X' : (char)('0' + check);
    sum = 0;
    for (int i = 0; i < 17; i++)
        sum += weights_17[i] * (int)(strchr(symbols, code[i]) - symbols);
    code[17] = symbols[(31 - sum % 31) % 31];
    code[18] = '\0';
}

static const char *const areas[] = {
    "140800", "140802", "140821", "140822", "140823", "140824", "140825",
    "140826", "140827", "140828", "140829", "140830", "140881", "140882",
};
static const char *const counties[] = {
    "运城", "盐湖", "临猗", "万荣", "闻喜", "稷山", "新绛",
    "绛县", "垣曲", "夏县", "平陆", "芮城", "永济", "河津",
};
static const char *const trades[] = {
    "餐饮", "食品", "农资", "建材", "药房", "运输", "机械", "商贸",
};
static const char *const types[] = {
    "有限责任公司",
    "个人独资企业",
    "股份有限公司",
    "农民专业合作社",
};
static const char *const tags[] = { "", "食品经营", "特种设备", "危险化学品" };

enum { AREA_COUNT = sizeof areas / sizeof *areas };

/* Classes as they are spread in real registers; some have none. */
static const char *risk_of(uint64_t draw)
{
    unsigned place = (unsigned)(draw % 100);
    return place < 40   ? "A"
           : place < 72 ? "B"
           : place < 88 ? "C"
           : place < 95 ? "D"
                        : "";
}

/* Area first, then number: ascending in n / count is ascending in codes. */
static void print_target(uint64_t n, uint64_t count, uint64_t seed)
{
    char code[19];
    uint64_t area = n * AREA_COUNT / count;
    uint64_t state = seed ^ n * UINT64_C(0x2545f4914f6cdd1d);
    uint64_t draw = random_next(&state);
    make_code(code, areas[area], n);
    printf("%s,%s合成%s有限公司%07u号,%s,%s,%s,%s\n", code, counties[area],
           trades[draw % 8], (unsigned)n, types[draw >> 8 & 3], areas[area],
           risk_of(draw >> 16), tags[draw >> 40 & 3]);
}

static int print_targets(uint64_t count, uint64_t seed, int is_sorted)
{
    if (count > 28629151) return 1; /* 31^5 */
    uint32_t *order = malloc((count + 1) * sizeof *order);
    if (order == NULL) return 1;
    uint64_t state = seed;
    for (uint64_t i = 0; i < count; i++) order[i] = (uint32_t)i;
    for (uint64_t i = count; i > 1 && !is_sorted; i--) {
        uint64_t other = random_next(&state) % i;
        uint32_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
    puts("统一社会信用代码,名称,主体类型,行政区划,风险等级,监管标签");
    for (uint64_t i = 0; i < count; i++) print_target(order[i], count, seed);
    free(order);
    return 0;
}

static int print_inspectors(uint64_t count, uint64_t seed)
{
    static const char *const family[] = { "王", "李", "张", "刘", "陈",
                                          "杨", "赵", "黄", "周", "吴" };
    static const char *const given[] = { "试一", "试二", "试三", "试四",
                                         "试五", "试六", "试七", "试八" };
    static const char *const departments[] = { "市场监管局", "市场监管局",
                                               "消防救援支队" };
    uint64_t state = seed ^ 0x696e7370;
    puts("姓名,执法证号,单位,部门,区划,资格,有效期至,年度任务上限");
    for (uint64_t i = 0; i < count; i++) {
        uint64_t draw = random_next(&state);
        /* A third are for a county, the others for the whole city. */
        uint64_t area = i % 3 != 1 ? 0 : 1 + draw % (AREA_COUNT - 1);
        const char *department = departments[i % 3];
        printf("%s%s,1408%06u,运城市%s%s,%s,%s,%s,2028-12-31,%s\n",
               family[draw >> 8 & 7], given[draw >> 16 & 7],
               (unsigned)(100000 + i * 37), area == 0 ? "" : counties[area],
               department, department, areas[area],
               (draw >> 32 & 1) != 0 ? "食品安全" : "综合执法",
               (draw >> 40 & 3) == 0 ? "60" : "");
    }
    return 0;
}

static int print_items(void)
{
    puts("编号,抽查领域,抽查事项,抽查依据,抽查主体,抽查对象,类别,抽查方式\n"
         "SP-01,食品经营,餐饮服务监督检查,"
         "《中华人民共和国食品安全法》第一百一十条,市场监管局,餐饮服务经营者,"
         "重点,实地检查\n"
         "DJ-01,登记事项,登记事项检查,"
         "《中华人民共和国市场主体登记管理条例》第三十八条,市场监管局,"
         "各类企业,一般,书面检查、实地检查\n"
         "GS-01,公示信息,年度报告公示信息检查,"
         "《企业信息公示暂行条例》第十四条,市场监管局,各类企业,一般,"
         "书面检查、网络监测\n"
         "XF-01,消防安全,消防安全监督检查,"
         "《中华人民共和国消防法》第五十三条,消防救援支队,"
         "机关、团体、企业、事业单位,重点,实地检查");
    return 0;
}

static int print_plan(unsigned year)
{
    static const char *const quotas[][2] = {
        { "A", "3%" },  { "B", "5%" },      { "C", "10%" },
        { "D", "20%" }, { "未分类", "5%" },
    };
    puts("编号,年度,名称,事项,部门,数量或比例,分层,对象范围");
    for (size_t i = 0; i < sizeof quotas / sizeof *quotas; i++)
        printf("%u-01,%u,企业公示信息与登记事项联合抽查,GS-01、DJ-01,"
               "市场监管局,%s,%s,全市企业\n",
               year, year, quotas[i][1], quotas[i][0]);
    printf("%u-02,%u,餐饮单位食品与消防安全联合抽查,SP-01、XF-01,"
           "市场监管局、消防救援支队,20,,全市餐饮单位\n"
           "%u-03,%u,登记事项不定向抽查,DJ-01,市场监管局,3%%,,全市企业\n",
           year, year, year, year);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: generate targets|inspectors|items|plan COUNT|YEAR SEED"
              " [sorted]\n",
              stderr);
        return 2;
    }
    uint64_t count = strtoull(argv[2], NULL, 10);
    uint64_t seed = strtoull(argv[3], NULL, 10);
    if (strcmp(argv[1], "targets") == 0)
        return print_targets(count, seed, argc > 4);
    if (strcmp(argv[1], "inspectors") == 0)
        return print_inspectors(count, seed);
    if (strcmp(argv[1], "items") == 0) return print_items();
    if (strcmp(argv[1], "plan") == 0) return print_plan((unsigned)count);
    fputs("generate: unknown list\n", stderr);
    return 2;
}
