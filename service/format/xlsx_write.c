#include "format/xlsx_write.h"

#include <stdlib.h>
#include <string.h>

#include "format/zip_write.h"

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
static const char types[] =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
    "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
    "vnd.openxmlformats-package.relationships+xml\"/><Default Extension="
    "\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/"
    "workbook.xml\" ContentType=\"application/vnd.openxmlformats-"
    "officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName="
    "\"/xl/worksheets/sheet1.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
static const char root_links[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
    "relationships\"><Relationship Id=\"rId1\" Type=\"http://"
    "schemas.openxmlformats.org/officeDocument/2006/relationships/"
    "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
static const char book_links[] =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
    "relationships\"><Relationship Id=\"rId1\" Type=\"http://"
    "schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\""
    " Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type="
    "\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    "styles\" Target=\"styles.xml\"/></Relationships>";
/* Style 1 is bold, for the header; style 2 is text, format 49 "@". */
static const char styles[] =
    "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/"
    "2006/main\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"宋体\""
    "/></font><font><b/><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>"
    "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    "<fill><patternFill patternType=\"gray125\"/></fill></fills><borders "
    "count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    "</borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" "
    "fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"3\"><xf "
    "numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" "
    "applyFont=\"1\"/><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" "
    "borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>"
    "</styleSheet>";
static const char book_start[] =
    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/"
    "main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships\"><sheets><sheet name=\"";
static const char book_end[] =
    "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char sheet_start[] =
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/"
    "main\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" "
    "topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>"
    "</sheetView></sheetViews><cols>";

static void add(struct xlsx_write *x, struct bytes more)
{
    struct xlsx_text *text = &x->rows;
    if (x->err != OK || more.len == 0) return;
    if (text->at == NULL || text->max - text->len < more.len) {
        size_t max = (text->max + more.len) * 2 + 4096;
        uint8_t *at = realloc(text->at, max);
        if (at == NULL) {
            x->err = ERR_MEMORY;
            return;
        }
        text->at = at;
        text->max = max;
    }
    memcpy(text->at + text->len, more.at, more.len);
    text->len += more.len;
}

static void add_text(struct xlsx_write *x, const char *text)
{
    add(x, bytes_text(text));
}

static void add_u64(struct xlsx_write *x, uint64_t number)
{
    uint8_t room[20];
    struct writer w = writer_into(room, sizeof room);
    writer_u64(&w, number);
    add(x, writer_bytes(&w));
}

/* _xHHHH_ stands for a letter that XML cannot hold, and for its own sign. */
static void add_code(struct xlsx_write *x, unsigned code)
{
    static const char digits[] = "0123456789ABCDEF";
    char text[] = "_x0000_";
    for (size_t i = 5; i > 1; i--, code >>= 4) text[i] = digits[code & 15];
    add_text(x, text);
}

/* U+FFFE or U+FFFF, which are no letters, EF BF BE and EF BF BF. */
static bool is_no_letter(struct bytes text, size_t i)
{
    return text.len - i >= 3 && text.at[i] == 0xef && text.at[i + 1] == 0xbf &&
           text.at[i + 2] >= 0xbe;
}

static void add_escaped(struct xlsx_write *x, struct bytes text)
{
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];
        const char *as = c == '&' ? "&amp;" : c == '<' ? "&lt;"
                       : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
        bool is_sign = c == '_' && i + 1 < text.len && text.at[i + 1] == 'x';
        bool is_control = c < 0x20 && c != '\t' && c != '\n';
        bool is_none = is_no_letter(text, i);
        if (as == NULL && !is_sign && !is_control && !is_none) continue;
        add(x, bytes_slice(text, start, i - start));
        if (as != NULL) add_text(x, as);
        else if (is_none) add_code(x, 0xff40U + text.at[i + 2]);
        else add_code(x, c);
        if (is_none) i += 2;
        start = i + 1;
    }
    add(x, bytes_slice(text, start, text.len - start));
}

static void add_string(struct xlsx_write *x, struct bytes text, unsigned style)
{
    add_text(x, "<c s=\"");
    add_u64(x, style);
    add_text(x, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    add_escaped(x, text);
    add_text(x, "</t></is></c>");
}

static void add_number(struct xlsx_write *x, struct bytes text)
{
    uint64_t number = 0;
    if (x->err != OK) return;
    if (bytes_read_u64(&number, text, INT64_MAX) != OK) x->err = ERR_FORMAT;
    add_text(x, "<c><v>");
    add(x, text);
    add_text(x, "</v></c>");
}

static void add_columns(struct xlsx_write *x)
{
    for (size_t i = 0; i < x->sheet->column_count; i++) {
        add_text(x, "<col min=\"");
        add_u64(x, i + 1);
        add_text(x, "\" max=\"");
        add_u64(x, i + 1);
        add_text(x, "\" width=\"");
        add_u64(x, x->sheet->columns[i].width);
        add_text(x, "\" customWidth=\"1\"/>");
    }
}

enum err xlsx_write_begin(struct xlsx_write *x, const struct xlsx_sheet *sheet)
{
    *x = (struct xlsx_write){ .sheet = sheet };
    if (sheet->column_count == 0 ||
        sheet->column_count > XLSX_WRITE_COLUMNS_MAX)
        return ERR_RANGE;
    add_text(x, head);
    add_text(x, sheet_start);
    add_columns(x);
    add_text(x, "</cols><sheetData><row>");
    for (size_t i = 0; i < sheet->column_count; i++)
        add_string(x, bytes_text(sheet->columns[i].title), 1);
    add_text(x, "</row>");
    return OK;
}

void xlsx_write_row(struct xlsx_write *x, const struct bytes *cells)
{
    if (x->err == OK && x->row_count == XLSX_WRITE_ROWS_MAX)
        x->err = ERR_LIMIT;
    if (x->err != OK) return;
    x->row_count++;
    add_text(x, "<row>");
    for (size_t i = 0; i < x->sheet->column_count; i++) {
        if (!x->sheet->columns[i].is_number) add_string(x, cells[i], 2);
        else if (cells[i].len == 0) add_text(x, "<c/>");
        else add_number(x, cells[i]);
    }
    add_text(x, "</row>");
}

/* The workbook's one sheet by its name, in a text of its own. */
static void write_book(struct xlsx_write *book, const struct xlsx_sheet *sheet)
{
    add_text(book, head);
    add_text(book, book_start);
    add_escaped(book, bytes_text(sheet->name));
    add_text(book, book_end);
}

static struct bytes whole(const struct xlsx_write *x)
{
    return bytes_of(x->rows.at, x->rows.len);
}

enum err xlsx_write_end(struct bytes *file, struct xlsx_write *x)
{
    struct xlsx_write book = { .sheet = x->sheet };
    add_text(x, "</sheetData></worksheet>");
    write_book(&book, x->sheet);
    enum err err = x->err != OK ? x->err : book.err;
    const struct zip_part parts[XLSX_WRITE_PARTS] = {
        { "[Content_Types].xml", bytes_text(types) },
        { "_rels/.rels", bytes_text(root_links) },
        { "xl/workbook.xml", whole(&book) },
        { "xl/_rels/workbook.xml.rels", bytes_text(book_links) },
        { "xl/styles.xml", bytes_text(styles) },
        { "xl/worksheets/sheet1.xml", whole(x) },
    };
    if (err == OK) err = zip_write(file, parts, XLSX_WRITE_PARTS);
    free(book.rows.at);
    free(x->rows.at);
    *x = (struct xlsx_write){ 0 };
    return err;
}
