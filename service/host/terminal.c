#include "host/terminal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "host/crypto.h"
#include "host/file.h"

#define CREDENTIAL "yaohao-passphrase"

static enum err first_line(uint8_t *to, size_t *len, const char *path)
{
    struct bytes whole;
    enum err err = file_read(&whole, path, TERMINAL_LINE_MAX + 2);
    if (err != OK) return err;

    const uint8_t *end =
        whole.len == 0 ? NULL : memchr(whole.at, '\n', whole.len);
    size_t count = end == NULL ? whole.len : (size_t)(end - whole.at);
    if (count > 0 && whole.at[count - 1] == '\r') count--;
    if (count <= TERMINAL_LINE_MAX) bytes_copy(to, whole.at, count);
    file_release(&whole);
    *len = count;
    return count <= TERMINAL_LINE_MAX ? OK : ERR_LIMIT;
}

static enum err say(int terminal, const char *text)
{
    size_t len = strlen(text);
    return write(terminal, text, len) == (ssize_t)len ? OK : ERR_IO;
}

/* Reads up to the newline, which the terminal does not show. */
static enum err line_read(uint8_t *to, size_t *len, int terminal)
{
    *len = 0;
    for (;;) {
        uint8_t byte = 0;
        if (read(terminal, &byte, 1) != 1) return ERR_IO;
        if (byte == '\n') return OK;
        if (*len == TERMINAL_LINE_MAX) return ERR_LIMIT;
        to[(*len)++] = byte;
    }
}

static enum err ask(uint8_t *to, size_t *len, int terminal, const char *prompt)
{
    struct termios shown, hidden;
    if (tcgetattr(terminal, &shown) != 0) return ERR_IO;
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    enum err err = say(terminal, prompt);
    if (err == OK && tcsetattr(terminal, TCSAFLUSH, &hidden) != 0) err = ERR_IO;
    if (err == OK) err = line_read(to, len, terminal);
    if (tcsetattr(terminal, TCSAFLUSH, &shown) != 0 && err == OK) err = ERR_IO;
    if (say(terminal, "\n") != OK && err == OK) err = ERR_IO;
    return err;
}

static enum err ask_again(const uint8_t *first, size_t first_len, int terminal)
{
    uint8_t *again = crypto_secret(TERMINAL_LINE_MAX);
    if (again == NULL) return ERR_MEMORY;
    size_t len = 0;
    enum err err = ask(again, &len, terminal, "再输入一次：");
    if (err == OK && (len != first_len || !crypto_equal(again, first, len)))
        err = ERR_INPUT;
    crypto_release(again);
    return err;
}

static enum err typed(uint8_t *to, size_t *len,
                      const struct terminal_wish *wish)
{
    int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0) return ERR_ABSENT;
    enum err err = ask(to, len, terminal, wish->prompt);
    if (err == OK && wish->is_new) err = ask_again(to, *len, terminal);
    close(terminal);
    return err;
}

enum err terminal_passphrase(uint8_t *to, size_t *len,
                             const struct terminal_wish *wish)
{
    if (wish->file != NULL) return first_line(to, len, wish->file);

    const char *dir = getenv("CREDENTIALS_DIRECTORY");
    if (dir != NULL) {
        char path[FILE_PATH_MAX];
        enum err err = file_path(path, dir, CREDENTIAL);
        if (err == OK) err = first_line(to, len, path);
        if (err != ERR_ABSENT) return err;
    }
    return typed(to, len, wish);
}
