#include "format/qr.h"

#include <qrencode.h>

/* Millimetres with three digits: 400 is 0.400. */
static void write_mm(struct writer *w, uint64_t um)
{
    writer_u64(w, um / 1000);
    writer_byte(w, '.');
    for (uint64_t unit = 100; unit != 0; unit /= 10)
        writer_byte(w, (uint8_t)('0' + um / unit % 10));
    writer_text(w, "mm");
}

static void write_head(struct writer *w, uint64_t side, uint32_t module_um)
{
    writer_text(w, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    write_mm(w, side * module_um);
    writer_text(w, "\" height=\"");
    write_mm(w, side * module_um);
    writer_text(w, "\" viewBox=\"0 0 ");
    writer_u64(w, side);
    writer_byte(w, ' ');
    writer_u64(w, side);
    writer_text(w, "\" shape-rendering=\"crispEdges\" role=\"img\">"
                   "<title>二维码</title><path fill=\"#fff\" d=\"M0 0h");
    writer_u64(w, side);
    writer_byte(w, 'v');
    writer_u64(w, side);
    writer_text(w, "H0z\"/><path d=\"");
}

static void write_runs(struct writer *w, const uint8_t *row, uint64_t width,
                       uint64_t y)
{
    for (uint64_t x = 0; x < width; x++) {
        if ((row[x] & 1) == 0) continue;
        uint64_t start = x;
        while (x < width && (row[x] & 1) != 0) x++;
        writer_byte(w, 'M');
        writer_u64(w, start + QR_QUIET);
        writer_byte(w, ' ');
        writer_u64(w, y + QR_QUIET);
        writer_byte(w, 'h');
        writer_u64(w, x - start);
        writer_text(w, "v1H");
        writer_u64(w, start + QR_QUIET);
        writer_byte(w, 'z');
    }
}

enum err qr_svg(struct writer *w, struct bytes text, uint32_t module_um)
{
    if (text.len == 0 || module_um < QR_MODULE_MIN ||
        module_um > QR_MODULE_MAX)
        return ERR_RANGE;
    if (text.len > QR_TEXT_MAX) return ERR_LIMIT;
    QRcode *code =
        QRcode_encodeData((int)text.len, text.at, 0, QR_ECLEVEL_M);
    if (code == NULL) return ERR_MEMORY;
    uint64_t width = (uint64_t)code->width;
    write_head(w, width + (uint64_t)QR_QUIET * 2, module_um);
    for (uint64_t y = 0; y < width; y++)
        write_runs(w, code->data + y * width, width, y);
    writer_text(w, "\"/></svg>\n");
    QRcode_free(code);
    return OK;
}
