/*
 * common — what the verbs that work on a data directory share.
 *
 *     yaohao VERB DIR [NUMBER] [words…] [--options]
 *
 * Source: README, "命令".
 */
#ifndef CLI_COMMON_H
#define CLI_COMMON_H

#include "cli/place.h"
#include "domain/draw.h"

enum { COMMON_BY_MAX = 2 };

/* What was written on the command line; strings are borrowed from argv. */
struct common {
    struct place place; /* DIR and the other words */
    const char *custody, *contributions, *signature, *cause, *reason,
        *output;
    const char *date, *source, *evidence, *target, *unit, *authority,
        *document, *file, *qr, *page;
    bool waits, is_trial;
    struct draw_persons by;
    size_t by_count;
};

/* Which of the options a verb knows, by their letters. */
struct common_verb {
    const char *letters; /* "c" custody, "v" contributions, "s" signature,
                            "w" wait, "T" trial, "k" cause, "r" reason, "b" by,
                            "o" output, "d" date,
                            "S" source, "E" evidence, "t" target, "u" unit,
                            "A" authority, "D" document, "f" file,
                            "q" qr, "p" page */
    const char *words;   /* for --help, "DIR NUMBER" */
    const char *doc;
    size_t word_min, word_max;
};

/* Reads argv; a usage error is printed and ends the program with exit 2. */
void common_parse(struct common *common, const struct common_verb *verb,
                  int argc, char **argv);

/* What is said when a step has gone well. */
enum common_after {
    COMMON_SILENT, /* the step speaks for itself          */
    COMMON_HINT,   /* what comes next                     */
    COMMON_STAGE   /* the draw moved on, and what is next */
};

/* A verb on one draw: what happens between opening and closing DIR. */
struct common_step {
    struct common_verb verb;
    enum err (*run)(struct directory *dir, uint64_t number,
                    const struct common *common);
    enum common_after after;
    bool needs_two; /* two persons answer for it */
};
/* All of it; returns the exit. */
int common_run(const struct common_step *step, int argc, char **argv);

/* The second word as a draw's number; 0: it is not one, and that was said. */
uint64_t common_number(const struct common *common);

#endif
