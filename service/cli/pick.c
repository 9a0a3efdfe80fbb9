/* pick — a stratum's seed in, positions out: a calculator for strangers. */
#include "cli/cli.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/pick.h"

#define POSITION_MAX 20 /* digits and newline of a position below 2^53 */

struct request {
    struct hash seed;
    uint64_t count, take;
    bool has_seed, has_count, has_take;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case 's':
        if (hash_read_hex(&request->seed, bytes_text(arg)) != OK)
            argp_error(state, "--seed 须为 64 位小写十六进制数");
        request->has_seed = true;
        return 0;
    case 'n':
        if (bytes_read_u64(&request->count, bytes_text(arg), PICK_COUNT_MAX) !=
            OK)
            argp_error(state, "--count 须为 0 到 2^53-1 的整数");
        request->has_count = true;
        return 0;
    case 'k':
        if (bytes_read_u64(&request->take, bytes_text(arg), PICK_COUNT_MAX) !=
            OK)
            argp_error(state, "--take 须为 0 到 2^53-1 的整数");
        request->has_take = true;
        return 0;
    case ARGP_KEY_END:
        if (!request->has_seed || !request->has_count || !request->has_take)
            argp_error(state, "--seed、--count、--take 都要给出");
        if (request->take > request->count)
            argp_error(state, "--take 不能大于 --count");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "seed", 's', "HEX64", 0, "层种子，64 位小写十六进制数", 0 },
    { "count", 'n', "N", 0, "名单中的行数", 0 },
    { "take", 'k', "K", 0, "抽取的个数，不大于 N", 0 },
    { 0 }
};

static const struct argp argp = {
    options, parse, NULL,
    "按层种子从 0…N-1 中抽出 K 个位置，每行一个，按抽出的次序。\v"
    "例：yaohao pick --seed $(printf '0%.0s' $(seq 64)) --count 10 --take 3",
    NULL, NULL, NULL
};

/* One write for many positions: a call a line costs more than the draw. */
static bool print_all(struct pick *pick, uint64_t take)
{
    static char room[1 << 16];
    enum err err = OK;
    while (take > 0 && err == OK) {
        struct writer w = writer_into(room, sizeof room);
        for (; take > 0 && sizeof room - w.len >= POSITION_MAX; take--) {
            uint64_t position = 0;
            err = pick_next(&position, pick);
            if (err != OK) break;
            writer_u64(&w, position);
            writer_byte(&w, '\n');
        }
        if (fwrite(w.at, 1, w.len, stdout) != w.len) return false;
    }
    return err == OK && fflush(stdout) == 0;
}

int cli_pick(int argc, char **argv)
{
    struct request request = { 0 };
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    size_t slot_count = pick_slots(request.take);
    struct pick_slot *slots = calloc(slot_count, sizeof *slots);
    struct pick pick;
    int result = CLI_REFUSED;
    if (slots == NULL) {
        fputs("内存不足：请减小 --take。\n", stderr);
        return CLI_REFUSED;
    }
    if (pick_begin(&pick, &request.seed, request.count, slots, slot_count) ==
            OK &&
        print_all(&pick, request.take))
        result = CLI_OK;
    else
        fputs("写不出结果：请检查输出的去处。\n", stderr);
    free(slots);
    return result;
}
