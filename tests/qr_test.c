/* qr — every drawing is printed into dots and read by a scanner library. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zbar.h>

#include "format/qr.h"

enum { DOTS = 4, SIDE_MAX = (177 + 8) * DOTS };

/* The number behind `mark`, which must stand at `*at`. */
static unsigned take(const char **at, const char *mark)
{
    char *end = NULL;
    size_t len = strlen(mark);
    assert_memory_equal(*at, mark, len);
    unsigned long value = strtoul(*at + len, &end, 10);
    assert_true(end != *at + len && value < 1000);
    *at = end;
    return (unsigned)value;
}

/* Paints the runs of the black path: "Mx yhwidthv1Hxz". */
static unsigned paint(uint8_t *dots, const char *svg)
{
    const char *at = strstr(svg, "viewBox");
    assert_non_null(at);
    unsigned side = take(&at, "viewBox=\"0 0 ") * DOTS;
    assert_in_range(side, (21 + 8) * DOTS, SIDE_MAX);
    memset(dots, 255, (size_t)side * side);
    at = strstr(svg, "<path d=\"");
    assert_non_null(at);
    for (at += 9; *at == 'M'; at++) {
        unsigned x = take(&at, "M"), y = take(&at, " ");
        unsigned width = take(&at, "h");
        assert_int_equal(take(&at, "v"), 1);
        assert_int_equal(take(&at, "H"), x);
        assert_int_equal(*at, 'z');
        assert_true(x >= 4 && y >= 4 && (x + width + 4) * DOTS <= side);
        assert_true((y + 5) * DOTS <= side);
        for (unsigned row = y * DOTS; row < (y + 1) * DOTS; row++)
            memset(dots + row * side + x * DOTS, 0, (size_t)width * DOTS);
    }
    assert_int_equal(*at, '"');
    return side;
}

static void scan(char *got, size_t max, const char *svg)
{
    uint8_t *dots = malloc((size_t)SIDE_MAX * SIDE_MAX);
    assert_non_null(dots);
    unsigned side = paint(dots, svg);
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, side, side);
    zbar_image_set_data(image, dots, (unsigned long)side * side, NULL);
    assert_int_equal(zbar_scan_image(scanner, image), 1);
    const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
    size_t len = zbar_symbol_get_data_length(symbol);
    assert_true(len < max);
    memcpy(got, zbar_symbol_get_data(symbol), len);
    got[len] = 0;
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    free(dots);
}

/* Letters as base64url has them, none alike in a row. */
static void fill(char *text, size_t len)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    uint32_t seed = 7;
    for (size_t i = 0; i < len; i++) {
        seed = seed * 1103515245u + 12345u;
        text[i] = letters[seed >> 16 & 63];
    }
    text[len] = 0;
}

static void every_drawing_is_read_back_by_a_scanner(void **state)
{
    (void)state;
    static const size_t lens[] = { 1, 40, 200, 700, 1200, 1600, QR_TEXT_MAX };
    char *svg = malloc(QR_SVG_MAX + 1);
    assert_non_null(svg);
    for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
        char text[QR_TEXT_MAX + 1], got[QR_TEXT_MAX + 1];
        fill(text, lens[i]);
        struct writer w = writer_into(svg, QR_SVG_MAX);
        assert_int_equal(qr_svg(&w, bytes_text(text), 400), OK);
        assert_false(w.is_full);
        svg[w.len] = 0;
        scan(got, sizeof got, svg);
        assert_string_equal(got, text);
    }
    free(svg);
}

static void a_module_has_the_size_that_was_asked_for(void **state)
{
    (void)state;
    static const struct {
        uint32_t um;
        const char *want; /* version 1: 21 + 8 modules */
    } cases[] = {
        { 100, "width=\"2.900mm\" height=\"2.900mm\" viewBox=\"0 0 29 29\"" },
        { 400, "width=\"11.600mm\" height=\"11.600mm\"" },
        { 20000, "width=\"580.000mm\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char svg[16384];
        struct writer w = writer_into(svg, sizeof svg - 1);
        assert_int_equal(qr_svg(&w, bytes_text("a"), cases[i].um), OK);
        svg[w.len] = 0;
        assert_non_null(strstr(svg, cases[i].want));
    }
}

static void limits_hold_at_n_and_not_at_n_plus_one(void **state)
{
    (void)state;
    uint8_t *text = calloc(1, QR_TEXT_MAX + 1);
    uint8_t room[8];
    struct writer w = writer_into(room, sizeof room);
    assert_non_null(text);
    assert_int_equal(qr_svg(&w, bytes_of(text, QR_TEXT_MAX), 400), OK);
    assert_true(w.is_full);
    assert_int_equal(qr_svg(&w, bytes_of(text, QR_TEXT_MAX + 1), 400),
                     ERR_LIMIT);
    assert_int_equal(qr_svg(&w, bytes_of(text, 0), 400), ERR_RANGE);
    assert_int_equal(qr_svg(&w, bytes_of(text, 1), 99), ERR_RANGE);
    assert_int_equal(qr_svg(&w, bytes_of(text, 1), 20001), ERR_RANGE);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_drawing_is_read_back_by_a_scanner),
        cmocka_unit_test(a_module_has_the_size_that_was_asked_for),
        cmocka_unit_test(limits_hold_at_n_and_not_at_n_plus_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
