/* csv_test — tables of text: quotes, line ends, limits, encodings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "format/csv.h"
#include "format/encoding.h"

/* Rows as one text: cells end with `|`, rows with `/`. */
static enum err flat(char *to, size_t max, struct bytes text,
                     struct csv_fault *fault)
{
    static struct csv csv;
    struct writer w = writer_into(to, max - 1);
    csv_begin(&csv, text);
    enum err err;
    while ((err = csv_next(&csv)) == OK) {
        for (size_t i = 0; i < csv.cell_count; i++) {
            writer_add(&w, csv.cells[i]);
            writer_byte(&w, '|');
        }
        writer_byte(&w, '/');
    }
    to[w.len] = '\0';
    *fault = csv.fault;
    csv_end(&csv);
    return err;
}

static void cells_and_rows_are_cut_as_rfc_4180_says(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "", "" },
        { "a", "a|/" },
        { "a,b\nc,d\n", "a|b|/c|d|/" },
        { "a,b\r\nc,d", "a|b|/c|d|/" },
        { "a\rb\r", "a|/b|/" },
        { "a\n\n\r\nb\n", "a|/b|/" },
        { ",\n", "||/" },
        { "a,", "a||/" },
        { "\"\"\n", "|/" },
        { "\"a,b\",\"c\nd\"\n", "a,b|c\nd|/" },
        { "\"a\"\"b\",\"\"\"\",\"\"\"\"\"\"\n", "a\"b|\"|\"\"|/" },
        { "a\"b,c\"\n", "a\"b|c\"|/" },
        { " \"a\"\n", " \"a\"|/" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char got[64];
        struct csv_fault fault;
        assert_int_equal(
            flat(got, sizeof got, bytes_text(cases[i].text), &fault),
            ERR_ABSENT);
        assert_string_equal(got, cases[i].want);
    }
}

static void a_fault_has_its_row_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t row, column;
    } cases[] = {
        { "a,b\nc,\"d\n", 2, 2 },    { "\"a\"b\n", 1, 1 },
        { "a\n\n\"b\" ,c\n", 3, 1 }, { "\"", 1, 1 },
        { "a,\"\"\"", 1, 2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char got[64];
        struct csv_fault fault;
        assert_int_equal(
            flat(got, sizeof got, bytes_text(cases[i].text), &fault),
            ERR_INPUT);
        assert_int_equal(fault.row, cases[i].row);
        assert_int_equal(fault.column, cases[i].column);
        assert_non_null(fault.reason);
    }
}

/* `count` times `piece`, then `end`. */
static struct bytes repeated(const char *piece, size_t count, const char *end)
{
    size_t len = strlen(piece);
    char *text = malloc(count * len + strlen(end) + 1);
    for (size_t i = 0; i < count; i++) memcpy(text + i * len, piece, len);
    memcpy(text + count * len, end, strlen(end) + 1);
    return bytes_text(text);
}

static enum err reads(struct bytes text)
{
    static char got[4 * CSV_CELL_MAX];
    struct csv_fault fault;
    enum err err = flat(got, sizeof got, text, &fault);
    union {
        const uint8_t *borrowed;
        void *owned;
    } at = { text.at };
    free(at.owned);
    return err;
}

static void limits_hold_at_n_and_not_at_n_plus_one(void **state)
{
    (void)state;
    assert_int_equal(reads(repeated("x", CSV_CELL_MAX, "\n")), ERR_ABSENT);
    assert_int_equal(reads(repeated("x", CSV_CELL_MAX + 1, "\n")), ERR_INPUT);
    assert_int_equal(reads(repeated(",", CSV_COLUMN_MAX - 1, "\n")),
                     ERR_ABSENT);
    assert_int_equal(reads(repeated(",", CSV_COLUMN_MAX, "\n")), ERR_INPUT);
    assert_int_equal(reads(repeated("\"\"", 40000, "\"\n")), ERR_INPUT);
}

static void what_is_written_is_read_back_and_never_a_formula(void **state)
{
    (void)state;
    const struct bytes cells[] = { bytes_text("a"), bytes_text("b,\"c\"\n"),
                                   bytes_text(""), bytes_text("=1+1") };
    uint8_t room[64];
    char got[64];
    struct csv_fault fault;
    struct writer w = writer_into(room, sizeof room);
    csv_write_row(&w, cells, 4);
    assert_int_equal(flat(got, sizeof got, writer_bytes(&w), &fault),
                     ERR_ABSENT);
    assert_string_equal(got, "a|b,\"c\"\n||'=1+1|/");
    static const char *const formulas[] = { "=1",  "+1",  "-1",  "@x",
                                            "\t=1", "\r=1", "\n=1", "＝1",
                                            "＋1", "－1", "＠x" };
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
        assert_true(csv_is_formula(bytes_text(formulas[i])));
    static const char *const plain[] = { "", "1=1", "'=1", "～", "＜", "一" };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_false(csv_is_formula(bytes_text(plain[i])));
}

static void an_encoding_is_found_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *file, *name, *text;
    } cases[] = {
        { "", "UTF-8", "" },
        { "a\n", "UTF-8", "a\n" },
        { "\xef\xbb\xbf甲", "UTF-8", "甲" },
        { "\xbc\xd7", "GB18030", "甲" },
        { "\xbc\xd7,\x82\x35\x8f\x33", "GB18030", "甲,㐀" },
        { "aaaaaaaa\xff", NULL, NULL },
        { "\xed\xa0\x80\xff", NULL, NULL },
        { "\xff\xfe"
          "a",
          NULL, NULL },
        { "\xfe\xff"
          "a",
          NULL, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct encoding encoding;
        enum err err = encoding_read(&encoding, bytes_text(cases[i].file));
        assert_int_equal(err, cases[i].name == NULL ? ERR_FORMAT : OK);
        if (err == OK) {
            assert_string_equal(encoding.name, cases[i].name);
            if (i != 4)
                assert_true(bytes_equal_text(encoding.text, cases[i].text));
        } else {
            assert_non_null(encoding.reason);
        }
        encoding_release(&encoding);
    }
}

static void utf8_is_strict(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t good;
    } cases[] = {
        { "aaaaaaaaaa", 10 },
        { "é", 2 },
        { "a\xc0\x80", 1 },
        { "\xc1\xbf", 0 },
        { "\xe0\x9f\xbf", 0 },
        { "\xed\xa0\x80", 0 },
        { "\xee\x80\x80", 3 },
        { "\xf0\x8f\xbf\xbf", 0 },
        { "\xf0\x90\x80\x80", 4 },
        { "\xf4\x90\x80\x80", 0 },
        { "\xf5\x80\x80\x80", 0 },
        { "甲\xe7\x94", 3 },
        { "\x80", 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(encoding_utf8_len(bytes_text(cases[i].text)),
                         cases[i].good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_and_rows_are_cut_as_rfc_4180_says),
        cmocka_unit_test(a_fault_has_its_row_and_column),
        cmocka_unit_test(limits_hold_at_n_and_not_at_n_plus_one),
        cmocka_unit_test(what_is_written_is_read_back_and_never_a_formula),
        cmocka_unit_test(an_encoding_is_found_or_refused),
        cmocka_unit_test(utf8_is_strict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
