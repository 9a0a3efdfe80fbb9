#include "http/verdict_step.h"

struct step {
    const char *name, *term, *due; /* due: a member of A, NULL: none */
    enum verify_kind kind;
    enum verify_head_name head; /* HEAD_COUNT: none shows it in time */
    const char *text;
};

static const struct step steps[] = {
    { "公告", "announcement", NULL, KIND_ANNOUNCEMENT, HEAD_ANNOUNCED,
      "公布抽什么、从哪里抽、抽多少、什么时候抽。" },
    { "名单封存", "freeze", "t0", KIND_FREEZE, HEAD_FROZEN,
      "两份名单定下来，公布封条，此后改不了。" },
    { "揭示", "reveal", "t1", KIND_REVEAL, HEAD_REVEALED,
      "打开年初承诺的随机数。" },
    { "信标", "beacon", NULL, KIND_BEACON, HEAD_COUNT,
      "公共随机数产生，与组织者无关，由它自己的签名证明。" },
    { "抽取", "draw", NULL, KIND_DRAW, HEAD_COUNT,
      "由前三样算出抽中的位置和检查组。" },
    { "公开", "opening", "t4", KIND_OPENING, HEAD_COUNT,
      "抽中的名单和检查组一次全部公开。" },
};

static void fact_text(struct canon *c, const char *name, struct bytes text)
{
    canon_object(c);
    canon_member_text(c, "name", name);
    canon_member_string(c, "value", text);
    canon_object_end(c);
}

static void fact_u64(struct canon *c, const char *name, uint64_t number)
{
    uint8_t room[24];
    struct writer w = writer_into(room, sizeof room);
    writer_u64(&w, number);
    fact_text(c, name, writer_bytes(&w));
}

static void write_facts(struct canon *c, const struct verdict *verdict,
                        enum verify_kind kind)
{
    const struct value *entry = verdict_entry(verdict, kind);
    const struct value *a = verdict_entry(verdict, KIND_ANNOUNCEMENT);
    canon_key(c, "facts");
    canon_array(c);
    if (kind == KIND_REVEAL && entry != NULL) {
        fact_text(c, "揭示的随机数", value_member_text(entry, "secret"));
        fact_u64(c, "种子簿第几页（从 0 起）", value_member_u64(a, "slot"));
    }
    if (kind == KIND_BEACON && verdict->v.round != 0) {
        fact_text(c, "信标链", value_member_text(a, "beacon"));
        fact_u64(c, "轮次（由揭示期限算出）", verdict->v.round);
    }
    if (kind == KIND_BEACON && entry != NULL)
        fact_text(c, "信标的签名", value_member_text(entry, "signature"));
    if (kind == KIND_FREEZE && entry != NULL) {
        const struct value *list = value_member(entry, "register");
        fact_u64(c, "名录里的代码数", value_member_u64(list, "codes"));
        fact_text(c, "名录的散列", value_member_text(list, "sha256"));
        list = value_member(entry, "roster");
        fact_u64(c, "检查人员数", value_member_u64(list, "count"));
        fact_text(c, "人员名录的封条",
                  value_member_text(list, "commitment"));
    }
    if (kind == KIND_DRAW && entry != NULL)
        fact_text(c, "检查组的封条", value_member_text(entry, "crews"));
    canon_array_end(c);
}

/* By when enough witnesses had seen it; 0: not shown. */
static uint64_t seen(const struct verdict *verdict, const struct step *step)
{
    const struct verify *v = &verdict->v;
    uint64_t time;
    if (step->head == HEAD_COUNT || v->heads == NULL) return 0;
    if (v->heads[step->head].value == NULL) return 0;
    if (policy_first_time(&time, v->policy, &v->heads[step->head].view) != OK)
        return 0;
    return time;
}

/* The first step that is not done and can still come. */
static bool is_next(const struct verdict *verdict, size_t index)
{
    if (verdict_entry(verdict, KIND_VOID) != NULL) return false;
    if (verdict_entry(verdict, steps[index].kind) != NULL) return false;
    return index == 0 ||
           verdict_entry(verdict, steps[index - 1].kind) != NULL;
}

static uint64_t due_of(const struct verdict *verdict, const struct step *step)
{
    const struct value *a = verdict_entry(verdict, KIND_ANNOUNCEMENT);
    if (step->due != NULL) return value_member_u64(a, step->due);
    return step->kind == KIND_BEACON ? verdict_round_time(verdict) : 0;
}

static void write_step(struct canon *c, const struct verdict *verdict,
                       size_t index)
{
    const struct step *step = &steps[index];
    const struct value *value = verdict_entry(verdict, step->kind);
    const struct verify_entry *entry =
        value == NULL ? NULL : verify_case_entry(&verdict->v, step->kind);
    uint64_t due = due_of(verdict, step), seen_time = seen(verdict, step);
    bool next = is_next(verdict, index);
    bool is_late = next && step->kind != KIND_BEACON && due != 0 &&
                   due < verdict->now;
    canon_object(c);
    if (entry != NULL) canon_member_hash(c, "digest", entry->hash);
    canon_member_u64(c, "due", due);
    if (entry != NULL) canon_member_u64(c, "entry", entry->index);
    write_facts(c, verdict, step->kind);
    canon_member_u64(c, "has_witnesses", step->head != HEAD_COUNT);
    canon_member_u64(c, "is_beacon", step->kind == KIND_BEACON);
    canon_member_u64(c, "is_done", entry != NULL);
    canon_member_u64(c, "is_late", is_late);
    canon_member_u64(c, "is_never",
                     entry == NULL && !is_late && verdict_is_over(verdict));
    canon_member_u64(c, "is_next", next && !is_late);
    canon_member_u64(c, "is_seen_late",
                     step->due != NULL && due != 0 && seen_time > due);
    canon_member_text(c, "name", step->name);
    canon_member_u64(c, "seen_time", seen_time);
    canon_member_text(c, "term", step->term);
    canon_member_text(c, "text", step->text);
    if (entry != NULL)
        canon_member_u64(c, "time", value_member_u64(value, "time"));
    canon_object_end(c);
}

void verdict_step(struct canon *c, const struct verdict *verdict)
{
    canon_key(c, "steps");
    canon_array(c);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        write_step(c, verdict, i);
    canon_array_end(c);
}
