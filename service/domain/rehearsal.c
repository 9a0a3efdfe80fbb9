#include "domain/rehearsal.h"

#include "domain/import.h"
#include "domain/proof.h"
#include "domain/publish.h"
#include "domain/table_out.h"
#include "format/json_read.h"
#include "host/folder.h"
#include "store/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char origin[] = "yaohao.local/rehearsal";
static const char items_csv[] =
    "编号,抽查领域,抽查事项,抽查依据,抽查主体,抽查对象,类别,抽查方式\n"
    "01,演练,演练抽查,《企业信息公示暂行条例》第十四条,检查机关,"
    "检查对象,一般,实地检查\n";

struct stage {
    struct rehearsal *r;
    struct directory dir;
    char work[FILE_PATH_MAX];
    struct bytes strata[ANNOUNCEMENT_STRATA_MAX];
    size_t stratum_count;
    bool has_risk;
    struct arena arena;
};

static enum err refuse(struct stage *s, enum err err, const char *why)
{
    snprintf(s->r->why, sizeof s->r->why, "%s", why);
    return err;
}

static enum err stage_and_activate(struct stage *s, enum edition_kind kind,
                                   const struct sheet *sheet)
{
    struct edition edition = { .kind = kind,
                               .created = clock_now(&s->dir.clock) };
    enum err err = db_begin(s->dir.db);
    if (err != OK) return err;
    err = edition_stage(&edition, s->dir.db, sheet);
    if (err == OK)
        err = edition_activate(s->dir.db, kind, edition.version,
                               edition.created);
    return db_finish(s->dir.db, err);
}

static enum err note_stratum(struct stage *s, struct bytes risk)
{
    if (risk.len == 0) risk = bytes_text("未分类");
    for (size_t i = 0; i < s->stratum_count; i++) {
        if (bytes_equal(s->strata[i], risk)) return OK;
    }
    if (s->stratum_count == ANNOUNCEMENT_STRATA_MAX)
        return refuse(s, ERR_INPUT, "风险等级的取值超过 256 种");
    s->strata[s->stratum_count++] = arena_copy(&s->arena, risk);
    return OK;
}

/* In the order of their bytes, so that every run announces the same. */
static int compare_strata(const void *a, const void *b)
{
    return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

static enum err find_strata(struct stage *s, const struct sheet *sheet)
{
    uint8_t *room = arena_take_raw(&s->arena, REGISTER_LINE_MAX);
    struct edition_walk walk = edition_walk_sheet(sheet);
    struct register_row row;
    enum err err = room == NULL ? ERR_MEMORY : OK;
    while (err == OK && s->has_risk && register_next(&row, &walk, room))
        err = note_stratum(s, row.risk);
    enum err end = edition_walk_end(&walk);
    if (!s->has_risk) s->strata[s->stratum_count++] = bytes_text("全部");
    qsort(s->strata, s->stratum_count, sizeof s->strata[0], compare_strata);
    return err != OK ? err : end;
}

static enum err take_targets(struct stage *s)
{
    struct sheet *sheet = NULL;
    enum err err = register_read(&sheet, &s->has_risk,
                                 &s->r->targets_report, s->r->targets);
    if (err != OK) return refuse(s, err, "检查对象名录有错误，没有开始演练");
    s->r->listed = sheet_count(sheet);
    err = find_strata(s, sheet);
    if (err == OK) err = stage_and_activate(s, EDITION_TARGETS, sheet);
    sheet_free(sheet);
    return err;
}

/* One rehearsing office: to which department a person belongs is left out. */
static enum err without_departments(struct sheet **to,
                                    const struct sheet *from)
{
    *to = sheet_make();
    if (*to == NULL) return ERR_MEMORY;
    uint8_t *room = malloc(REGISTER_LINE_MAX);
    enum err err = room == NULL ? ERR_MEMORY : OK;
    for (size_t i = 0; i < sheet_count(from) && err == OK; i++) {
        struct bytes fields[8], line = sheet_line(from, i);
        if (line.len > REGISTER_LINE_MAX) err = ERR_LIMIT;
        if (err == OK) err = sheet_read_line(fields, 8, line, room);
        if (err != OK) break;
        fields[3] = bytes_of("", 0);
        err = sheet_add(*to, fields, 8, sheet_origin(from, i));
    }
    if (err == OK) sheet_sort(*to, NULL, NULL);
    free(room);
    return err;
}

static enum err take_inspectors(struct stage *s)
{
    struct sheet *sheet = NULL, *plain = NULL;
    enum err err = roster_read(&sheet, &s->r->inspectors_report,
                               s->r->inspectors);
    if (err != OK) return refuse(s, err, "检查人员名录有错误，没有开始演练");
    err = without_departments(&plain, sheet);
    if (err == OK) err = stage_and_activate(s, EDITION_INSPECTORS, plain);
    sheet_free(plain);
    sheet_free(sheet);
    return err;
}

static enum err take_recusals(struct stage *s)
{
    if (s->r->recusals.at == NULL) return OK;
    struct import *import = calloc(1, sizeof *import);
    if (import == NULL) return ERR_MEMORY;
    import->kind = EDITION_RECUSALS;
    import->file = s->r->recusals;
    import->now = clock_now(&s->dir.clock);
    import->accepts_warnings = true;
    enum err err = import_run(import, s->dir.db);
    s->r->recusals_report = import->report;
    if (err != OK) refuse(s, err, "回避名单有错误，没有开始演练");
    if (err == OK) err = db_begin(s->dir.db);
    if (err == OK)
        err = db_finish(s->dir.db,
                        edition_activate(s->dir.db, import->kind,
                                         import->edition.version,
                                         import->now));
    free(import);
    return err;
}

static enum err import_text(struct stage *s, enum edition_kind kind,
                            const char *text)
{
    struct import *import = calloc(1, sizeof *import);
    if (import == NULL) return ERR_MEMORY;
    import->kind = kind;
    import->file = bytes_text(text);
    import->now = clock_now(&s->dir.clock);
    import->accepts_warnings = true;
    enum err err = import_run(import, s->dir.db);
    import_release(import);
    free(import);
    return err;
}

static enum err publish(struct stage *s)
{
    char plan[512];
    char when[CLOCK_TEXT_MAX];
    clock_print_beijing(when, clock_now(&s->dir.clock));
    snprintf(plan, sizeof plan,
             "编号,年度,名称,事项,部门,数量或比例\n"
             "演练-1,%.4s,演练,01,检查机关,%s\n",
             when, s->r->rate);
    enum err err = import_text(s, EDITION_ITEMS, items_csv);
    if (err == OK) err = publish_items(&s->dir);
    if (err == OK) err = import_text(s, EDITION_PLAN, plan);
    if (err == OK) err = publish_plan(&s->dir, 4);
    return err;
}

static void write_strata(struct canon *c, const struct stage *s)
{
    canon_key(c, "strata");
    canon_array(c);
    for (size_t i = 0; i < s->stratum_count; i++) {
        canon_object(c);
        canon_member_text(c, "class",
                          s->r->is_sealed && s->has_risk ? "internal"
                                                         : "public");
        canon_member_u64(c, "least", 0);
        canon_member_string(c, "name", s->strata[i]);
        canon_member_text(c, "take", s->r->rate);
        canon_object_end(c);
    }
    canon_array_end(c);
}

static enum err announce(struct stage *s, uint64_t *number)
{
    uint64_t now = clock_now(&s->dir.clock);
    uint8_t *room = arena_take_raw(&s->arena, ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, ENTRY_MAX);
    struct canon c = canon_into(&w);
    canon_object(&c);
    canon_member_text(&c, "batch", "演练-1");
    canon_key(&c, "departments");
    canon_array(&c);
    canon_object(&c);
    canon_member_text(&c, "name", "检查机关");
    canon_member_u64(&c, "seats", s->r->team);
    canon_object_end(&c);
    canon_array_end(&c);
    canon_member_text(&c, "disclosure", s->r->is_sealed ? "kept" : "waived");
    canon_member_text(&c, "mode", s->r->is_sealed ? "sealed" : "open");
    write_strata(&c, s);
    canon_member_text(&c, "stratify", s->has_risk ? "risk" : "none");
    canon_member_u64(&c, "t0", now + 1);
    canon_member_u64(&c, "t1", now + 2);
    canon_member_u64(&c, "t4", now + 86400);
    canon_object_end(&c);
    return w.is_full ? ERR_LIMIT
                     : draw_announce(number, &s->dir, writer_bytes(&w));
}

static enum err hold(struct stage *s, uint64_t number)
{
    static const struct draw_persons persons = { { "演练甲", "演练乙" } };
    struct draw_custody custody = { 0 };
    struct draw draw;
    enum err err = draw_freeze(&custody, &s->dir, number);
    if (err == OK) err = draw_reveal(&s->dir, number, bytes_of(NULL, 0));
    if (err != OK) return err;
    err = draw_load(&draw, &s->dir, number);
    if (err == OK) clock_wait(&s->dir.clock, draw_round_time(&draw));
    draw_release(&draw);
    if (err == OK) err = draw_beacon(&s->dir, number, NULL);
    if (err == OK) err = draw_draw(&s->dir, number);
    if (err == OK) err = draw_open(&s->dir, number, &persons);
    return err;
}

static enum err write_out(struct stage *s, const char *name,
                          struct bytes text)
{
    char path[FILE_PATH_MAX];
    enum err err = file_path(path, s->r->out, name);
    return err == OK ? file_write(path, text, 0644) : err;
}

static enum err write_lists(struct stage *s, uint64_t number)
{
    struct draw draw;
    struct draw_libraries libraries = { 0 };
    struct frozen frozen = { 0 };
    struct outcome outcome = { 0 };
    struct bytes targets = { NULL, 0 }, teams = { NULL, 0 };
    struct hash seed;
    enum err err = draw_load(&draw, &s->dir, number);
    if (err == OK) err = draw_frozen(&frozen, &libraries, &s->dir, &draw);
    if (err == OK) err = draw_seed(&seed, &draw);
    if (err == OK) err = outcome_make(&outcome, &frozen, &seed, 0);
    if (err == OK) err = table_out_targets(&targets, &outcome);
    if (err == OK) err = table_out_teams(&teams, &outcome);
    if (err == OK) err = write_out(s, "targets.csv", targets);
    if (err == OK) err = write_out(s, "teams.csv", teams);
    s->r->drawn = outcome.target_count;
    s->r->open_posts = outcome.open_count;
    s->r->strata = s->stratum_count;
    free((void *)(uintptr_t)targets.at);
    free((void *)(uintptr_t)teams.at);
    outcome_release(&outcome);
    frozen_release(&frozen);
    draw_libraries_release(&libraries);
    draw_release(&draw);
    return err;
}

static enum err write_proof(struct stage *s, uint64_t number)
{
    struct bytes proof, vkey;
    char path[FILE_PATH_MAX];
    enum err err = proof_make(&proof, &s->dir, number);
    if (err != OK) return err;
    err = write_out(s, "draw.proof.json", proof);
    free((void *)(uintptr_t)proof.at);
    if (err == OK) err = directory_path(path, &s->dir, "log.vkey");
    if (err == OK) err = file_read(&vkey, path, 4096);
    if (err != OK) return err;
    err = write_out(s, "log.vkey", vkey);
    file_release(&vkey);
    return err;
}

static enum err wipe_secrets(struct stage *s)
{
    static const char *const names[] = { "secret/log.key",
                                         "secret/store.key",
                                         "secret/test-beacon.key" };
    enum err first = OK;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[FILE_PATH_MAX];
        enum err err = file_path(path, s->work, names[i]);
        if (err == OK && file_exists(path)) err = file_wipe(path);
        if (first == OK) first = err;
    }
    return first;
}

static enum err perform(struct stage *s)
{
    uint64_t number = 0;
    enum err err = take_targets(s);
    if (err == OK) err = take_inspectors(s);
    if (err == OK) err = take_recusals(s);
    if (err == OK) err = publish(s);
    if (err == OK) err = announce(s, &number);
    if (err == OK) err = hold(s, number);
    if (err == OK) err = write_proof(s, number);
    if (err == OK) err = write_lists(s, number);
    if (err != OK && s->r->why[0] == '\0')
        refuse(s, err, s->dir.why[0] != '\0' ? s->dir.why : err_name(err));
    return err;
}

static enum err make_place(struct stage *s)
{
    enum err err = OK;
    if (!file_is_dir(s->r->out)) err = file_make_dir(s->r->out);
    if (err != OK) return refuse(s, err, "不能建立 --out 所指的目录");
    err = file_path(s->work, s->r->out, ".work");
    if (err != OK) return err;
    if (file_exists(s->work))
        return refuse(s, ERR_EXISTS,
                      "--out 里已有一次演练（.work）。请换一个空目录");
    return OK;
}

/* A mended list is rehearsed again into the same place.  What cannot be
 * removed is told by that rehearsal. */
static void clear_place(const struct stage *s)
{
    enum err err = folder_remove(s->work);
    (void)err;
}

enum err rehearsal_run(struct rehearsal *r)
{
    struct stage *s = calloc(1, sizeof *s);
    char now[CLOCK_TEXT_MAX];
    if (s == NULL) return ERR_MEMORY;
    s->r = r;
    struct clock machine = clock_machine();
    clock_print(now, clock_now(&machine));
    enum err err = make_place(s);
    if (err == OK) {
        const struct directory_options options = {
            .path = s->work,
            .now = r->now != NULL ? r->now : now,
            .entropy = r->entropy,
        };
        const struct directory_birth birth = { .origin = origin,
                                               .is_rehearsal = true };
        err = directory_create(&s->dir, &options, &birth);
        if (err != OK) refuse(s, err, s->dir.why);
        else err = perform(s);
        directory_close(&s->dir);
        enum err wiped = wipe_secrets(s);
        if (err == OK) err = wiped;
        else clear_place(s);
    }
    arena_release(&s->arena);
    free(s);
    return err;
}

void rehearsal_release(struct rehearsal *r)
{
    report_release(&r->targets_report);
    report_release(&r->inspectors_report);
    report_release(&r->recusals_report);
}
