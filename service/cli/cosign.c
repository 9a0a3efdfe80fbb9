/* cosign — takes what witnesses signed into the log's book, checked first. */
#include "cli/cli.h"

#include <stdio.h>

#include "cli/place.h"
#include "domain/witness.h"

static const struct place_verb verb = {
    "DIR FILE",
    "存入见证方对本日志某个头的签名行，先逐行核对。\v"
    "FILE 是整份带签名的检查点，或只有签名行（“— 名称 base64”）；"
    "- 为标准输入。有一行不对则一行不存。",
    2, 2
};

static const char *advice(enum err err)
{
    if (err == ERR_FORMAT) return "既不是检查点，也不是签名行";
    if (err == ERR_ABSENT) return "没有现行见证方的签名行，或不是本日志的头";
    if (err == ERR_SIGNATURE) return "有签名行不对，或签的是另一个头；一行未存";
    return NULL;
}

int cli_cosign(int argc, char **argv)
{
    struct place place;
    struct directory dir;
    struct bytes whole;
    place_parse(&place, &verb, argc, argv);
    enum err err = file_read(&whole, place.words[1], NOTE_LEN_MAX);
    if (err != OK) {
        fprintf(stderr, "读不了 %s（%s）。\n", place.words[1], err_name(err));
        return CLI_USAGE;
    }
    int exit = place_open(&dir, &place, DIRECTORY_WRITE);
    if (exit == CLI_OK) {
        struct witness_report report;
        err = witness_store(&report, &dir.log, whole);
        if (err == OK)
            printf("长 %llu 的头：存入 %u 行，%u 行不属于现行见证方\n",
                   (unsigned long long)report.size, report.stored,
                   report.unknown);
        else if (dir.log.stop != OK || advice(err) == NULL)
            exit = place_fail(&dir, err);
        else {
            fprintf(stderr, "%s（%s）。\n", advice(err), err_name(err));
            exit = err == ERR_FORMAT ? CLI_USAGE : CLI_REFUSED;
        }
        directory_close(&dir);
    }
    file_release(&whole);
    return exit;
}
