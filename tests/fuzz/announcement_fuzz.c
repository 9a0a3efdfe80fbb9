/* fuzz: service/domain/announcement.c service/domain/draw_announce.c
 * service/domain/draw_check.c service/format/json_read.c
 * service/format/json_write.c */
/*
 * announcement_fuzz — any bytes as the input of announce, in a rehearsal
 * whose plan is published, opened for reading: what would be taken comes as
 * far as the database, which refuses to write.
 */
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/announcement.h"
#include "domain/draw.h"
#include "domain/import.h"
#include "domain/publish.h"
#include "format/json_read.h"
#include "format/json_write.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static struct directory dir;
static char room[] = "/tmp/yaohao-fuzz-XXXXXX";
static char data[64];

static void check(bool holds)
{
    if (!holds) abort();
}

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static void clear(void)
{
    directory_close(&dir);
    nftw(room, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void take(enum edition_kind kind, const char *text)
{
    static struct import import;
    memset(&import, 0, sizeof import);
    import.kind = kind;
    import.file = bytes_text(text);
    import.accepts_warnings = true;
    check(import_run(&import, dir.db) == OK);
    import_release(&import);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const struct directory_options options = {
        .path = data, .now = "2027-01-01T00:00:00Z"
    };
    static const struct directory_birth birth = { .origin = "fuzz.test/log",
                                                  .is_rehearsal = true };
    (void)argc;
    (void)argv;
    check(mkdtemp(room) != NULL);
    snprintf(data, sizeof data, "%s/data", room);
    check(directory_create(&dir, &options, &birth) == OK);
    take(EDITION_ITEMS, "编号,抽查领域,抽查事项,抽查依据,抽查主体,抽查对象,"
                        "类别,抽查方式\n01,公示,公示检查,第十四条,市监局,"
                        "企业,一般,实地\n");
    check(publish_items(&dir) == OK);
    take(EDITION_PLAN, "编号,年度,名称,事项,部门,数量或比例,分层\n"
                       "1,2027,检查,01,市监局,5%,\n"
                       "2,2027,检查,01,市监局、消防,3%,A\n"
                       "2,2027,检查,01,市监局、消防,2,B\n");
    check(publish_plan(&dir, 4) == OK);
    directory_close(&dir);
    check(directory_open(&dir, &options, DIRECTORY_READ) == OK);
    atexit(clear);
    return 0;
}

/* Only canonical text is an entry, and only what fits its form. */
static void check_entry(struct bytes text)
{
    static uint8_t written[1 << 17];
    struct announcement a;
    json_t *root = NULL;
    if (json_read_text(&root, text) == OK) {
        struct writer w = writer_into(written, sizeof written);
        struct canon c = canon_into(&w);
        enum err err = json_write_value(&c, root);
        if (canon_is_canonical(text, CANON_SORTED) && err == OK && !w.is_full)
            check(bytes_equal(writer_bytes(&w), text));
    }
    json_decref(root);
    if (announcement_read(&a, text) != OK) return;
    check(canon_is_canonical(text, CANON_SORTED));
    check(a.stratum_count >= 1 && a.seat_count >= 1 && a.t0 <= a.t1);
    announcement_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct bytes text = bytes_of(at, len);
    uint64_t number = 0;
    dir.why[0] = '\0';
    enum err err = draw_announce(&number, &dir, text);
    check(err != OK);
    check(err == ERR_DISK || err == ERR_MEMORY || dir.why[0] != '\0');
    check_entry(text);
    return 0;
}
