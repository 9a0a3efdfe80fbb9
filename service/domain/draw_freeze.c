#include "domain/draw.h"

#include "core/digest.h"
#include "core/ed25519.h"
#include "domain/book.h"
#include "domain/proof_size.h"
#include "host/fault.h"
#include "store/db.h"
#include "store/store_draw.h"

#include <stdio.h>
#include <stdlib.h>

/* What is kept before F is appended: keys, versions, F without custody. */
static enum err keep(struct directory *dir, struct draw *draw,
                     const struct store_draw_freeze *freeze)
{
    enum err err = db_begin(dir->db);
    if (err != OK) return err;
    err = store_draw_freeze_write(dir->db, draw->number, freeze);
    return db_finish(dir->db, err);
}

static enum err check_strata(struct directory *dir, const struct frozen *f)
{
    const struct announcement *a = f->input.announcement;
    for (size_t i = 0; i < a->stratum_count; i++) {
        uint64_t count = f->lists[i].count;
        uint64_t take = outcome_take(f, i);
        if (a->is_open || a->is_waived || count == 0) continue;
        if (count >= 10 && take < count) continue;
        return directory_why(
            dir, ERR_INPUT,
            "“%.*s”只有 %llu 户、抽取 %llu 户，"
            "封存抽查时名单等于泄露。"
            "请合并分层、降低数量，"
            "或在公告中写明不保密（disclosure: waived）",
            (int)a->strata[i].name.len, (const char *)a->strata[i].name.at,
            (unsigned long long)count, (unsigned long long)take);
    }
    return OK;
}

/* What is sealed now must still be provable when it is opened. */
static enum err check_proof(struct draw_custody *custody,
                            struct directory *dir, const struct frozen *f)
{
    custody->proof_bytes = proof_size_frozen(f);
    if (custody->proof_bytes <= PROOF_MAX) return OK;
    return directory_why(
        dir, ERR_INPUT,
        "抽中的太多：公开以后的证明至少 %llu MiB，超过 512 MiB 的上限"
        "（FORMAT 8），谁也无法核验。请不要封存：T0 之后用 "
        "void --cause freeze-late 作废，调整计划，分成几个批次再公告",
        (unsigned long long)(custody->proof_bytes >> 20));
}

static enum err write_text(struct store_draw_freeze *kept,
                           const struct frozen *f,
                           const struct draw *draw, struct directory *dir,
                           struct entry_freeze *lists)
{
    const struct entry_head head = { draw->number, log_time(&dir->log),
                                     draw->last };
    uint8_t *room = malloc(ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, ENTRY_MAX);
    entry_freeze(&w, &head, f, lists);
    kept->entry = writer_bytes(&w);
    if (w.is_full) return ERR_LIMIT;

    const struct entry_list *all[] = { &lists->caps, &lists->pools };
    for (size_t i = 0; i < 2; i++) {
        struct hash digest;
        if (!all[i]->is_attached) continue;
        enum err err = directory_attach(&digest, dir, all[i]->text);
        if (err != OK) return err;
    }
    return OK;
}

/* Seals keys and text, and stores them: from now on they never change. */
static enum err store(struct store_draw_freeze *kept, const struct frozen *f,
                      struct draw *draw, struct directory *dir)
{
    char purpose[64];
    const struct frame_keys *keys = &f->input.keys;
    snprintf(purpose, sizeof purpose, "draw/%llu/keys",
             (unsigned long long)draw->number);
    uint8_t *sealed = malloc(sizeof *keys + CRYPTO_SEAL_EXTRA);
    if (sealed == NULL) return ERR_MEMORY;
    keyring_seal(sealed, &dir->keyring, &dir->entropy, purpose,
                 bytes_of(keys, sizeof *keys));
    kept->sealed = bytes_of(sealed, sizeof *keys + CRYPTO_SEAL_EXTRA);
    return keep(dir, draw, kept);
}

static enum err active_libraries(struct draw_libraries *l,
                                 struct store_draw_freeze *kept,
                                 struct directory *dir)
{
    struct edition inspectors, recusals = { 0 };
    enum err err = edition_active(&l->edition, dir->db, EDITION_TARGETS);
    if (err == OK)
        err = edition_active(&inspectors, dir->db, EDITION_INSPECTORS);
    if (err == ERR_ABSENT)
        return directory_why(dir, ERR_STATE,
                           "还没有生效的检查对象或检查人员名录库。"
                           "请先 import，再 activate");
    if (err != OK) return err;
    err = edition_active(&recusals, dir->db, EDITION_RECUSALS);
    if (err != OK && err != ERR_ABSENT) return err;
    kept->targets = l->edition.version;
    kept->inspectors = l->inspectors = inspectors.version;
    kept->recusals = l->recusal_version = recusals.version;
    return draw_libraries_read(l, dir, kept->targets);
}

/* The first freeze of a draw: makes keys and lists, stores them. */
static enum err prepare(struct draw_custody *custody, struct directory *dir,
                        struct draw *draw)
{
    struct draw_libraries libraries = { 0 };
    struct store_draw_freeze kept = { 0 };
    struct entry_freeze lists = { 0 };
    struct frozen frozen = { 0 };
    struct frozen_input input = { .announcement = &draw->announcement,
                                  .roster = &libraries.roster,
                                  .values = libraries.values };
    entropy_take(&dir->entropy, &input.keys, sizeof input.keys);

    enum err err = active_libraries(&libraries, &kept, dir);
    if (err == OK) err = draw_values(&libraries, dir, draw);
    input.targets = libraries.targets;
    input.recusals = libraries.recusals;
    if (err == OK) err = frozen_build(&frozen, &input);
    if (err == ERR_INPUT) directory_why(dir, err, "%s", frozen.why);
    if (err == OK) err = check_strata(dir, &frozen);
    if (err == OK) err = check_proof(custody, dir, &frozen);
    if (err == OK) err = feasible_check(&custody->outlook, &frozen);
    custody->has_outlook = err == OK;
    if (custody->is_trial) goto done;
    lists.register_version = kept.targets;
    lists.register_digest = libraries.edition.digest;
    if (err == OK) err = entry_freeze_lists(&lists, &frozen);
    FAULT("freeze-built");
    if (err == OK) err = write_text(&kept, &frozen, draw, dir, &lists);
    if (err == OK) err = store(&kept, &frozen, draw, dir);
    FAULT("freeze-kept");
done:
    crypto_wipe(&input.keys, sizeof input.keys);
    entry_freeze_release(&lists);
    store_draw_freeze_release(&kept);
    frozen_release(&frozen);
    draw_libraries_release(&libraries);
    return err;
}

/* F with the custodian's line: "custody" follows "caps". */
static enum err with_custody(struct writer *w, struct bytes text,
                             const uint8_t signature[64])
{
    static const char mark[] = ",\"draw\":";
    const size_t len = sizeof mark - 1;
    for (size_t i = 0; i + len <= text.len; i++) {
        if (!bytes_equal_text(bytes_slice(text, i, len), mark)) continue;
        writer_add(w, bytes_slice(text, 0, i));
        writer_text(w, ",\"custody\":\"");
        writer_hex(w, bytes_of(signature, 64));
        writer_text(w, "\"");
        writer_add(w, bytes_slice(text, i, text.len));
        return w->is_full ? ERR_FULL : OK;
    }
    return ERR_FORMAT;
}

static enum err append(struct draw_custody *custody, struct directory *dir,
                       struct draw *draw)
{
    const struct announcement *a = &draw->announcement;
    struct store_draw_freeze kept;
    uint8_t room[ENTRY_MAX];
    uint64_t index = 0;
    enum err err = store_draw_freeze(&kept, dir->db, draw->number);
    if (err != OK) return err;

    custody->digest = digest_custody(&a->digest, kept.entry);
    custody->is_waiting = a->has_custodian && custody->signature == NULL;
    struct writer w = writer_into(room, sizeof room);
    if (custody->is_waiting) {
        err = OK;
    } else if (!a->has_custodian) {
        err = draw_append(&index, dir, kept.entry);
    } else if (!ed25519_verify(custody->signature,
                               hash_bytes(&custody->digest), a->custodian)) {
        err = directory_why(dir, ERR_SIGNATURE,
                          "托管签名不是公告所载托管人对本次封存的签名");
    } else {
        err = with_custody(&w, kept.entry, custody->signature);
        if (err == OK) err = draw_append(&index, dir, writer_bytes(&w));
    }
    store_draw_freeze_release(&kept);
    return err;
}

static enum err is_kept(bool *kept, struct directory *dir, uint64_t number)
{
    struct store_draw_freeze freeze;
    enum err err = store_draw_freeze(&freeze, dir->db, number);
    *kept = err == OK;
    if (err == OK) store_draw_freeze_release(&freeze);
    return err == ERR_ABSENT ? OK : err;
}

/* What cannot be revealed is not frozen: that draw could only be void. */
static enum err can_reveal(struct directory *dir, const struct draw *draw)
{
    const struct announcement *a = &draw->announcement;
    const struct book_slot slot = { a->book, a->slot };
    struct hash secret;
    bool is_open = false;
    enum err err = book_secret(&secret, dir, &slot);
    if (err == OK) err = book_opens(&is_open, dir, &slot, &secret);
    crypto_wipe(&secret, sizeof secret);
    if (err == OK && is_open) return OK;
    return directory_why(dir, err == OK ? ERR_PROOF : err,
                         "种子簿第 %llu 格的随机数打不开，或与承诺不符，"
                         "现在封存以后就不能揭示。请放回 init 时的 "
                         "secret/store.key 和完好的 yaohao.db",
                         (unsigned long long)a->slot);
}

enum err draw_freeze(struct draw_custody *custody, struct directory *dir,
                     uint64_t number)
{
    struct draw draw;
    bool kept = false;
    custody->is_waiting = custody->has_outlook = false;
    enum err err = draw_load(&draw, dir, number);
    if (err == OK && (draw.entries[DRAW_FREEZE].is_there ||
                      draw.entries[DRAW_VOID].is_there))
        err = directory_why(dir, ERR_STATE, "第 %llu 号%s，不能再封存",
                          (unsigned long long)number, draw_stage(&draw));
    if (err == OK && log_time(&dir->log) > draw.announcement.t0)
        err = directory_why(dir, ERR_STATE,
                          "封存时间已过。请用 void --cause freeze-late 作废，"
                          "再重新公告本批次");
    if (err == OK) err = is_kept(&kept, dir, number);
    if (err == OK && kept && custody->is_trial)
        err = directory_why(dir, ERR_STATE,
                            "第 %llu 号的名单早已封存在本机，不能再试",
                            (unsigned long long)number);
    if (err == OK) err = can_reveal(dir, &draw);
    if (err == OK && !kept) err = prepare(custody, dir, &draw);
    if (err == OK && !custody->is_trial) err = append(custody, dir, &draw);
    draw_release(&draw);
    return err;
}
