/*
 * The steps from the reveal to the draw: what was promised is shown, public
 * randomness comes, and everything else follows from it.
 */
#include "domain/draw.h"

#include "core/digest.h"
#include "core/ed25519.h"
#include "domain/book.h"
#include "domain/reveal.h"
#include "domain/witness.h"
#include "format/json_read.h"
#include "host/drand.h"
#include "host/fault.h"

#include <stdio.h>
#include <stdlib.h>

/* Which entries must be there, and which must not. */
static enum err expect(struct directory *dir, const struct draw *draw,
                       enum draw_kind last, enum draw_kind next,
                       const char *step)
{
    const struct draw_entry *e = draw->entries;
    if (!e[DRAW_VOID].is_there && e[last].is_there && !e[next].is_there)
        return OK;
    return directory_why(dir, ERR_STATE, "第 %llu 号%s，现在不能%s",
                       (unsigned long long)draw->number, draw_stage(draw),
                       step);
}

/* F in time?  Without a quorum its own time says so. */
static enum err is_frozen_in_time(struct directory *dir,
                                  const struct draw *draw)
{
    const struct draw_entry *f = &draw->entries[DRAW_FREEZE];
    struct witness_answer answer;
    const struct witness_question question = {
        &draw->policy, draw->announcement.t0, f->index
    };
    if (draw->policy.quorum.who == POLICY_NONE)
        return f->time <= draw->announcement.t0 ? OK : ERR_STATE;
    enum err err = witness_on_time(&answer, dir->db, &question);
    if (err != ERR_ABSENT) return err;
    return directory_why(dir, ERR_STATE,
                       "封存还没有足够的见证人在 T0 前签名。"
                       "请先用 cosign 存入见证签名，或以 freeze-late 作废");
}

struct contributions {
    json_t *root;
    size_t count;
    uint8_t room[ANNOUNCEMENT_CONTRIBUTORS_MAX][64];
    struct entry_contribution at[ANNOUNCEMENT_CONTRIBUTORS_MAX];
};

static enum err read_contribution(struct contributions *c, size_t index,
                                  const struct draw *draw)
{
    const struct announcement *a = &draw->announcement;
    const json_t *one = json_read_item(c->root, index);
    struct entry_contribution *to = &c->at[index];
    struct bytes text;
    enum err err = json_read_string(&to->name, json_read_member(one, "name"));
    if (err == OK)
        err = json_read_hex(to->signature, 64,
                            json_read_member(one, "signature"));
    if (err == OK)
        err = json_read_string(&text, json_read_member(one, "value"));
    if (err != OK) return err;
    if (text.len == 0 || text.len > 128) return ERR_RANGE;
    err = json_read_hex(c->room[index], text.len / 2,
                        json_read_member(one, "value"));
    if (err != OK) return err;
    to->value = bytes_of(c->room[index], text.len / 2);

    struct hash signed_digest = digest_contribution(
        &draw->entries[DRAW_FREEZE].digest, to->name, to->value);
    bool is_named = index < a->contributor_count &&
                    bytes_equal(to->name, a->contributors[index].name);
    return is_named && ed25519_verify(to->signature,
                                      hash_bytes(&signed_digest),
                                      a->contributors[index].key)
               ? OK
               : ERR_SIGNATURE;
}

static enum err read_contributions(struct contributions *c,
                                   struct directory *dir,
                                   const struct draw *draw,
                                   struct bytes text)
{
    size_t wanted = draw->announcement.contributor_count;
    enum err err = OK;
    if (text.len != 0) err = json_read_text(&c->root, text);
    if (err == OK && text.len != 0) err = json_read_array(&c->count, c->root);
    if (err == OK && c->count != wanted) err = ERR_INPUT;
    for (size_t i = 0; i < c->count && err == OK; i++)
        err = read_contribution(c, i, draw);
    if (err == OK) return OK;
    return directory_why(dir, ERR_INPUT,
                       "公告列有 %zu 位随机数贡献人。"
                       "--contributions 须按公告的顺序"
                       "给出每一位的 name、value 和对本次封存的 signature",
                       wanted);
}

/* What is not whole is not logged: it could only end in a void. */
static enum err check_whole(struct directory *dir, const struct draw *draw,
                            const struct writer *text)
{
    enum reveal_state state = REVEAL_WHOLE;
    enum err err = reveal_judge(&state, dir, draw, writer_bytes(text));
    if (err != OK || state == REVEAL_WHOLE) return err;
    return directory_why(dir, ERR_PROOF,
                         "本机所存与公布的承诺不符，没有揭示。请核对是否"
                         "恢复过备份；不能更正时，T1 之后以 reveal-late 作废");
}

static enum err reveal(struct directory *dir, struct draw *draw,
                       struct bytes text)
{
    const struct announcement *a = &draw->announcement;
    const struct book_slot slot = { a->book, a->slot };
    struct contributions c = { 0 };
    struct draw_libraries libraries = { 0 };
    struct frozen frozen = { 0 };
    struct entry_reveal entry = { .contributions = c.at };
    uint8_t room[ENTRY_MAX];
    uint64_t index = 0;

    enum err err = read_contributions(&c, dir, draw, text);
    if (err == OK) err = book_secret(&entry.secret, dir, &slot);
    if (err == OK && a->is_open)
        err = draw_frozen(&frozen, &libraries, dir, draw);
    if (a->is_open) entry.frame_key = &frozen.input.keys.frame;
    entry.contribution_count = c.count;
    if (err == OK) {
        const struct entry_head head = { draw->number, log_time(&dir->log),
                                         draw->last };
        struct writer w = writer_into(room, sizeof room);
        entry_reveal(&w, &head, &entry);
        err = w.is_full ? ERR_LIMIT : check_whole(dir, draw, &w);
        if (err == OK) err = draw_append(&index, dir, writer_bytes(&w));
    }
    FAULT("reveal-done");
    crypto_wipe(&entry.secret, sizeof entry.secret);
    json_decref(c.root);
    frozen_release(&frozen);
    draw_libraries_release(&libraries);
    return err;
}

enum err draw_reveal(struct directory *dir, uint64_t number,
                     struct bytes contributions)
{
    struct draw draw;
    enum err err = draw_load(&draw, dir, number);
    if (err == OK)
        err = expect(dir, &draw, DRAW_FREEZE, DRAW_REVEAL, "揭示随机数");
    if (err == OK) err = is_frozen_in_time(dir, &draw);
    if (err == OK && log_time(&dir->log) > draw.announcement.t1)
        err = directory_why(dir, ERR_STATE,
                          "揭示时间已过。请用 void --cause reveal-late 作废，"
                          "再重新公告本批次");
    if (err == OK) err = reveal(dir, &draw, contributions);
    draw_release(&draw);
    return err;
}

static enum err beacon(struct directory *dir, struct draw *draw,
                       const uint8_t *signature)
{
    struct entry_beacon entry = { .is_test = draw->announcement.is_test,
                                  .round = draw->round };
    uint8_t room[2048];
    uint64_t index = 0;
    const uint8_t *secret = keyring_beacon(&dir->keyring);
    if (signature != NULL)
        bytes_copy(entry.signature, signature, sizeof entry.signature);
    else if (entry.is_test && secret != NULL)
        drand_sign(entry.signature, secret, draw->round);
    else
        return directory_why(dir, ERR_INPUT,
                           "请用 --signature 给出 quicknet 第 %llu 轮的签名",
                           (unsigned long long)draw->round);
    if (drand_verify(draw->chain.key, draw->round, entry.signature) != OK)
        return directory_why(dir, ERR_SIGNATURE,
                           "这不是信标第 %llu 轮的签名，没有存入",
                           (unsigned long long)draw->round);

    const struct entry_head head = { draw->number, log_time(&dir->log),
                                     draw->last };
    struct writer w = writer_into(room, sizeof room);
    entry_beacon(&w, &head, &entry);
    return w.is_full ? ERR_LIMIT : draw_append(&index, dir, writer_bytes(&w));
}

/* A V that is not whole gives no result. */
static enum err expect_whole(struct directory *dir, const struct draw *draw)
{
    enum reveal_state state = REVEAL_WHOLE;
    enum err err = reveal_judge(&state, dir, draw,
                                draw->entries[DRAW_REVEAL].text);
    if (err != OK || state == REVEAL_WHOLE) return err;
    if (state == REVEAL_MALFORMED)
        return directory_why(dir, ERR_STATE,
                             "第 %llu 号的揭示不成其形，抽取已失败",
                             (unsigned long long)draw->number);
    return directory_why(dir, ERR_STATE,
                         "第 %llu 号的揭示不完整，没有结果。"
                         "请用 void --cause %s 作废，再重新公告",
                         (unsigned long long)draw->number,
                         reveal_cause(state));
}

enum err draw_beacon(struct directory *dir, uint64_t number,
                     const uint8_t *signature)
{
    struct draw draw;
    enum err err = draw_load(&draw, dir, number);
    if (err == OK)
        err = expect(dir, &draw, DRAW_REVEAL, DRAW_BEACON, "存入信标");
    if (err == OK) err = expect_whole(dir, &draw);
    if (err == OK && clock_now(&dir->clock) < draw_round_time(&draw)) {
        char when[CLOCK_TEXT_MAX];
        clock_print_beijing(when, draw_round_time(&draw));
        err = directory_why(dir, ERR_STATE,
                          "信标第 %llu 轮在北京时间 %s 才有",
                          (unsigned long long)draw.round, when);
    }
    if (err == OK) err = beacon(dir, &draw, signature);
    draw_release(&draw);
    return err;
}

static enum err extract(struct directory *dir, struct draw *draw)
{
    struct draw_libraries libraries = { 0 };
    struct frozen frozen = { 0 };
    struct outcome outcome = { 0 };
    struct hash seed;
    uint64_t index = 0;
    uint8_t *room = malloc(ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;

    enum err err = draw_frozen(&frozen, &libraries, dir, draw);
    if (err == OK) err = draw_seed(&seed, draw);
    if (err == OK) err = outcome_make(&outcome, &frozen, &seed, 0);
    FAULT("draw-derived");
    if (err == OK) {
        const struct entry_head head = { draw->number, log_time(&dir->log),
                                         draw->last };
        struct writer w = writer_into(room, ENTRY_MAX);
        entry_draw(&w, &head, &outcome);
        err = w.is_full ? ERR_LIMIT
                        : draw_append(&index, dir, writer_bytes(&w));
    }
    free(room);
    outcome_release(&outcome);
    frozen_release(&frozen);
    draw_libraries_release(&libraries);
    return err;
}

enum err draw_draw(struct directory *dir, uint64_t number)
{
    struct draw draw;
    enum err err = draw_load(&draw, dir, number);
    if (err == OK)
        err = expect(dir, &draw, DRAW_BEACON, DRAW_DRAW, "抽取");
    if (err == OK) err = extract(dir, &draw);
    draw_release(&draw);
    return err;
}
