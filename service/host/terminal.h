/*
 * terminal — a pass phrase from a file, from systemd's credentials, or from
 * the person at the keyboard; never from arguments or the environment.
 *
 *     --passphrase-file FILE                     the first line
 *     $CREDENTIALS_DIRECTORY/yaohao-passphrase   the first line
 *     /dev/tty                                   typed, not shown
 *
 * Source: systemd.exec(5) on credentials; termios(3).
 */
#ifndef HOST_TERMINAL_H
#define HOST_TERMINAL_H

#include "core/bytes.h"

#define TERMINAL_LINE_MAX 1024 /* bytes of a pass phrase */

/*
 * Reads a pass phrase into `to` (TERMINAL_LINE_MAX bytes, lent, secret
 * memory).  `file` NULL: credentials, then the terminal, where `prompt` is
 * shown, and asked twice if is_new.
 *   ERR_ABSENT  no such file, or neither credentials nor terminal
 *   ERR_INPUT   the two typed lines differ     ERR_LIMIT  too long
 *   ERR_IO
 */
struct terminal_wish {
    const char *file;
    const char *prompt;
    bool is_new;
};
MUST_CHECK enum err terminal_passphrase(uint8_t *to, size_t *len,
                                        const struct terminal_wish *wish);

#endif
