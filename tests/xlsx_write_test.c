/* xlsx_write — the file is taken apart again, part by part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <zlib.h>

#include "format/xlsx_write.h"
#include "format/zip_write.h"

static unsigned get(const uint8_t *at, unsigned count)
{
    unsigned value = 0;
    while (count-- != 0) value = value << 8 | at[count];
    return value;
}

/* Inflates the part of this name, found by the central directory. */
static char *part(struct bytes file, const char *name)
{
    const uint8_t *end = file.at + file.len - 22;
    assert_int_equal(get(end, 4), 0x06054b50);
    const uint8_t *at = file.at + get(end + 16, 4);
    for (unsigned i = get(end + 10, 2); i > 0; i--) {
        unsigned len = get(at + 28, 2), size = get(at + 24, 4);
        assert_int_equal(get(at, 4), 0x02014b50);
        const uint8_t *local = file.at + get(at + 42, 4);
        assert_int_equal(get(local, 4), 0x04034b50);
        assert_memory_equal(local + 4, at + 6, 24);
        assert_memory_equal(local + 30, at + 46, len);
        if (strlen(name) == len && memcmp(at + 46, name, len) == 0) {
            char *text = malloc(size + 1u);
            assert_non_null(text);
            z_stream z = { 0 };
            assert_int_equal(inflateInit2(&z, -15), Z_OK);
            z.next_in = (Bytef *)(uintptr_t)(local + 30 + len);
            z.avail_in = get(at + 20, 4);
            z.next_out = (Bytef *)text;
            z.avail_out = size + 1u;
            assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
            inflateEnd(&z);
            assert_int_equal(z.total_out, size);
            assert_int_equal(crc32(0, (Bytef *)text, size), get(at + 16, 4));
            text[size] = 0;
            return text;
        }
        at += 46 + len;
    }
    fail_msg("no part %s", name);
    return NULL;
}

static void holds(struct bytes file, const char *name, const char *want)
{
    char *text = part(file, name);
    if (strstr(text, want) == NULL) fail_msg("%s: %s", want, text);
    free(text);
}

static const struct xlsx_column columns[] = { { "代码", 20, false },
                                              { "名称<1>", 30, false },
                                              { "位置", 8, true } };
static const struct xlsx_sheet sheet = { "抽中\"对象", columns, 3 };

static struct bytes made(const char *code, const char *name,
                         const char *place)
{
    struct xlsx_write x;
    struct bytes file = { 0 };
    assert_int_equal(xlsx_write_begin(&x, &sheet), OK);
    const struct bytes cells[] = { bytes_text(code), bytes_text(name),
                                   bytes_text(place) };
    xlsx_write_row(&x, cells);
    assert_int_equal(xlsx_write_end(&file, &x), OK);
    return file;
}

static void release(struct bytes file)
{
    free((void *)(uintptr_t)file.at);
}

static void cells_stand_in_the_sheet_as_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *name, *want;
    } cases[] = {
        { "运城公司", ">运城公司</t>" },
        { " a  b ", "xml:space=\"preserve\"> a  b </t>" },
        { "=1+1", "t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t>" },
        { "<b>&\"", ">&lt;b&gt;&amp;&quot;</t>" },
        { "\x01\r\n", ">_x0001__x000D_\n</t>" },
        { "_x0041_", ">_x005F_x0041_</t>" },
        { "甲\xef\xbf\xbe乙\xef\xbf\xbf", ">甲_xFFFE_乙_xFFFF_</t>" },
        { "\xef\xbf\xbd", ">\xef\xbf\xbd</t>" },
        { "", "\"preserve\"></t>" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bytes file = made("091140800MA0TE5161", cases[i].name, "17");
        const char *name = "xl/worksheets/sheet1.xml";
        holds(file, name, cases[i].want);
        holds(file, name, ">091140800MA0TE5161</t>");
        holds(file, name, "<c><v>17</v></c></row></sheetData>");
        holds(file, name, ">名称&lt;1&gt;</t>");
        release(file);
    }
}

static void every_part_of_the_package_is_there(void **state)
{
    (void)state;
    struct bytes file = made("1", "2", "");
    holds(file, "[Content_Types].xml", "/xl/worksheets/sheet1.xml");
    holds(file, "_rels/.rels", "xl/workbook.xml");
    holds(file, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml");
    holds(file, "xl/workbook.xml", "name=\"抽中&quot;对象\"");
    holds(file, "xl/styles.xml", "numFmtId=\"49\"");
    holds(file, "xl/worksheets/sheet1.xml", "<c/></row>");
    release(file);
}

static void the_same_rows_give_the_same_bytes(void **state)
{
    (void)state;
    struct bytes a = made("1", "2", "3"), b = made("1", "2", "3");
    assert_true(bytes_equal(a, b));
    release(a);
    release(b);
}

static void what_is_wrong_with_a_table_is_said(void **state)
{
    (void)state;
    struct xlsx_write x;
    struct bytes file = { 0 };
    struct xlsx_sheet wrong = { "x", columns, 0 };
    assert_int_equal(xlsx_write_begin(&x, &wrong), ERR_RANGE);
    wrong.column_count = XLSX_WRITE_COLUMNS_MAX + 1;
    assert_int_equal(xlsx_write_begin(&x, &wrong), ERR_RANGE);
    assert_int_equal(xlsx_write_begin(&x, &sheet), OK);
    const struct bytes cells[] = { bytes_text("1"), bytes_text("2"),
                                   bytes_text("three") };
    xlsx_write_row(&x, cells);
    assert_int_equal(xlsx_write_end(&file, &x), ERR_FORMAT);
    assert_null(file.at);
}

static void rows_have_the_limit_that_spreadsheets_have(void **state)
{
    (void)state;
    static const struct xlsx_column one = { "a", 1, true };
    static const struct xlsx_sheet narrow = { "a", &one, 1 };
    const struct bytes empty = { 0 };
    for (unsigned over = 0; over < 2; over++) {
        struct xlsx_write x;
        struct bytes file = { 0 };
        assert_int_equal(xlsx_write_begin(&x, &narrow), OK);
        for (unsigned i = 0; i < XLSX_WRITE_ROWS_MAX + over; i++)
            xlsx_write_row(&x, &empty);
        assert_int_equal(xlsx_write_end(&file, &x),
                         over == 0 ? OK : ERR_LIMIT);
        release(file);
    }
    struct zip_part parts[ZIP_PARTS_MAX + 1] = { { 0 } };
    for (size_t i = 0; i <= ZIP_PARTS_MAX; i++) parts[i].name = "x";
    struct bytes file = { 0 };
    assert_int_equal(zip_write(&file, parts, ZIP_PARTS_MAX + 1), ERR_LIMIT);
    assert_int_equal(zip_write(&file, parts, ZIP_PARTS_MAX), OK);
    release(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_stand_in_the_sheet_as_they_are),
        cmocka_unit_test(every_part_of_the_package_is_there),
        cmocka_unit_test(the_same_rows_give_the_same_bytes),
        cmocka_unit_test(what_is_wrong_with_a_table_is_said),
        cmocka_unit_test(rows_have_the_limit_that_spreadsheets_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
