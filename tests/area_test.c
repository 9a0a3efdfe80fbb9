/* area_test — which cells name an area, and which areas there are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "domain/area.h"

static void cells_name_areas(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *area, *of_city; /* NULL: none */
    } cases[] = {
        { "140802", "140802", "140802" },
        { "110105", "110105", "110105" },
        { "440300003", "440300", "440300" },
        { "110105001002", "110105", "110105" },
        { "盐湖区", "140802", "140802" },
        { "运城市盐湖区", "140802", "140802" },
        { "山西省运城市新绛县", "140825", "140825" },
        { "山西运城绛县", "140826", "140826" },
        { "夏县", "140828", "140828" },
        { "临夏县", NULL, NULL },
        { "甘肃省临夏县", NULL, NULL },
        { "朝阳区", NULL, NULL },
        { "运城", NULL, "140800" },
        { "运城市", NULL, "140800" },
        { "山西省运城市", NULL, "140800" },
        { "", NULL, NULL },
        { "山西", NULL, NULL },
        { "14080", NULL, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *wanted[] = { cases[i].area, cases[i].of_city };
        for (size_t c = 0; c < 2; c++) {
            struct bytes area;
            enum err err = area_read(&area, bytes_text(cases[i].cell), c == 1);
            if ((err == OK) != (wanted[c] != NULL))
                print_message("%s\n", cases[i].cell);
            assert_int_equal(err, wanted[c] == NULL ? ERR_ABSENT : OK);
            if (err == OK) assert_true(bytes_equal_text(area, wanted[c]));
        }
    }
}

static void provinces_are_known_and_the_city_by_its_table(void **state)
{
    (void)state;
    static const char *const known[] = { "140800", "140882", "110105",
                                         "440300", "140100", "659001" };
    static const char *const unknown[] = { "140899", "140801", "990100",
                                           "000000", "160000", "",
                                           "1101",   "810000" };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_true(area_is_known(bytes_text(known[i])));
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_false(area_is_known(bytes_text(unknown[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_name_areas),
        cmocka_unit_test(provinces_are_known_and_the_city_by_its_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
