/* fuzz: service/format/csv.c service/format/encoding.c service/format/text.c */
/*
 * csv_fuzz — any file: decoded, cut into cells, imported as targets.
 *
 * What is read and written again reads the same; a spelling is its own
 * spelling; each line of a sheet reads back.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "domain/register.h"
#include "format/csv.h"
#include "format/encoding.h"
#include "format/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static uint8_t written[4 << 20], again[4 << 20], third[4 << 20];

static void check(bool holds)
{
    if (!holds) abort();
}

/* All rows of `text`, written again. */
static enum err rewrite(struct writer *w, struct bytes text)
{
    static struct csv csv;
    csv_begin(&csv, text);
    enum err err;
    while ((err = csv_next(&csv)) == OK)
        csv_write_row(w, csv.cells, csv.cell_count);
    check(err == ERR_ABSENT || csv.fault.reason != NULL);
    csv_end(&csv);
    return err;
}

static void check_table(struct bytes text)
{
    struct writer w = writer_into(written, sizeof written);
    struct writer v = writer_into(again, sizeof again);
    struct writer u = writer_into(third, sizeof third);
    if (rewrite(&w, text) != ERR_ABSENT || w.is_full) return;
    /* The apostrophe before a formula is added once: then nothing changes. */
    if (rewrite(&v, writer_bytes(&w)) != ERR_ABSENT || v.is_full) return;
    if (rewrite(&u, writer_bytes(&v)) != ERR_ABSENT) return;
    check(bytes_equal(writer_bytes(&v), writer_bytes(&u)));
}

typedef enum err spelling(struct writer *w, struct bytes from);

static void check_spelling(spelling *spell, struct bytes text)
{
    struct writer w = writer_into(written, sizeof written);
    struct writer v = writer_into(again, sizeof again);
    if (spell(&w, text) != OK || w.is_full) return;
    check(spell(&v, writer_bytes(&w)) == OK);
    check(bytes_equal(writer_bytes(&w), writer_bytes(&v)));
}

static void check_import(struct bytes file)
{
    static uint8_t room[REGISTER_LINE_MAX];
    struct report report = { 0 };
    struct sheet *sheet = NULL;
    bool has_risk;
    if (register_read(&sheet, &has_risk, &report, file) == OK) {
        struct edition_walk walk = edition_walk_sheet(sheet);
        struct register_row row;
        size_t count = 0;
        while (register_next(&row, &walk, room)) count++;
        check(edition_walk_end(&walk) == OK);
        check(count == sheet_count(sheet) && count != 0);
        sheet_free(sheet);
    } else {
        check(report.count[REPORT_ERROR] != 0);
    }
    report_release(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct bytes file = bytes_of(at, len);
    struct encoding encoding;
    if (encoding_read(&encoding, file) == OK) {
        struct bytes name, names = encoding.text;
        check(encoding_utf8_len(names) == names.len);
        check_table(names);
        check_spelling(text_name, names);
        check_spelling(text_label, names);
        struct writer w = writer_into(written, sizeof written);
        check(text_code(&w, names) == OK);
        w = writer_into(written, sizeof written);
        check(text_key(&w, names) == OK);
        check(w.is_full || utf8_is_valid(writer_bytes(&w)));
        while (text_next_name(&name, &names))
            check(name.len != 0 && text_trim(name).len == name.len);
    } else {
        check(encoding.reason != NULL);
    }
    encoding_release(&encoding);
    check_import(file);
    return 0;
}
