#include "http/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audits/verify_remark.h"
#include "audits/verify_verdict.h"
#include "domain/proof.h"
#include "http/words.h"

enum { DAY_S = 86400, URGENT_S = 1800, SOON_S = 5 };

const struct value *verdict_entry(const struct verdict *verdict,
                                  enum verify_kind kind)
{
    return verdict->is_read ? verify_case_value(&verdict->v, kind) : NULL;
}

bool verdict_is_over(const struct verdict *verdict)
{
    bool is_failed = verdict->state == VERDICT_OVERDUE &&
                     verdict_entry(verdict, KIND_REVEAL) == NULL;
    return is_failed || verdict_entry(verdict, KIND_VOID) != NULL;
}

uint64_t verdict_round_time(const struct verdict *verdict)
{
    const struct verify *v = &verdict->v;
    return verdict->is_read && v->round != 0 ? chain_time(&v->chain, v->round)
                                             : 0;
}

uint64_t verdict_take(const struct verdict *verdict)
{
    uint64_t take = 0;
    for (size_t i = 0; i < verdict->v.stratum_count; i++)
        take += verdict->v.strata[i].take;
    return take;
}

/* The deadline of the step that comes next; 0: nothing is to come. */
static uint64_t next_deadline(const struct verdict *verdict)
{
    const struct value *a = verdict_entry(verdict, KIND_ANNOUNCEMENT);
    const struct {
        enum verify_kind kind;
        uint64_t time;
    } steps[] = {
        { KIND_FREEZE, value_member_u64(a, "t0") },
        { KIND_REVEAL, value_member_u64(a, "t1") },
        { KIND_DRAW, verdict_round_time(verdict) + DAY_S },
        { KIND_OPENING, value_member_u64(a, "t4") },
    };
    if (verdict_entry(verdict, KIND_VOID) != NULL) return 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (verdict_entry(verdict, steps[i].kind) == NULL)
            return steps[i].time;
    return 0;
}

/*
 * A rule about witnesses can fail only because they have not signed yet;
 * 0: another rule.  How long that may be said: Unix seconds.
 */
static uint64_t pending_until(const struct verdict *verdict)
{
    const struct value *a = verdict_entry(verdict, KIND_ANNOUNCEMENT);
    bool is_urgent = value_member_u64(a, "urgent") == 1;
    uint64_t lead = verdict->v.is_rehearsal ? 0 : is_urgent ? URGENT_S : DAY_S;
    const struct {
        const char *rule;
        uint64_t until;
    } rules[] = {
        { "4.10", value_member_u64(a, "t0") - lead },
        { "4.16", value_member_u64(a, "t0") },
        { "4.17", value_member_u64(a, "t1") },
        { "4.39", UINT64_MAX },
    };
    if (!verdict->is_read || verdict->v.rule == NULL) return 0;
    if (verify_case_is_unwitnessed(&verdict->v)) return 0;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(verdict->v.rule, rules[i].rule) == 0)
            return rules[i].until;
    return 0;
}

static enum verdict_state state_of(const struct verdict *verdict)
{
    const struct verify *v = &verdict->v;
    bool is_late = verdict->next_time != 0 &&
                   verdict->now > verdict->next_time;
    if (v->exit == VERIFY_UNUSABLE) return VERDICT_UNUSABLE;
    if (is_late) return VERDICT_OVERDUE;
    if (v->exit == VERIFY_REFUTED)
        return verdict->now <= pending_until(verdict) ? VERDICT_PENDING
                                                      : VERDICT_REFUTED;
    if (verdict_entry(verdict, KIND_ANNUL) != NULL) return VERDICT_ANNULLED;
    if (verdict_entry(verdict, KIND_VOID) != NULL) return VERDICT_VOID;
    return verdict_entry(verdict, KIND_OPENING) != NULL ? VERDICT_OPENED
                                                        : VERDICT_GOING_ON;
}

static enum err read_vkey(struct verdict *verdict, struct directory *dir)
{
    struct store_log_identity *own = calloc(1, sizeof *own);
    if (own == NULL) return ERR_MEMORY;
    enum err err = store_log_identity_read(own, dir->db);
    size_t len = strlen(own->vkey);
    char *copy = malloc(len + 1);
    if (err == OK && copy == NULL) err = ERR_MEMORY;
    if (copy != NULL) memcpy(copy, own->vkey, len + 1);
    verdict->vkey = bytes_of(copy, len);
    free(own);
    return err;
}

enum err verdict_begin(struct verdict *verdict, struct directory *dir,
                       uint64_t number, uint64_t now)
{
    *verdict = (struct verdict){ .number = number, .now = now };
    enum err err = proof_make(&verdict->proof, dir, number);
    if (err == OK) err = read_vkey(verdict, dir);
    if (err != OK) return err;
    const struct verify_options options = { .vkey = verdict->vkey,
                                            .is_rehearsal = dir->is_rehearsal,
                                            .is_unwitnessed = true };
    verify_run(&verdict->v, verdict->proof, &options);
    const char *rule = verdict->v.rule;
    verdict->is_read = rule == NULL || rule[0] == '4';
    verdict->next_time = next_deadline(verdict);
    verdict->state = state_of(verdict);
    verdict->until = verdict->next_time >= now && verdict->next_time != 0
                         ? verdict->next_time + 1
                         : UINT64_MAX;
    /* Signatures of the last head are not of this draw: look again soon. */
    if (verdict->state == VERDICT_PENDING) verdict->until = now + SOON_S;
    return OK;
}

void verdict_end(struct verdict *verdict)
{
    verify_end(&verdict->v);
    free((void *)(uintptr_t)verdict->proof.at);
    free((void *)(uintptr_t)verdict->vkey.at);
    *verdict = (struct verdict){ 0 };
}

/* ---- one sentence ---------------------------------------------------- */
static void say_overdue(struct writer *w, const struct verdict *verdict)
{
    enum words_step missing = WORDS_OPENING;
    if (verdict_entry(verdict, KIND_DRAW) == NULL) missing = WORDS_DRAW;
    if (verdict_entry(verdict, KIND_REVEAL) == NULL) missing = WORDS_REVEAL;
    if (verdict_entry(verdict, KIND_FREEZE) == NULL) missing = WORDS_FREEZE;
    writer_text(w, words_overdue(missing));
}

static void say_void(struct writer *w, const struct verdict *verdict)
{
    const struct value *ending = verdict_entry(verdict, KIND_VOID);
    writer_text(w, "本次抽取在结果产生之前作废，没有结果：");
    writer_text(w, words_cause(value_member_text(ending, "cause")));
    writer_text(w, "。");
}

static void say_annulled(struct writer *w, const struct verdict *verdict)
{
    const struct value *annul = verdict_entry(verdict, KIND_ANNUL);
    writer_text(w, "结果公开之后，本次抽取被");
    writer_add(w, value_member_text(annul, "authority"));
    writer_text(w, "撤销（");
    writer_add(w, value_member_text(annul, "document"));
    writer_text(w, "）。号码、证明和原来的结果都保留。");
}

static void say_opened(struct writer *w, const struct verdict *verdict)
{
    bool is_witnessed = !verify_case_is_unwitnessed(&verdict->v);
    writer_text(w, is_witnessed ? "核验通过：名单先封存，信标后产生；抽中的 "
                                : "核验通过，但时间未经见证：抽中的 ");
    writer_u64(w, verdict_take(verdict));
    writer_text(w, " 户由封存的名单、事先承诺的随机数和公共信标推出，"
                   "公开的就是当时封存的。");
}

static void say_going_on(struct writer *w, const struct verdict *verdict)
{
    if (verdict_entry(verdict, KIND_DRAW) != NULL) {
        writer_text(w, "到这一步核验通过：已抽中 ");
        writer_u64(w, verdict_take(verdict));
        writer_text(w, " 户，结果已定，不能再改；名单到期公开，"
                       "在此之前保密。");
    } else if (verdict_entry(verdict, KIND_BEACON) != NULL) {
        writer_text(w, "信标已到，结果已经确定，等待登记抽取。");
    } else if (verdict_entry(verdict, KIND_REVEAL) != NULL) {
        writer_text(w, "到这一步核验通过：名单已封存，随机数已揭示，"
                       "等待公共信标。");
    } else if (verdict_entry(verdict, KIND_FREEZE) != NULL) {
        writer_text(w, "到这一步核验通过：名单已封存，等待揭示随机数。");
    } else {
        writer_text(w, "已公告，等待封存名单。");
    }
}

static void say_refuted(struct writer *w, const struct verdict *verdict)
{
    bool is_refuted = verdict->state == VERDICT_REFUTED;
    writer_text(w, is_refuted ? "核验未通过：“" : "暂不能核验：“");
    writer_text(w, verdict->v.step == NULL ? "" : verdict->v.step);
    writer_text(w, "”这一条不成立。请打本页下方的电话。");
}

static void say_pending(struct writer *w, const struct verdict *verdict)
{
    (void)verdict;
    writer_text(w, "等待见证：这一步已写进日志，还没有足够的见证人签名，"
                   "请稍后再看。");
}

static const char *stage_of(const struct verdict *verdict)
{
    bool is_void = verdict_entry(verdict, KIND_VOID) != NULL;
    if (!verdict->is_read) return "不能读出";
    if (verdict_is_over(verdict) && !is_void) return "失败（期限已过）";
    return verify_verdict_stage(&verdict->v);
}

void verdict_say(struct canon *c, const struct verdict *verdict)
{
    static const struct {
        const char *icon;
        void (*say)(struct writer *w, const struct verdict *verdict);
    } ways[] = {
        [VERDICT_UNUSABLE] = { "bad", say_refuted },
        [VERDICT_REFUTED] = { "bad", say_refuted },
        [VERDICT_PENDING] = { "wait", say_pending },
        [VERDICT_OVERDUE] = { "bad", say_overdue },
        [VERDICT_ANNULLED] = { "bad", say_annulled },
        [VERDICT_VOID] = { "wait", say_void },
        [VERDICT_OPENED] = { "good", say_opened },
        [VERDICT_GOING_ON] = { "wait", say_going_on },
    };
    const char *icon = ways[verdict->state].icon;
    bool is_done = verdict_entry(verdict, KIND_DRAW) != NULL;
    bool is_witnessed = verdict->is_read &&
                        !verify_case_is_unwitnessed(&verdict->v);
    uint8_t room[4096];
    struct writer w = writer_into(room, sizeof room);
    ways[verdict->state].say(&w, verdict);
    if (verdict->state == VERDICT_GOING_ON && is_done) icon = "good";
    if (icon[0] == 'g' && !is_witnessed) icon = "wait";
    canon_key(c, "icon");
    canon_object(c);
    canon_member_u64(c, icon, 1);
    canon_object_end(c);
    canon_member_string(c, "say", writer_bytes(&w));
    canon_member_text(c, "stage", stage_of(verdict));
}

/* ---- what it shows, and what a reader should know --------------------- */
static void write_claims(struct canon *c, const struct verdict *verdict,
                         const char *key, enum verify_claim claim)
{
    canon_key(c, key);
    canon_array(c);
    for (size_t i = 0; verdict->v.rule == NULL; i++) {
        const char *line = verify_verdict_claim(&verdict->v, claim, i);
        if (line == NULL) break;
        canon_text(c, line);
    }
    canon_array_end(c);
}

void verdict_claims(struct canon *c, const struct verdict *verdict)
{
    write_claims(c, verdict, "asserted", VERIFY_ASSERTED);
    write_claims(c, verdict, "proved", VERIFY_PROVED);
    write_claims(c, verdict, "trusted", VERIFY_TRUSTED);
}

/* Lines as the command prints them, "  ● …" or "  · …". */
static void write_remarks(struct canon *c, struct bytes text)
{
    struct bytes line;
    while (bytes_take_line(&line, &text)) {
        bool is_grave = bytes_starts(line, "  ●");
        bool is_listed = is_grave || bytes_starts(line, "  ·");
        size_t skip = is_grave ? 6 : is_listed ? 5 : 0;
        if (line.len == 0 || bytes_equal_text(line, "提示：")) continue;
        canon_object(c);
        canon_member_u64(c, "is_grave", is_grave || !is_listed);
        canon_member_string(c, "text", bytes_slice(line, skip, line.len));
        canon_object_end(c);
    }
}

enum err verdict_remarks(struct canon *c, const struct verdict *verdict)
{
    char *text = NULL;
    size_t len = 0;
    canon_key(c, "remarks");
    canon_array(c);
    if (verdict->v.rule == NULL) {
        FILE *to = open_memstream(&text, &len);
        if (to == NULL) return ERR_MEMORY;
        verify_remark_first(to, &verdict->v);
        verify_remark_print(to, &verdict->v);
        if (fclose(to) != 0) return ERR_MEMORY;
    }
    write_remarks(c, bytes_of(text, len));
    free(text);
    canon_array_end(c);
    return OK;
}
