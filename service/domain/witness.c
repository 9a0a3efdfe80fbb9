#include "domain/witness.h"

#include <stdlib.h>

#include "domain/evidence.h"
#include "core/note_check.h"
#include "host/fault.h"
#include "store/db.h"

/* What is large lives here, off the stack. */
struct store_job {
    struct policy policy;
    struct policy_view view;
    struct note note;
    uint8_t policy_text[POLICY_TEXT_MAX];
    uint8_t note_text[CHECKPOINT_PLAIN_MAX + 1 + NOTE_LEN_MAX];
};

static enum err read_policy(struct store_job *job, struct db *db)
{
    struct writer w = writer_into(job->policy_text, sizeof job->policy_text);
    enum err err = store_log_policy_read(&w, db, NULL);
    return err == OK ? policy_read_canonical(&job->policy, writer_bytes(&w))
                     : err;
}

/* Does anyone whose word counts vouch for the text of this note? */
static bool is_vouched(struct store_job *job, const struct log *log)
{
    struct note_key key;
    if (log_key(&key, log) == OK && note_check(&job->note, &key) == OK)
        return true;
    return policy_view_note(&job->view, &job->policy, &job->note) == OK &&
           job->view.witnesses != 0;
}

/* A head that somebody trusted has seen and we do not have. */
static enum err unknown_head(struct store_job *job, struct log *log,
                             struct bytes file)
{
    if (!is_vouched(job, log)) return ERR_ABSENT;
    const struct log_alarm alarm = {
        .reason = "见证方或本日志的签名证明存在一个本机没有的日志头："
                  "数据库被恢复过，或日志已分叉。已停止写入和签名，"
                  "请保留现场，从镜像或审计方取回缺少的条目",
        .note = file
    };
    return log_alarm(log, &alarm);
}

static enum err keep_line(struct store_job *job, struct log *log,
                          uint32_t witness, const struct note_line *line,
                          uint64_t size)
{
    uint8_t signature[COSIGNATURE_LEN];
    struct cosignature read;
    enum err err = note_line_signature(signature, sizeof signature, line);
    if (err == OK)
        err = cosignature_read(&read, bytes_of(signature, sizeof signature));
    if (err != OK) return err;

    char vkey[NOTE_VKEY_MAX + 1] = { 0 };
    char text[STORE_HEAD_LINE_MAX] = { 0 };
    struct writer w = writer_into(vkey, sizeof vkey - 1);
    note_key_write(&w, &job->policy.witnesses[witness].key);
    w = writer_into(text, sizeof text - 1);
    note_line_copy(&w, line);
    if (w.is_full) return ERR_LIMIT;
    const struct store_head_cosignature row = {
        .size = size, .vkey = vkey, .time = read.time, .line = text
    };
    return store_head_cosignature_write(log->db, &row);
}

static int witness_of(const struct policy *policy, const struct note_line *line)
{
    for (uint32_t i = 0; i < policy->witness_count; i++)
        if (note_line_is_by(line, &policy->witnesses[i].key)) return (int)i;
    return -1;
}

static enum err keep_lines(struct witness_report *report, struct store_job *job,
                           struct log *log)
{
    enum err err = db_begin(log->db);
    if (err != OK) return err;
    for (size_t i = 0; i < job->note.line_count && err == OK; i++) {
        const struct note_line *line = &job->note.lines[i];
        int witness = witness_of(&job->policy, line);
        if (witness < 0) {
            report->unknown++;
            continue;
        }
        err = keep_line(job, log, (uint32_t)witness, line, report->size);
        report->stored++;
        FAULT("cosign-line");
    }
    return db_finish(log->db, err);
}

/* The note is one of ours; all lines are checked before one is kept. */
static enum err store_note(struct witness_report *report, struct store_job *job,
                           struct log *log, const struct merkle_head *head)
{
    enum err err = policy_view_note(&job->view, &job->policy, &job->note);
    if (err != OK) return err;
    if (job->view.witnesses == 0) return ERR_ABSENT;
    *report = (struct witness_report){ .size = head->size };
    return keep_lines(report, job, log);
}

static enum err store_whole(struct witness_report *report,
                            struct store_job *job, struct log *log,
                            struct bytes file)
{
    struct checkpoint claimed;
    struct merkle_head own;
    enum err err = checkpoint_read(&claimed, job->note.text);
    if (err != OK) return ERR_FORMAT;
    if (!bytes_equal_text(claimed.origin, log->origin)) return ERR_ABSENT;
    if (claimed.extension.len != 0) return ERR_FORMAT;

    err = evidence_head(&own, log->db, claimed.head.size);
    if (err == ERR_ABSENT) return unknown_head(job, log, file);
    if (err != OK) return err;
    if (!hash_equal(own.root, claimed.head.root))
        return unknown_head(job, log, file);
    return store_note(report, job, log, &own);
}

/* Only lines: under which head do they stand?  From the largest down. */
static enum err store_lines(struct witness_report *report,
                            struct store_job *job, struct log *log,
                            struct bytes lines)
{
    struct store_head head;
    enum err found = ERR_ABSENT;
    enum err err = store_head_read(&head, log->db, STORE_HEAD_LAST, 0);
    while (err == OK) {
        struct writer w = writer_into(job->note_text, sizeof job->note_text);
        struct checkpoint checkpoint = { .origin = bytes_text(log->origin),
                                         .head = head.head };
        checkpoint_write(&w, &checkpoint);
        writer_text(&w, "\n");
        writer_add(&w, lines);
        if (w.is_full) return ERR_LIMIT;
        err = note_read(&job->note, writer_bytes(&w));
        if (err != OK) return ERR_FORMAT;
        err = store_note(report, job, log, &head.head);
        if (err != ERR_SIGNATURE) return err;
        found = err;
        err =
            store_head_read(&head, log->db, STORE_HEAD_BEFORE, head.head.size);
    }
    return err == ERR_ABSENT ? found : err;
}

enum err witness_store(struct witness_report *report, struct log *log,
                       struct bytes file)
{
    if (log->stop != OK) return log->stop;
    if (file.len > NOTE_LEN_MAX) return ERR_FORMAT;
    *report = (struct witness_report){ .size = 0 };
    struct store_job *job = malloc(sizeof *job);
    if (job == NULL) return ERR_MEMORY;

    enum err err = read_policy(job, log->db);
    if (err == OK && bytes_starts(file, "\xe2\x80\x94 "))
        err = store_lines(report, job, log, file);
    else if (err == OK)
        err = note_read(&job->note, file) == OK
                  ? store_whole(report, job, log, file)
                  : ERR_FORMAT;
    free(job);
    return err;
}
