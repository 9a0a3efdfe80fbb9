/*
 * audit — is the whole log as FORMAT says?  Every entry, file, head, draw.
 *
 *     ✗ 5.07 第 3 号抽取：第 41 条是第二条 freeze，只认第 37 条
 *     ● 5.18 第 2 号抽取已作废（freeze-late）
 *
 * Nothing that the log says of itself is taken over: roots are computed
 * from the entries, and each draw is put together as a proof and verified.
 * Source: FORMAT 11.
 */
#ifndef AUDITS_AUDIT_H
#define AUDITS_AUDIT_H

#include <stdio.h>

#include "audits/verify_case.h"

/* Where the log is read from: a folder, a data directory. */
struct audit_source {
    /*
     * What is served under /log/ at this path, with file_release() to be
     * given back.  ERR_ABSENT: nothing is; others: it cannot be read.
     */
    enum err (*read)(struct bytes *body, void *context, const char *path);
    /* The least size above `after` with a heads/<size>.  ERR_ABSENT. */
    enum err (*next_head)(uint64_t *size, void *context, uint64_t after);
    void *context;
};

struct audit_options {
    struct bytes vkey, policy; /* empty: not given */
    bool is_rehearsal, is_unwitnessed;
    bool has_now;
    uint64_t now; /* Unix seconds: judge as of then */
};

/*
 * Prints findings, one a line, and returns an enum verify_exit: VERIFY_HOLDS,
 * VERIFY_REFUTED where one is marked ✗, VERIFY_UNUSABLE where there is no
 * log to be read, VERIFY_UNASKED as verify.
 */
int audit_run(FILE *to, const struct audit_source *source,
              const struct audit_options *options);

#endif
