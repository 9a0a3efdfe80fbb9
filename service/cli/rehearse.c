/* rehearse — the whole ceremony on two CSV files, in one go. */
#include "cli/cli.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rate.h"
#include "domain/rehearsal.h"
#include "format/text.h"
#include "host/map.h"

#define FILE_MAX ((size_t)4 << 30)

struct request {
    struct rehearsal rehearsal;
    const char *targets, *inspectors, *recusals;
    char rate[16]; /* what was typed, in narrow letters; ends in 0 */
};

static const struct argp_option options[] = {
    { "targets", 't', "T.csv", 0, "检查对象名录", 0 },
    { "inspectors", 'i', "I.csv", 0, "检查人员名录", 0 },
    { "recusals", 'R', "R.csv", 0, "回避名单：执法证号、代码、理由", 0 },
    { "rate", 'r', "3%", 0, "各层的抽取比例", 0 },
    { "team", 'm', "2", 0, "每户几人，1 到 9", 0 },
    { "sealed", 's', NULL, 0, "按封存方式演练", 0 },
    { "out", 'o', "OUT", 0, "结果所在的目录", 0 },
    { "now", 'n', "TIME", 0, "以此为当前时间", 0 },
    { "entropy", 'e', "HEX64", 0, "以此代替随机数", 0 },
    { 0 },
};

/* As people type it: ３％ is 3%. */
static bool read_rate(struct request *q)
{
    struct rate rate;
    struct writer w = writer_into(q->rate, sizeof q->rate - 1);
    enum err err = text_code(&w, bytes_text(q->rehearsal.rate));
    q->rehearsal.rate = q->rate;
    return err == OK && !w.is_full &&
           rate_read(&rate, writer_bytes(&w)) == OK && rate.is_percent;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *q = state->input;
    const struct {
        int key;
        const char **to;
    } texts[] = {
        { 't', &q->targets },         { 'i', &q->inspectors },
        { 'R', &q->recusals },
        { 'r', &q->rehearsal.rate },  { 'o', &q->rehearsal.out },
        { 'n', &q->rehearsal.now },   { 'e', &q->rehearsal.entropy },
    };
    uint64_t team = 0;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].key != key) continue;
        *texts[i].to = arg;
        return 0;
    }
    if (key == 's') {
        q->rehearsal.is_sealed = true;
        return 0;
    }
    if (key == 'm') {
        if (bytes_read_u64(&team, bytes_text(arg), 9) != OK || team == 0)
            argp_error(state, "--team 须是 1 到 9");
        q->rehearsal.team = (uint32_t)team;
        return 0;
    }
    if (key != ARGP_KEY_END) return ARGP_ERR_UNKNOWN;
    if (q->targets == NULL || q->inspectors == NULL ||
        q->rehearsal.out == NULL)
        argp_error(state, "须给出 --targets、--inspectors 和 --out");
    if (!read_rate(q))
        argp_error(state, "--rate 须是比例，例如 3%%");
    return 0;
}

static const struct argp argp = {
    options, parse, NULL,
    "演练一次完整的抽取，留下别人可以核验的证明。\v"
    "OUT 里有 draw.proof.json、log.vkey、targets.csv 和 teams.csv。\n"
    "核验：yaohao verify OUT/draw.proof.json --vkey OUT/log.vkey --rehearsal",
    NULL, NULL, NULL
};

static void print_report(const struct report *report, const char *file)
{
    static const char *const levels[] = { [REPORT_ERROR] = "错误",
                                          [REPORT_WARNING] = "提示" };
    for (int level = 0; level < 2; level++) {
        enum report_level l = level == 0 ? REPORT_ERROR : REPORT_WARNING;
        size_t kept = report_kept(report, l);
        if (report->count[l] == 0) continue;
        fprintf(stderr, "%s：%s %" PRIu64 " 处\n", file, levels[l],
                report->count[l]);
        for (size_t i = 0; i < kept; i++) {
            uint8_t room[1024];
            struct writer w = writer_into(room, sizeof room);
            report_write(&w, &report->lines[l][i]);
            fwrite(w.at, 1, w.len, stderr);
        }
    }
}

static int finish(const struct request *q, enum err err)
{
    const struct rehearsal *r = &q->rehearsal;
    print_report(&r->targets_report, q->targets);
    print_report(&r->inspectors_report, q->inspectors);
    print_report(&r->recusals_report, q->recusals);
    if (err != OK) {
        fprintf(stderr, "yaohao: %s。\n",
                r->why[0] != '\0' ? r->why : err_name(err));
        return err == ERR_INPUT || err == ERR_EXISTS ? CLI_USAGE
                                                     : CLI_REFUSED;
    }
    printf("演练，不是正式抽查\n"
           "名录 %" PRIu64 " 户，%" PRIu64 " 层，抽中 %" PRIu64
           " 户，每户 %u 人，空缺 %u 席。\n"
           "证明：%s/draw.proof.json\n",
           r->listed, r->strata, r->drawn, (unsigned)r->team,
           (unsigned)r->open_posts, r->out);
    return CLI_OK;
}

/* False: it cannot be read, and that was said.  NULL: nothing to read. */
static bool open_file(struct bytes *file, const char *path)
{
    *file = bytes_of(NULL, 0);
    if (path == NULL || map_open(file, path, FILE_MAX) == OK) return true;
    fprintf(stderr, "yaohao: 读不到文件“%s”。\n", path);
    return false;
}

int cli_rehearse(int argc, char **argv)
{
    struct request *q = calloc(1, sizeof *q);
    if (q == NULL) return CLI_REFUSED;
    struct rehearsal *r = &q->rehearsal;
    r->rate = "3%";
    r->team = 2;
    argp_parse(&argp, argc, argv, 0, NULL, q);
    int exit = CLI_USAGE;
    if (open_file(&r->targets, q->targets) &&
        open_file(&r->inspectors, q->inspectors) &&
        open_file(&r->recusals, q->recusals)) {
        exit = finish(q, rehearsal_run(r));
        rehearsal_release(r);
    }
    map_close(&r->recusals);
    map_close(&r->inspectors);
    map_close(&r->targets);
    free(q);
    return exit;
}
