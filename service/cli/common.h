/*
 * common — what the verbs that work on a data directory share.
 *
 *     yaohao VERB DIR [NUMBER] [words…] [--options]
 *
 * Source: README, "命令".
 */
#ifndef CLI_COMMON_H
#define CLI_COMMON_H

#include <argp.h>

#include "domain/draw.h"

enum { COMMON_WORDS_MAX = 5, COMMON_BY_MAX = 2 };

/* What was written on the command line; strings are borrowed from argv. */
struct common {
    const char *words[COMMON_WORDS_MAX]; /* DIR first */
    size_t word_count, word_min, word_max;
    const char *passphrase_file, *now, *entropy;
    const char *custody, *contributions, *signature, *cause, *reason,
        *output;
    const char *date, *source, *evidence, *target, *unit, *authority,
        *document, *file;
    bool waits, is_trial;
    const char *by[COMMON_BY_MAX];
    size_t by_count;
};

/* Which of the options a verb knows, by their letters. */
struct common_verb {
    const char *letters; /* "c" custody, "v" contributions, "s" signature,
                            "w" wait, "T" trial, "k" cause, "r" reason, "b" by,
                            "o" output, "d" date,
                            "S" source, "E" evidence, "t" target, "u" unit,
                            "A" authority, "D" document, "f" file */
    const char *words;   /* for --help, "DIR NUMBER" */
    const char *doc;
    size_t word_min, word_max;
};

/* Reads argv; a usage error is printed and ends the program with exit 2. */
void common_parse(struct common *common, const struct common_verb *verb,
                  int argc, char **argv);

/* Opens words[0]; on an error says why and returns an exit, else CLI_OK. */
int common_open(struct directory *dir, const struct common *common,
                enum directory_mode mode);
/* words[1] as a draw's number; 0: it is not one, and that was said. */
uint64_t common_number(const struct common *common);
/* Prints dir->why or a general sentence; returns the exit for `err`. */
int common_fail(const struct directory *dir, enum err err);

#endif
