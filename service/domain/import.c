#include "domain/import.h"

#include "domain/item.h"
#include "domain/plan.h"
#include "domain/recusal.h"
#include "domain/register.h"
#include "domain/roster.h"
#include "host/fault.h"
#include "host/map.h"
#include "store/db.h"

/* The list in force; before the first is published, the newest. */
static enum err item_list(struct sheet **items, struct report *report,
                          struct db *db)
{
    struct edition edition;
    enum err err = edition_active(&edition, db, EDITION_ITEMS);
    if (err == ERR_ABSENT) err = edition_latest(&edition, db, EDITION_ITEMS);
    if (err == OK) return edition_sheet(items, db, &edition);
    if (err != ERR_ABSENT) return err;
    report_add(report, REPORT_ERROR, 0, "事项", bytes_text(""),
               "还没有抽查事项清单，请先运行 yaohao import DIR items 文件");
    return ERR_INPUT;
}

static enum err read_plan(struct sheet **sheet, struct import *import,
                          struct db *db)
{
    struct sheet *items = NULL;
    enum err err = item_list(&items, &import->report, db);
    if (err != OK) return err;
    err = plan_read(sheet, &import->edition.year, &import->report, import->file,
                    items);
    sheet_free(items);
    return err;
}

/* The one in force, else the newest; none is a warning. */
static enum err library(struct sheet **sheet, struct import *import,
                        struct db *db, enum edition_kind kind)
{
    struct edition edition;
    enum err err = edition_active(&edition, db, kind);
    if (err == ERR_ABSENT) err = edition_latest(&edition, db, kind);
    if (err == OK) return edition_sheet(sheet, db, &edition);
    if (err != ERR_ABSENT) return err;
    report_add(&import->report, REPORT_WARNING, 0, "",
               bytes_text(edition_kind_name(kind)),
               "还没有导入这个名录库，其中有没有就没有核对");
    return OK;
}

static enum err read_recusals(struct sheet **sheet, struct import *import,
                              struct db *db)
{
    struct sheet *targets = NULL, *inspectors = NULL;
    enum err err = library(&targets, import, db, EDITION_TARGETS);
    if (err == OK) err = library(&inspectors, import, db, EDITION_INSPECTORS);
    if (err == OK) {
        const struct recusal_libraries libraries = { targets, inspectors };
        err = recusal_read(sheet, &import->report, import->file, &libraries);
    }
    sheet_free(inspectors);
    sheet_free(targets);
    return err;
}

static enum err read_file(struct sheet **sheet, struct import *import,
                          struct db *db)
{
    bool has_risk;
    switch (import->kind) {
    case EDITION_TARGETS:
        return register_read(sheet, &has_risk, &import->report, import->file);
    case EDITION_INSPECTORS:
        return roster_read(sheet, &import->report, import->file);
    case EDITION_ITEMS:
        return item_read(sheet, &import->report, import->file);
    case EDITION_PLAN:
        return read_plan(sheet, import, db);
    case EDITION_RECUSALS:
        return read_recusals(sheet, import, db);
    case EDITION_KIND_COUNT:
        break;
    }
    return ERR_SUPPORT;
}

static enum err compare(struct import *import, struct db *db,
                        const struct sheet *sheet)
{
    struct edition active = { .version = 0 };
    enum err err = edition_active(&active, db, import->kind);
    if (err != OK && err != ERR_ABSENT) return err;
    import->active = active.version;
    struct edition_walk before =
        edition_walk_version(db, import->kind, active.version);
    struct edition_walk now = edition_walk_sheet(sheet);
    return difference_read(&import->difference, &before, &now);
}

static enum err stage(struct import *import, struct db *db,
                      const struct sheet *sheet)
{
    struct edition edition = {
        .kind = import->kind,
        .created = import->now,
        .year = import->edition.year,
        .warnings = import->report.count[REPORT_WARNING],
        .file = import->edition.file,
    };
    enum err err = db_begin(db);
    if (err != OK) return err;
    err = db_finish(db, edition_stage(&edition, db, sheet));
    FAULT("edition-committed");
    if (err == OK) import->edition = edition;
    return err;
}

enum err import_run(struct import *import, struct db *db)
{
    struct sheet *sheet = NULL;
    import->report = (struct report){ 0 };
    import->edition = (struct edition){ .kind = import->kind };
    /* First of all: later the file should not come into memory again. */
    import->edition.file = hash_sha256(import->file);
    map_release(import->file);
    enum err err = read_file(&sheet, import, db);
    if (err != OK) return err;

    import->count = sheet_count(sheet);
    err = compare(import, db, sheet);
    if (err == OK && !import->accepts_warnings &&
        import->report.count[REPORT_WARNING] != 0)
        err = ERR_WARNING;
    if (err == OK) err = stage(import, db, sheet);
    sheet_free(sheet);
    return err;
}

void import_release(struct import *import)
{
    report_release(&import->report);
}
