/*
 * peer — the C side of the tests of agreement, one process for many
 * questions.  A question is a line, its last word the length of the bytes
 * behind it; the answer is one line.
 *
 *     verify LEN          exit and rule of a proof (--rehearsal)
 *     without RULE LEN    the same where RULE is asked but not heeded
 *     flip AT BIT LEN     the same with one bit of the proof turned; with
 *                         LEN 0 of the proof before
 *     draw LEN            seeds, counts and picks of a draw, from JSON
 *     team SEED LEN       the answer to a problem, from JSON
 *     drand ROUND LEN     what drand_verify says, from 48 bytes
 *
 * It holds a copy of the table of rules of its own, so that no other build
 * knows how to leave one out.
 */
// NOLINTNEXTLINE(bugprone-suspicious-include): its table of rules
#include "audits/verify.c"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/pick.h"
#include "core/rate.h"
#include "core/seed.h"
#include "format/json_read.h"
#include "format/team_answer.h"
#include "format/team_json.h"
#include "host/crypto.h"
#include "host/drand.h"

enum { WORD_MAX = 80, STRATA_MAX = 8, VALUES_MAX = 16 };

struct question {
    char verb[WORD_MAX], first[WORD_MAX], second[WORD_MAX];
    struct bytes body;
    uint8_t *room;
};

_Noreturn static void stop(const char *why)
{
    fprintf(stderr, "peer: %s\n", why);
    exit(2);
}

static void need(bool holds, const char *why)
{
    if (!holds) stop(why);
}

/* ---- proofs -------------------------------------------------------------- */

static void print_outcome(const struct verify *v)
{
    printf("%d %s\n", (int)v->exit, v->rule != NULL ? v->rule : "");
}

static void answer_verify(struct bytes proof)
{
    static const struct verify_options options = { .is_rehearsal = true };
    struct verify v;
    verify_run(&v, proof, &options);
    print_outcome(&v);
    verify_end(&v);
}

static void answer_without(const struct question *asked)
{
    struct verify v = { .file = asked->body,
                        .options = { .is_rehearsal = true } };
    bool is_known = false;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        bool is_left_out = strcmp(rules[i].number, asked->first) == 0;
        is_known = is_known || is_left_out;
        if (rules[i].holds(&v) || is_left_out) continue;
        bool is_outer = rules[i].number[0] == '1';
        refuse(&v, is_outer ? VERIFY_UNUSABLE : VERIFY_REFUTED,
               rules[i].number, rules[i].step);
        break;
    }
    need(is_known, "no such rule");
    print_outcome(&v);
    verify_end(&v);
}

/* The proof of the flips stays from one question to the next. */
static void answer_flip(const struct question *asked, struct bytes *kept)
{
    if (asked->body.len != 0) {
        free((void *)(uintptr_t)kept->at);
        uint8_t *copy = malloc(asked->body.len);
        need(copy != NULL, "memory");
        memcpy(copy, asked->body.at, asked->body.len);
        *kept = bytes_of(copy, asked->body.len);
    }
    size_t at = strtoul(asked->first, NULL, 10);
    unsigned bit = (unsigned)strtoul(asked->second, NULL, 10);
    need(at < kept->len && bit < 8, "no such bit");
    uint8_t *byte = (uint8_t *)(uintptr_t)&kept->at[at];
    *byte = (uint8_t)(*byte ^ (1U << bit));
    answer_verify(*kept);
    *byte = (uint8_t)(*byte ^ (1U << bit));
}

/* ---- draws --------------------------------------------------------------- */

static void print_hash(const struct hash *hash)
{
    for (size_t i = 0; i < sizeof hash->b; i++) printf("%02x", hash->b[i]);
}

static struct hash hash_at(const json_t *object, const char *key)
{
    struct hash hash;
    need(json_read_hash(&hash, json_read_member(object, key)) == OK, key);
    return hash;
}

static uint64_t number_at(const json_t *object, const char *key)
{
    uint64_t number = 0;
    need(json_read_u64(&number, json_read_member(object, key),
                       PICK_COUNT_MAX) == OK,
         key);
    return number;
}

static struct bytes string_at(const json_t *object, const char *key)
{
    struct bytes text;
    need(json_read_string(&text, json_read_member(object, key)) == OK, key);
    return text;
}

static struct hash contrib_of(const json_t *list)
{
    uint8_t room[VALUES_MAX][64];
    struct bytes values[VALUES_MAX];
    size_t count = 0;
    need(json_read_array(&count, list) == OK && count <= VALUES_MAX,
         "contributions");
    for (size_t i = 0; i < count; i++) {
        struct bytes hex;
        need(json_read_string(&hex, json_read_item(list, i)) == OK &&
                 hex.len / 2 <= sizeof room[i] &&
                 bytes_read_hex(room[i], hex.len / 2, hex) == OK,
             "contribution");
        values[i] = bytes_of(room[i], hex.len / 2);
    }
    return seed_contrib(values, count);
}

/* " k:positions" of one stratum. */
static void print_stratum(const struct hash *seed, const json_t *stratum)
{
    struct rate rate;
    need(rate_read(&rate, string_at(stratum, "take")) == OK, "take");
    uint64_t count = number_at(stratum, "N");
    uint64_t take = rate_take(&rate, count, number_at(stratum, "least") == 1);
    size_t slot_count = pick_slots(take);
    struct pick_slot *slots = calloc(slot_count, sizeof *slots);
    uint64_t *positions = calloc(take + 1, sizeof *positions);
    struct hash own = seed_stratum(seed, string_at(stratum, "name"));
    struct pick pick;
    need(slots != NULL && positions != NULL &&
             pick_begin(&pick, &own, count, slots, slot_count) == OK &&
             pick_take(positions, &pick, take) == OK,
         "pick");
    struct hash digest = pick_digest(positions, take);
    printf(" %llu:", (unsigned long long)take);
    print_hash(&digest);
    free(positions);
    free(slots);
}

static void answer_draw(struct bytes text)
{
    json_t *root = NULL;
    need(json_read_text(&root, text) == OK, "draw");
    uint8_t signature[DRAND_SIGNATURE_LEN];
    need(json_read_hex(signature, sizeof signature,
                       json_read_member(root, "signature")) == OK,
         "signature");
    struct seed_parts parts = {
        .announcement = hash_at(root, "announcement"),
        .freeze = hash_at(root, "freeze"),
        .secret = hash_at(root, "secret"),
        .contrib = contrib_of(json_read_member(root, "contributions")),
        .chain = hash_at(root, "chain"),
        .round = number_at(root, "round"),
        .signature = bytes_of(signature, sizeof signature),
    };
    struct hash seed = seed_make(&parts), team = seed_team(&seed);
    print_hash(&seed);
    printf(" ");
    print_hash(&team);
    const json_t *strata = json_read_member(root, "strata");
    size_t count = 0;
    need(json_read_array(&count, strata) == OK && count <= STRATA_MAX,
         "strata");
    for (size_t i = 0; i < count; i++)
        print_stratum(&seed, json_read_item(strata, i));
    printf("\n");
    json_decref(root);
}

/* ---- teams and beacons --------------------------------------------------- */

static void answer_team(const struct question *asked)
{
    char reason[TEAM_JSON_REASON_MAX];
    struct hash seed;
    struct team_json read;
    struct bytes answer = { 0 };
    need(hash_read_hex(&seed, bytes_text(asked->first)) == OK, "seed");
    need(team_json_read(&read, reason, asked->body) == OK, reason);
    need(team_answer_text(&answer, &read.problem, &seed) == OK, "team");
    printf("%.*s\n", (int)answer.len, (const char *)answer.at);
    free((void *)(uintptr_t)answer.at);
    team_json_release(&read);
}

static void answer_drand(const struct question *asked)
{
    static const struct {
        const char *hex;
    } quicknet = {
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
        "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
        "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    };
    uint8_t key[DRAND_KEY_LEN];
    need(bytes_read_hex(key, sizeof key, bytes_text(quicknet.hex)) == OK,
         "key");
    need(asked->body.len == DRAND_SIGNATURE_LEN, "signature");
    uint64_t round = strtoull(asked->first, NULL, 10);
    printf("%d\n", drand_verify(key, round, asked->body.at) == OK ? 0 : 1);
}

/* ---- the loop ------------------------------------------------------------ */

static bool read_question(struct question *asked)
{
    char line[4 * WORD_MAX], words[4][WORD_MAX] = { "", "", "", "" };
    if (fgets(line, sizeof line, stdin) == NULL) return false;
    int count = sscanf(line, "%79s %79s %79s %79s", words[0], words[1],
                       words[2], words[3]);
    need(count >= 2, "a question of one word");
    size_t len = strtoul(words[count - 1], NULL, 10);
    words[count - 1][0] = '\0';
    memcpy(asked->verb, words[0], WORD_MAX);
    memcpy(asked->first, words[1], WORD_MAX);
    memcpy(asked->second, words[2], WORD_MAX);
    asked->room = malloc(len + 1);
    need(asked->room != NULL, "memory");
    need(fread(asked->room, 1, len, stdin) == len, "bytes are missing");
    asked->body = bytes_of(asked->room, len);
    return true;
}

int main(void)
{
    struct question asked;
    struct bytes kept = { 0 };
    need(crypto_begin() == OK, "crypto");
    while (read_question(&asked)) {
        if (strcmp(asked.verb, "verify") == 0) answer_verify(asked.body);
        else if (strcmp(asked.verb, "without") == 0) answer_without(&asked);
        else if (strcmp(asked.verb, "flip") == 0) answer_flip(&asked, &kept);
        else if (strcmp(asked.verb, "draw") == 0) answer_draw(asked.body);
        else if (strcmp(asked.verb, "team") == 0) answer_team(&asked);
        else if (strcmp(asked.verb, "drand") == 0) answer_drand(&asked);
        else stop("no such question");
        fflush(stdout);
        free(asked.room);
    }
    free((void *)(uintptr_t)kept.at);
    return 0;
}
