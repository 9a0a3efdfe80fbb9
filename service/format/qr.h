/*
 * qr — a QR code as SVG, drawn to a size in print.
 *
 *     ░░░░░░░░░░
 *     ░░░░█▀█░░░      4 modules of silence on each side, level M;
 *     ░░░░█▄█░░░      one path of horizontal runs
 *     ░░░░░░░░░░
 *
 * Source: ISO/IEC 18004; libqrencode; SVG 1.1.
 */
#ifndef FORMAT_QR_H
#define FORMAT_QR_H

#include "core/bytes.h"

enum {
    QR_QUIET = 4,                        /* modules of silence          */
    QR_TEXT_MAX = 2331,                  /* bytes, version 40, level M  */
    QR_SVG_MAX = 256 << 10,              /* bytes of any drawing        */
    QR_MODULE_MIN = 100, QR_MODULE_MAX = 20000 /* micrometres           */
};

/*
 * Draws `text`, any bytes, each module `module_um` micrometres wide.
 *   ERR_RANGE   no text, or a module outside the limits above
 *   ERR_LIMIT   more than QR_TEXT_MAX bytes     ERR_MEMORY
 * w->is_full says if the drawing did not fit.
 */
MUST_CHECK enum err qr_svg(struct writer *w, struct bytes text,
                           uint32_t module_um);

#endif
