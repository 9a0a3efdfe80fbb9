#include "format/encoding.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/* gcc's analyser takes the (iconv_t)-1 of a refusal for a handle to close. */
#if !defined __clang__ && __GNUC__ >= 10
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

/* Length of the character at `at`, 0 if it is not strict UTF-8. */
static size_t step(const uint8_t *at, size_t left)
{
    uint8_t c = at[0];
    if (c < 0x80) return 1;
    size_t len = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (c < 0xc2 || c > 0xf4 || len > left) return 0;

    uint8_t low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
    uint8_t high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
    if (at[1] < low || at[1] > high) return 0;
    for (size_t i = 2; i < len; i++)
        if ((at[i] & 0xc0) != 0x80) return 0;
    return len;
}

size_t encoding_utf8_len(struct bytes text)
{
    size_t at = 0;
    while (at < text.len) {
        uint64_t word;
        if (text.len - at >= sizeof word) {
            memcpy(&word, text.at + at, sizeof word);
            if ((word & UINT64_C(0x8080808080808080)) == 0) {
                at += sizeof word;
                continue;
            }
        }
        size_t len = step(text.at + at, text.len - at);
        if (len == 0) return at;
        at += len;
    }
    return at;
}

static enum err refuse(struct encoding *encoding, size_t at, const char *why)
{
    encoding->fault_at = at;
    encoding->reason = why;
    return ERR_FORMAT;
}

/* Chinese text grows by half in UTF-8, four-byte characters do not. */
static enum err convert(struct encoding *encoding, struct bytes file,
                        const char *name)
{
    iconv_t change = iconv_open("UTF-8", name);
    if (change == (iconv_t)-1) return ERR_SUPPORT;

    size_t max = file.len + file.len / 2 + 16;
    uint8_t *made = malloc(max);
    enum err err = made == NULL ? ERR_MEMORY : OK;
    union {
        const uint8_t *borrowed;
        char *in; /* iconv does not write there */
    } from = { file.at };
    char *out = (char *)made;
    size_t in_left = file.len, out_left = max;
    if (err == OK &&
        iconv(change, &from.in, &in_left, &out, &out_left) == (size_t)-1)
        err = refuse(encoding, file.len - in_left,
                     "既不是 UTF-8，也不是 GB18030 编码");
    iconv_close(change);
    if (err != OK) {
        free(made);
        return err;
    }
    encoding->made = made;
    encoding->text = bytes_of(made, max - out_left);
    encoding->name = name;
    return OK;
}

/* What people take for a CSV file because of its name; NULL: nothing known.
 * A program that exports tables often writes a web page and names it .xls. */
#define MARKUP "是网页或 XML 格式的表格，请用 Excel 打开，另存为 CSV"

static const char *other_kind(struct bytes file)
{
    static const struct {
        const char *mark;
        size_t len;
        const char *reason;
    } kinds[] = {
        { "\xff\xfe", 2, "是 UTF-16 编码，请另存为 UTF-8 的 CSV" },
        { "\xfe\xff", 2, "是 UTF-16 编码，请另存为 UTF-8 的 CSV" },
        { "PK\x03\x04", 4, "是 xlsx 文件，请另存为 CSV" },
        { "\xd0\xcf\x11\xe0", 4, "是 xls 文件，请另存为 CSV" },
        { "%PDF", 4, "是 PDF 文件，请向填报单位要表格" },
        { "<?xml", 5, MARKUP },   { "<!DOC", 5, MARKUP },
        { "<!doc", 5, MARKUP },   { "<html", 5, MARKUP },
        { "<HTML", 5, MARKUP },   { "<table", 6, MARKUP },
        { "<TABLE", 6, MARKUP },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (file.len >= kinds[i].len &&
            memcmp(file.at, kinds[i].mark, kinds[i].len) == 0)
            return kinds[i].reason;
    return NULL;
}

enum err encoding_read(struct encoding *encoding, struct bytes file)
{
    static const uint8_t bom[] = { 0xef, 0xbb, 0xbf };
    *encoding = (struct encoding){ 0 };

    const char *other = other_kind(file);
    if (other != NULL) return refuse(encoding, 0, other);
    const uint8_t *nul = file.len == 0 ? NULL : memchr(file.at, 0, file.len);
    if (nul != NULL)
        return refuse(encoding, (size_t)(nul - file.at),
                      "含有空字节（NUL），不是文本文件");

    if (file.len >= sizeof bom && memcmp(file.at, bom, sizeof bom) == 0) {
        file = bytes_slice(file, sizeof bom, file.len);
        other = other_kind(file);
        if (other != NULL) return refuse(encoding, 0, other);
    }
    size_t good = encoding_utf8_len(file);
    if (good == file.len) {
        encoding->name = "UTF-8";
        encoding->text = file;
        return OK;
    }
    enum err err = convert(encoding, file, "GB18030");
    if (err != OK && err != ERR_MEMORY) err = convert(encoding, file, "CP936");
    /* A broken UTF-8 file fails everywhere: where, is more useful in it. */
    if (err != OK && err != ERR_MEMORY)
        err = refuse(encoding, good, "既不是 UTF-8，也不是 GB18030 编码");
    return err;
}

void encoding_release(struct encoding *encoding)
{
    free(encoding->made);
    *encoding = (struct encoding){ 0 };
}
