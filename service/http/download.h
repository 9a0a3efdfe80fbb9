/*
 * download — the drawn list for a spreadsheet, and QR codes.
 *
 *     /draws/#/targets.csv    UTF-8 with byte order mark, CRLF
 *     /draws/#/targets.xlsx   the same columns
 *     /draws/#/qr.svg         the draw's address, or its number and the head
 *
 * The columns are a table of their own: what is not in it does not leave.
 * Source: RFC 4180; ISO/IEC 18004; http/profile.h.
 */
#ifndef HTTP_DOWNLOAD_H
#define HTTP_DOWNLOAD_H

#include "http/route.h"

enum { DOWNLOAD_TEXT_MAX = 1200, DOWNLOAD_MODULE_UM = 800 };

route_handler download_csv, download_xlsx, download_qr;

/*
 * What the QR of a draw holds: its address, where this site has one; else
 * the number and the text of the published head.  ERR_LIMIT, and the errors
 * of evidence_checkpoint().
 */
MUST_CHECK enum err download_qr_text(struct writer *w, struct directory *dir,
                                     uint64_t draw);

#endif
