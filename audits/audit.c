#include "audits/audit_case.h"

/* Does a draw rest on the word of the organiser alone? */
static bool is_unwitnessed(const struct audit *a)
{
    bool is_one = false;
    for (size_t i = 0; i < a->policy_count; i++) {
        const struct audit_policy *one = &a->policies[i];
        bool counts = one->is_announced || a->draw_count == 0;
        is_one |= counts && one->policy != NULL &&
                  one->policy->quorum.who == POLICY_NONE;
    }
    return is_one;
}

static int verdict(const struct audit *a)
{
    bool is_short = audit_is_short(a, &a->arena);
    if (is_short)
        fputs("内存不足，审计没有做完：请换内存更大的机器。\n", a->to);
    if (a->found != 0) {
        fprintf(a->to, "审计未通过：%zu 处不符。\n", a->found);
        return VERIFY_REFUTED;
    }
    if (is_short) return VERIFY_UNUSABLE;
    fprintf(a->to, "审计通过：%zu 条记录，%zu 次抽取。\n", a->entry_count,
            a->draw_count);
    if (a->is_rehearsal && !a->options.is_rehearsal) {
        fputs("这是演练的日志；确要审计演练，请加 --rehearsal。\n", a->to);
        return VERIFY_UNASKED;
    }
    if (is_unwitnessed(a) && !a->options.is_rehearsal &&
        !a->options.is_unwitnessed) {
        fputs("这份日志没有见证人；接受的话请加 --unwitnessed。\n", a->to);
        return VERIFY_UNASKED;
    }
    return VERIFY_HOLDS;
}

int audit_run(FILE *to, const struct audit_source *source,
              const struct audit_options *options)
{
    bool is_short = false;
    struct audit a = { .to = to,
                       .is_short = &is_short,
                       .source = *source,
                       .options = *options };
    int exit = VERIFY_UNUSABLE;
    a.book.entry = AUDIT_NONE;
    if (!audit_log_load(&a)) {
        if (a.found != 0 || audit_is_short(&a, &a.arena)) exit = verdict(&a);
        goto done;
    }
    audit_log_tiles(&a);
    audit_log_entries(&a);
    audit_policy_learn(&a);
    audit_log_heads(&a);
    audit_file_check(&a);
    audit_batch_check(&a);
    audit_draw_check(&a);
    for (size_t i = 0; i < a.draw_count; i++)
        audit_proof_check(&a, &a.draws[i]);
    exit = verdict(&a);
done:
    arena_release(&a.book.arena);
    arena_release(&a.arena);
    return exit;
}
