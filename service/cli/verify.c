/* verify — does this proof hold?  The same as the static verifier. */
#include "cli/cli.h"

#include "audits/verify_command.h"

int cli_verify(int argc, char **argv)
{
    return verify_command(argc, argv);
}
