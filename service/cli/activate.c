/* activate — an imported version of a library or of recusals is in force. */
#include "cli/cli.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/place.h"
#include "domain/edition.h"
#include "store/db.h"

struct request {
    enum edition_kind kind;
    uint64_t version;
};

static const struct place_verb verb = {
    "DIR targets|inspectors|recusals VERSION",
    "启用一个导入的版本。以后的封存用它；已经封存的抽取不受影响。\v"
    "例：yaohao activate DIR targets 2",
    3, 3
};

static enum err activate(struct directory *dir, const struct request *request)
{
    enum err err = db_begin(dir->db);
    if (err != OK) return err;
    err = edition_activate(dir->db, request->kind, request->version,
                           clock_now(&dir->clock));
    return db_finish(dir->db, err);
}

static int print_outcome(const struct request *request, enum err err,
                         const char *why)
{
    const char *kind = edition_kind_name(request->kind);
    if (err == OK) {
        printf("已启用 %s 第 %" PRIu64 " 版。\n", kind, request->version);
        return fflush(stdout) == 0 ? CLI_OK : CLI_REFUSED;
    }
    if (err == ERR_ABSENT)
        fprintf(stderr, "没有 %s 第 %" PRIu64 " 版。请先导入。\n", kind,
                request->version);
    else if (err == ERR_EXISTS)
        fprintf(stderr, "%s 第 %" PRIu64 " 版正在使用，不必再启用。\n", kind,
                request->version);
    else if (err == ERR_DISK)
        fputs("磁盘已满或只读，没有启用。请腾出空间后再试。\n", stderr);
    else
        fprintf(stderr, "启用没有成功（%s）：%s\n", err_name(err), why);
    return CLI_REFUSED;
}

/* False: a word is not what it should be, and that was said. */
static bool read_words(struct request *request, const struct place *place)
{
    if (edition_kind_read(&request->kind, place->words[1]) != OK ||
        edition_kind_is_published(request->kind)) {
        fputs("第二个参数须为 targets、inspectors 或 recusals；"
              "事项清单和计划用 publish 发布。\n",
              stderr);
        return false;
    }
    if (bytes_read_u64(&request->version, bytes_text(place->words[2]),
                       INT64_MAX) != OK) {
        fputs("版本须为从 1 起的整数。\n", stderr);
        return false;
    }
    return true;
}

int cli_activate(int argc, char **argv)
{
    struct place place;
    struct request request;
    place_parse(&place, &verb, argc, argv);
    if (!read_words(&request, &place)) return CLI_USAGE;

    struct directory *dir = calloc(1, sizeof *dir);
    if (dir == NULL) return CLI_REFUSED;
    int result = place_open(dir, &place, DIRECTORY_WRITE);
    if (result == CLI_OK) {
        result = print_outcome(&request, activate(dir, &request),
                               db_message(dir->db));
        directory_close(dir);
    }
    free(dir);
    return result;
}
