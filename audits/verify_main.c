/* verify_main — the static verifier: one file, no library, no network. */
#include <stdio.h>

#include "audits/verify_command.h"
#include "host/crypto.h"

int main(int argc, char **argv)
{
    if (crypto_begin() != OK) {
        fputs("密码库不能启动，不能核验。\n", stderr);
        return 2;
    }
    return verify_command(argc, argv);
}
