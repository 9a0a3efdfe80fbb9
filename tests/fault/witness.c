/* witness — a witness whose key is one repeated byte, for scripts.
 *     witness key             its verifier key
 *     witness sign TIME       reads a checkpoint, prints a line under it */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "host/file.h"
#include "tests/signer.h"

int main(int argc, char **argv)
{
    static uint8_t room[CHECKPOINT_PLAIN_MAX];
    struct signer signer = signer_make("w.example/1", NOTE_COSIGNATURE, 7);
    struct writer w = writer_into(room, sizeof room);
    struct bytes text;
    if (argc == 2 && strcmp(argv[1], "key") == 0) {
        note_key_write(&w, &signer.key);
        writer_text(&w, "\n");
    } else if (argc == 3 && strcmp(argv[1], "sign") == 0) {
        if (file_read(&text, "-", CHECKPOINT_PLAIN_MAX) != OK) return 1;
        signer_sign(&w, &signer, text, strtoull(argv[2], NULL, 10));
        file_release(&text);
    } else {
        return 2;
    }
    return fwrite(w.at, 1, w.len, stdout) == w.len && !w.is_full ? 0 : 1;
}
