#include "cli/place.h"

#include <stdio.h>

#include "cli/cli.h"

static const struct argp_option options[] = {
    { "passphrase-file", 'p', "FILE", 0, "口令所在的文件（第一行）", 9 },
    { "now", 'n', "TIME", 0, "仅演练：以此为当前时间（RFC 3339）", 9 },
    { "entropy", 'e', "HEX64", 0, "仅演练：以此代替随机数", 9 },
    { 0 }
};

static void take_word(struct place *place, char *arg, struct argp_state *state)
{
    if (place->word_count == PLACE_WORDS_MAX)
        argp_error(state, "多余的“%s”", arg);
    if (place->word_count == 0) place->options.path = arg;
    place->words[place->word_count++] = arg;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct place *place = state->input;
    switch (key) {
    case 'p':
        place->options.passphrase_file = arg;
        return 0;
    case 'n':
        place->options.now = arg;
        return 0;
    case 'e':
        place->options.entropy = arg;
        return 0;
    case ARGP_KEY_ARG:
        take_word(place, arg, state);
        return 0;
    case ARGP_KEY_END:
        if (place->word_count < place->word_min) argp_error(state, "缺少参数");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp place_argp = { options, parse, NULL, NULL, NULL, NULL, NULL };

void place_parse(struct place *place, const struct place_verb *verb, int argc,
                 char **argv)
{
    const struct argp argp = { options, parse, verb->words, verb->doc,
                               NULL,    NULL,  NULL };
    *place = (struct place){ .word_min = verb->word_min };
    argp_parse(&argp, argc, argv, 0, NULL, place);
}

int place_fail(const struct directory *dir, enum err err)
{
    if (dir->log.stop != OK)
        fprintf(stderr, "%s。\n", dir->log.why);
    else if (dir->why[0] != '\0')
        fprintf(stderr, "%s。\n", dir->why);
    else
        fprintf(stderr, "未能完成（%s）。\n", err_name(err));
    if (dir->log.stop != OK) return CLI_QUARANTINE;
    return err == ERR_INPUT || err == ERR_LIMIT ? CLI_USAGE : CLI_REFUSED;
}

int place_open(struct directory *dir, const struct place *place,
               enum directory_mode mode)
{
    enum err err = directory_open(dir, &place->options, mode);
    if (err == OK) return CLI_OK;
    int exit = place_fail(dir, err);
    directory_close(dir);
    return exit;
}
