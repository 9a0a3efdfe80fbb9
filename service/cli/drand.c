/* drand — is this the beacon's signature of that round? */
#include "cli/cli.h"

#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "core/chain.h"
#include "host/drand.h"

#define ROUND_MAX UINT64_C(9007199254740991) /* 2^53 - 1 */

struct request {
    const char *chain;
    uint64_t round;
    uint8_t signature[DRAND_SIGNATURE_LEN];
    bool has_round, has_signature;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case 'c':
        if (strcmp(arg, "quicknet") != 0)
            argp_error(state, "不认识的信标“%s”，只支持 quicknet", arg);
        request->chain = arg;
        return 0;
    case 'r':
        if (bytes_read_u64(&request->round, bytes_text(arg), ROUND_MAX) !=
                OK ||
            request->round == 0)
            argp_error(state, "--round 须为 1 到 2^53-1 的整数");
        request->has_round = true;
        return 0;
    case 's':
        if (bytes_read_hex(request->signature, sizeof request->signature,
                           bytes_text(arg)) != OK)
            argp_error(state, "--signature 须为 96 位小写十六进制数");
        request->has_signature = true;
        return 0;
    case ARGP_KEY_END:
        if (request->chain == NULL || !request->has_round ||
            !request->has_signature)
            argp_error(state, "--chain、--round、--signature 都要给出");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "chain", 'c', "NAME", 0, "信标：quicknet", 0 },
    { "round", 'r', "R", 0, "第几轮，从 1 起", 0 },
    { "signature", 's', "HEX96", 0, "该轮的签名，96 位小写十六进制数", 0 },
    { 0 }
};

static const struct argp argp = {
    options, parse, NULL,
    "核对信标的一轮签名。退出码：0 真，1 假，2 输入不可用。\v"
    "签名可从任何转发站取得，例如 https://api.drand.sh/v2/beacons/quicknet/"
    "rounds/R；假的签名瞒不过这里。",
    NULL, NULL, NULL
};

int cli_drand(int argc, char **argv)
{
    struct request request = { 0 };
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    const struct chain *chain = chain_quicknet();
    enum err err = drand_verify(chain->key, request.round, request.signature);
    if (err == OK) {
        struct bytes signature =
            bytes_of(request.signature, sizeof request.signature);
        struct hash randomness = hash_sha256(signature);
        char hex[2 * sizeof randomness.b];
        struct writer w = writer_into(hex, sizeof hex);
        writer_hex(&w, hash_bytes(&randomness));
        printf("真：是 quicknet 第 %llu 轮的签名\nrandomness %.*s\n",
               (unsigned long long)request.round, (int)w.len, hex);
        return CLI_OK;
    }
    puts(err == ERR_FORMAT ? "假：这 48 个字节不是可用的曲线点" :
                             "假：不是这一轮的签名");
    return CLI_REFUSED;
}
