/*
 * verify_command — the command line of `yaohao verify` and of the static
 * verifier, which has nothing else in it.
 *
 * Source: README, "命令".
 */
#ifndef AUDITS_VERIFY_COMMAND_H
#define AUDITS_VERIFY_COMMAND_H

/* argv[0] is the program or the verb.  Returns the exit: 0, 1, 2 or 3. */
int verify_command(int argc, char **argv);

#endif
