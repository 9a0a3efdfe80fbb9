/*
 * cli — every verb of the command line: its function and its exits.
 *
 *     int cli_pick(int argc, char **argv);      argv[0] is the verb
 *
 * A verb reads its own options with argp, prints to standard output what it
 * was asked for and to standard error what went wrong and what to do next.
 * Source: README, "命令".
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

enum {
    CLI_OK = 0,       /* done; for a check: it holds                     */
    CLI_REFUSED = 1,  /* understood and refused; for a check: refuted    */
    CLI_USAGE = 2,    /* called wrongly, or the input is unusable        */
    CLI_UNASKED = 3,  /* holds, but only as a rehearsal or unwitnessed   */
    CLI_QUARANTINE = 4 /* the log has stopped: do not restart, call help */
};

/* Each takes what main() got, from the verb on, and returns an exit. */
int cli_publish(int argc, char **argv);
int cli_announce(int argc, char **argv);
int cli_freeze(int argc, char **argv);
int cli_reveal(int argc, char **argv);
int cli_beacon(int argc, char **argv);
int cli_draw(int argc, char **argv);
int cli_void(int argc, char **argv);
int cli_open(int argc, char **argv);
int cli_replace(int argc, char **argv);
int cli_standin(int argc, char **argv);
int cli_direct(int argc, char **argv);
int cli_annul(int argc, char **argv);
int cli_proof(int argc, char **argv);
int cli_receipt(int argc, char **argv);
int cli_rehearse(int argc, char **argv);
int cli_pick(int argc, char **argv);
int cli_team(int argc, char **argv);
int cli_drand(int argc, char **argv);
int cli_import(int argc, char **argv);
int cli_activate(int argc, char **argv);
int cli_init(int argc, char **argv);
int cli_serve(int argc, char **argv);
int cli_export(int argc, char **argv);
int cli_status(int argc, char **argv);
int cli_backup(int argc, char **argv);
int cli_cosign(int argc, char **argv);
int cli_verify(int argc, char **argv);
int cli_audit(int argc, char **argv);

#endif
