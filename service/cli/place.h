/*
 * place — a data directory on the command line: DIR, and the options of
 * every verb that opens one.
 *
 *     yaohao cosign DIR FILE [--passphrase-file FILE] [--now …] [--entropy …]
 *
 * Source: README, "命令".
 */
#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include <argp.h>

#include "domain/directory.h"

enum { PLACE_WORDS_MAX = 8 };

/* Strings are borrowed from argv.  options.path is the first word. */
struct place {
    struct directory_options options;
    const char *words[PLACE_WORDS_MAX]; /* DIR and what follows it */
    size_t word_count, word_min, word_max; /* word_max 0: PLACE_WORDS_MAX */
};

/* A child of the argp of a verb, whose input is a struct place. */
extern const struct argp place_argp;

/* For verbs without options of their own. */
struct place_verb {
    const char *words; /* "DIR FILE" */
    const char *doc;
    size_t word_min, word_max;
};
/* Reads argv; a usage error is printed and ends the program, exit 2. */
void place_parse(struct place *place, const struct place_verb *verb, int argc,
                 char **argv);
/* Opens it; an error is printed and its exit returned, else CLI_OK. */
int place_open(struct directory *dir, const struct place *place,
               enum directory_mode mode);
/* Prints dir->why, or a general sentence; returns the exit for `err`. */
int place_fail(const struct directory *dir, enum err err);

#endif
