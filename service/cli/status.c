/* status — how the log stands, who has cosigned, what a draw has so far. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/next.h"
#include "cli/place.h"
#include "core/canon.h"
#include "domain/evidence.h"

static const struct place_verb verb = {
    "DIR [NUMBER]",
    "看日志到了哪里、谁见证了、各次抽取下一步做什么；给出编号则列出该次"
    "抽取的各条。\v"
    "退出码：0 正常；4 已停止签名（隔离），原因和办法见输出。",
    1, 2
};

/* 64 digits in groups of four, for reading aloud. */
static void print_root(const struct hash *root)
{
    for (size_t i = 0; i < sizeof root->b; i += 2)
        printf("%s%02x%02x", i == 0 ? "" : " ", root->b[i], root->b[i + 1]);
    putchar('\n');
}

/* What is large lives here, off the stack. */
struct view {
    struct policy policy;
    struct policy_view seen;
    struct note note;
    uint8_t policy_text[POLICY_TEXT_MAX];
    uint8_t text[EVIDENCE_NOTE_MAX];
};

static enum err view_read(struct view *view, struct db *db)
{
    struct writer w = writer_into(view->policy_text, sizeof view->policy_text);
    enum err err = store_log_policy_read(&w, db, NULL);
    if (err == OK) err = policy_read_canonical(&view->policy, writer_bytes(&w));
    w = writer_into(view->text, sizeof view->text);
    if (err == OK) err = evidence_checkpoint(&w, db);
    if (err == OK) err = note_read(&view->note, writer_bytes(&w));
    if (err == OK)
        err = policy_view_note(&view->seen, &view->policy, &view->note);
    return err;
}

static enum err print_witnesses(struct db *db)
{
    struct view *view = malloc(sizeof *view);
    if (view == NULL) return ERR_MEMORY;
    enum err err = view_read(view, db);
    const struct policy *policy = &view->policy;
    if (err == OK && policy->quorum.who == POLICY_NONE)
        puts("见证  无（quorum none）：别人只能相信本机的时间");
    else if (err == OK)
        printf("见证  %s\n", policy_is_met(policy, view->seen.witnesses)
                                 ? "最新的头已够法定数"
                                 : "最新的头还不够法定数");
    for (uint32_t i = 0; err == OK && i < policy->witness_count; i++) {
        char time[CLOCK_TEXT_MAX] = "未见证";
        if (view->seen.witnesses >> i & 1)
            clock_print_beijing(time, view->seen.times[i].latest);
        struct bytes name = policy->witnesses[i].name;
        printf("      %.*s  %s\n", (int)name.len, (const char *)name.at, time);
    }
    free(view);
    return err;
}

static enum err print_draw(struct directory *dir, uint64_t number)
{
    struct store_log_entry wish = { .draw = number }, found;
    struct db *db = dir->db;
    enum err err = next_line(stdout, dir, number);
    if (err != OK) return err;
    err = store_log_find(&found, db, &wish);
    while (err == OK) {
        char time[CLOCK_TEXT_MAX];
        clock_print_beijing(time, found.time);
        printf("%6llu  %-12s %s\n", (unsigned long long)found.seq, found.kind,
               time);
        wish.seq = found.seq + 1;
        err = store_log_find(&found, db, &wish);
    }
    return err == ERR_ABSENT ? OK : err;
}

/* Opened, void or annulled: there is nothing to be done in time. */
static enum err is_over(bool *is, struct db *db, uint64_t number)
{
    static const char *const ends[] = { "opening", "void", "annul" };
    struct store_log_entry found;
    *is = false;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && !*is; i++) {
        struct store_log_entry wish = { .draw = number };
        snprintf(wish.kind, sizeof wish.kind, "%s", ends[i]);
        enum err err = store_log_find(&found, db, &wish);
        if (err != OK && err != ERR_ABSENT) return err;
        *is = err == OK;
    }
    return OK;
}

static enum err print_draws(struct directory *dir)
{
    uint64_t count, over = 0;
    enum err err = store_log_draws(&count, dir->db);
    if (err != OK || count == 0) return err;
    printf("抽取  共 %llu 次\n", (unsigned long long)count);
    for (uint64_t number = 1; err == OK && number <= count; number++) {
        bool is;
        err = is_over(&is, dir->db, number);
        if (err != OK) break;
        over += is;
        if (!is) err = next_line(stdout, dir, number);
    }
    if (err == OK && over != 0)
        printf("已公开、作废或撤销的有 %llu 次。\n",
               (unsigned long long)over);
    return err;
}

static enum err print_log(struct directory *dir)
{
    const struct log *log = &dir->log;
    printf("日志  %s%s\n", log->origin,
           dir->is_rehearsal ? "  （演练，不是正式抽查）" : "");
    printf("长度  %llu 条%s\n", (unsigned long long)log->published.size,
           log->is_waiting ? "，另有一步已存未签，下次写入时补完" : "");
    printf("根    ");
    print_root(&log->published.root);
    enum err err = print_witnesses(dir->db);
    /* Where nothing may be written there is nothing to be done next. */
    return err != OK || log->stop != OK ? err : print_draws(dir);
}

/* Whom to call: the witnesses that the policy names. */
static void print_callers(struct db *db)
{
    struct view *view = calloc(1, sizeof *view);
    if (view == NULL) return;
    struct writer w = writer_into(view->policy_text, sizeof view->policy_text);
    if (store_log_policy_read(&w, db, NULL) == OK &&
        policy_read_canonical(&view->policy, writer_bytes(&w)) == OK)
        for (uint32_t i = 0; i < view->policy.witness_count; i++) {
            struct bytes name = view->policy.witnesses[i].name;
            printf("%s%.*s", i == 0 ? "见证人 " : "、", (int)name.len,
                   (const char *)name.at);
        }
    puts(view->policy.witness_count == 0 ? "镜像、审计方和上级机关"
                                         : "，以及镜像、审计方和上级机关");
    free(view);
}

/* There is no verb that ends it: only the right data does. */
static void print_quarantine(const struct directory *dir)
{
    puts("\n隔离  已停止写入和签名，公开的内容照常可读。请依次：\n"
         "  1 保留现场。不再运行写入的命令；两人在场，把数据目录和守护文件"
         "整份复制到别处。\n"
         "  2 不要删除、重建或恢复 guard.db，也不要重新 init。\n"
         "  3 比较。上面的“长度”和“根”是本机所知的最新日志头，"
         "向下列各处要他们见过的：");
    fputs("      ", stdout);
    print_callers(dir->db);
    puts("  4 别处的更长、其余相同：本机恢复了旧备份。从原来的磁盘或最新的"
         "备份取回 yaohao.db\n"
         "    放回原处，再运行 yaohao status；"
         "数据与守护文件相符，隔离自行解除。\n"
         "  5 同一长度而根不同，或者取不回来：这份日志到此为止。"
         "把双方的日志头登公报，\n"
         "    以新的 origin 另行 init，见证人删去旧公钥（keys/README.md）。\n"
         "    没有命令能解除这种隔离。");
}

int cli_status(int argc, char **argv)
{
    struct place place;
    struct directory dir;
    uint64_t number = 0;
    place_parse(&place, &verb, argc, argv);
    if (place.word_count == 2 &&
        (bytes_read_u64(&number, bytes_text(place.words[1]),
                        CANON_INTEGER_MAX) != OK ||
         number == 0)) {
        fprintf(stderr, "“%s”不是抽取的编号（从 1 起的整数）。\n",
                place.words[1]);
        return CLI_USAGE;
    }
    int exit = place_open(&dir, &place, DIRECTORY_READ);
    if (exit != CLI_OK) return exit;
    enum err err = number == 0 ? print_log(&dir) : print_draw(&dir, number);
    if (err != OK || dir.log.stop != OK) exit = place_fail(&dir, err);
    if (exit == CLI_QUARANTINE) print_quarantine(&dir);
    directory_close(&dir);
    return exit;
}
