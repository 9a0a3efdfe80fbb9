/*
 * nth_fixture — small lists, a folder that can be copied, and every step of
 * a draw as a function.  Included once, after cmocka.h.
 */
#ifndef TESTS_NTH_FIXTURE_H
#define TESTS_NTH_FIXTURE_H

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "domain/import.h"
#include "domain/publish.h"
#include "store/db.h"

#define LISTS "tests/vectors/after/"
enum { ROWS = 60, PATH_LEN = 200, DAY = 86400, BASE = 1798761600 };

static char room[] = "/dev/shm/yaohao-nth-XXXXXX";
static char data[PATH_LEN], kept[PATH_LEN];
static struct bytes lists[EDITION_KIND_COUNT];
static const char seed[] =
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
static const struct draw_persons persons = { { "甲", "乙" } };

/* ---- folders --------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static void clear(const char *path)
{
    nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *copy_to;
static size_t copy_from_len;

static int copy_one(const char *path, const struct stat *status, int type,
                    struct FTW *place)
{
    char to[2 * PATH_LEN];
    struct bytes whole;
    (void)place;
    snprintf(to, sizeof to, "%s%s", copy_to, path + copy_from_len);
    if (type == FTW_D) return mkdir(to, 0700);
    if (file_read(&whole, path, (size_t)1 << 24) != OK) return 1;
    int failed =
        file_write(to, whole, (unsigned)status->st_mode & 0777U) != OK;
    file_release(&whole);
    return failed;
}

static void copy(const char *from, const char *to)
{
    clear(to);
    copy_to = to;
    copy_from_len = strlen(from);
    assert_int_equal(nftw(from, copy_one, 8, FTW_PHYS), 0);
}

/* ---- steps ----------------------------------------------------------- */

struct step {
    const char *name;
    uint64_t now; /* after BASE */
    enum err (*run)(struct directory *dir);
};

static enum err import_one(struct directory *dir, enum edition_kind kind)
{
    struct import *import = calloc(1, sizeof *import);
    if (import == NULL) return ERR_MEMORY;
    import->kind = kind;
    import->file = lists[kind];
    import->now = BASE;
    import->accepts_warnings = true;
    enum err err = import_run(import, dir->db);
    import_release(import);
    free(import);
    return err;
}

static enum err import_targets(struct directory *dir)
{
    return import_one(dir, EDITION_TARGETS);
}

static enum err import_inspectors(struct directory *dir)
{
    return import_one(dir, EDITION_INSPECTORS);
}

static enum err import_items(struct directory *dir)
{
    return import_one(dir, EDITION_ITEMS);
}

static enum err import_plan(struct directory *dir)
{
    return import_one(dir, EDITION_PLAN);
}

static enum err import_recusals(struct directory *dir)
{
    return import_one(dir, EDITION_RECUSALS);
}

static enum err activate(struct directory *dir)
{
    enum err err = db_begin(dir->db);
    if (err != OK) return err;
    static const enum edition_kind kinds[] = {
        EDITION_TARGETS, EDITION_INSPECTORS, EDITION_RECUSALS
    };
    for (size_t i = 0; i < 3 && err == OK; i++)
        err = edition_activate(dir->db, kinds[i], 1, BASE);
    return db_finish(dir->db, err);
}

static enum err publish_book(struct directory *dir)
{
    return publish_plan(dir, 4);
}

static enum err announce(struct directory *dir)
{
    static const char text[] =
        "{\"batch\":\"2027-01\",\"strata\":[{\"class\":\"internal\","
        "\"least\":0,\"name\":\"全部\",\"take\":\"5%\",\"value\":\"全部\"}],"
        "\"t0\":\"2027-01-01T01:00:00Z\",\"t1\":\"2027-01-01T02:00:00Z\","
        "\"t4\":\"2027-01-02T00:00:00Z\"}";
    uint64_t number = 0;
    return draw_announce(&number, dir, bytes_text(text));
}

static enum err freeze(struct directory *dir)
{
    struct draw_custody custody = { 0 };
    return draw_freeze(&custody, dir, 1);
}

static enum err reveal(struct directory *dir)
{
    return draw_reveal(dir, 1, bytes_of(NULL, 0));
}

static enum err beacon(struct directory *dir)
{
    return draw_beacon(dir, 1, NULL);
}

static enum err extract(struct directory *dir)
{
    return draw_draw(dir, 1);
}

/* Whichever of the positions was drawn; found once. */
static enum err replace(struct directory *dir)
{
    static uint64_t position;
    struct draw_replacement wish = { .stratum = "全部",
                                     .position = position,
                                     .reason = "注销",
                                     .date = "2027-03-01",
                                     .source = "登记机关",
                                     .evidence = bytes_text("证据"),
                                     .persons = &persons };
    enum err err;
    while ((err = draw_replace(dir, 1, &wish)) == ERR_INPUT &&
           wish.position < ROWS)
        position = ++wish.position;
    return err;
}

static void ignore(void *context, const struct draw_post *post)
{
    (void)context;
    (void)post;
}

/* Whoever holds a post; found once. */
static enum err stand_in(struct directory *dir)
{
    static int number = 1000;
    char certificate[16];
    struct draw_standin wish = { .certificate = certificate,
                                 .reason = "回避",
                                 .persons = &persons,
                                 .tell = ignore };
    enum err err = ERR_STATE;
    while (err == ERR_STATE && number < 1040) {
        snprintf(certificate, sizeof certificate, "HF%d", number);
        err = draw_stand_in(dir, 1, &wish);
        if (err == ERR_STATE) number++;
    }
    return err;
}

static enum err open_all(struct directory *dir)
{
    return draw_open(dir, 1, &persons);
}

static enum err annul(struct directory *dir)
{
    const struct draw_annulment wish = { "上级机关", "〔2027〕1号",
                                         bytes_text("决定"), &persons };
    return draw_annul(dir, 1, &wish);
}

static const struct step steps[] = {
    { "import targets", 0, import_targets },
    { "import inspectors", 0, import_inspectors },
    { "import items", 0, import_items },
    { "import plan", 0, import_plan },
    { "import recusals", 0, import_recusals },
    { "activate", 0, activate },
    { "publish items", 0, publish_items },
    { "publish plan", 0, publish_book },
    { "announce", 60, announce },
    { "freeze", 120, freeze },
    { "reveal", 5400, reveal },
    { "beacon", 7300, beacon },
    { "draw", 7300, extract },
    { "replace", 7400, replace },
    { "standin", 7500, stand_in },
    { "open", DAY + 1, open_all },
    { "annul", DAY + 2, annul },
};

#endif
