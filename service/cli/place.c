#include "cli/place.h"

#include <stdio.h>

#include "cli/cli.h"
#include "domain/log_stop.h"

static const struct argp_option options[] = {
    { "passphrase-file", 'p', "FILE", 0, "口令所在的文件（第一行）", 9 },
    { "now", 'n', "TIME", 0, "仅演练：以此为当前时间（RFC 3339）", 9 },
    { "entropy", 'e', "HEX64", 0, "仅演练：以此代替随机数", 9 },
    { 0 }
};

static void take_word(struct place *place, char *arg, struct argp_state *state)
{
    size_t max = place->word_max == 0 ? PLACE_WORDS_MAX : place->word_max;
    if (place->word_count == max)
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
    *place = (struct place){ .word_min = verb->word_min,
                             .word_max = verb->word_max };
    argp_parse(&argp, argc, argv, 0, NULL, place);
}

/* For those that say nothing of their own. */
static const char *advice(enum err err)
{
    static const struct {
        enum err err;
        const char *text;
    } table[] = {
        { ERR_DISK, "没有做完" },
        { ERR_BUSY, "另一个程序正占用数据库，没有做完。请稍后再试" },
        { ERR_KEY, "库里的秘密打不开：secret/store.key 不是 init 时的那个，"
                   "或数据被改过。请放回原来的密钥" },
        { ERR_MEMORY, "内存不足，没有做完。请关闭别的程序再试" },
        { ERR_LIMIT, "超过了本程序的上限，没有做完" },
        { ERR_IO, "读写失败，没有做完。请检查路径、权限和磁盘" },
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].err == err) return table[i].text;
    return NULL;
}

static void print_why(const struct directory *dir, enum err err)
{
    const char *why = dir->log.stop != OK ? dir->log.why : dir->why;
    if (why[0] == '\0') why = advice(err);
    if (why != NULL) fprintf(stderr, "%s。\n", why);
    else
        fprintf(stderr, "未能完成（%s）。请用 yaohao status 看到了哪一步，"
                        "再试一次。\n",
                err_name(err));
}

int place_fail(const struct directory *dir, enum err err)
{
    enum err stop = dir->log.stop;
    print_why(dir, err);
    if (err == ERR_DISK || stop == ERR_DISK)
        fputs("磁盘已满或只读：请腾出空间或恢复写入，再运行同一命令。\n",
              stderr);
    if (stop == ERR_FORK || log_is_damage(stop)) return CLI_QUARANTINE;
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
