#include "audits/verify_command.h"

#include <argp.h>
#include <stdio.h>

#include "audits/receipt.h"
#include "audits/verify.h"
#include "audits/verify_verdict.h"
#include "host/clock.h"
#include "host/file.h"

#define PROOF_MAX ((size_t)64 << 20) /* bytes: rule 1.01 */
#define OPTION_MAX ((size_t)65536) /* bytes: a policy, a receipt */

struct request {
    const char *proof, *vkey, *policy, *receipt, *wrong;
    struct verify_options options;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    struct verify_options *options = &request->options;
    switch (key) {
    case 'k': request->vkey = arg; return 0;
    case 'p': request->policy = arg; return 0;
    case 'R': request->receipt = arg; return 0;
    case 'r': options->is_rehearsal = true; return 0;
    case 'u': options->is_unwitnessed = true; return 0;
    case 'a':
        options->has_at = true;
        if (clock_read(&options->at, bytes_text(arg)) != OK)
            request->wrong = "--at 须为 Unix 秒数或 RFC 3339 时间：";
        return 0;
    case 's':
        options->has_signature = true;
        if (bytes_read_hex(options->signature, sizeof options->signature,
                           bytes_text(arg)) != OK)
            request->wrong = "--signature 须为 96 位小写十六进制数：";
        return 0;
    case ARGP_KEY_ARG:
        if (request->proof != NULL) argp_error(state, "只能给一个证明文件");
        request->proof = arg;
        return 0;
    case ARGP_KEY_END:
        if (request->proof == NULL) argp_error(state, "请给出证明文件");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "vkey", 'k', "KEY|FILE", 0, "日志公钥（从别处得到的），或存有它的文件",
      0 },
    { "policy", 'p', "FILE", 0, "另按这份见证规则核验", 0 },
    { "rehearsal", 'r', NULL, 0, "要核验的就是演练", 0 },
    { "unwitnessed", 'u', NULL, 0, "接受没有见证人的日志", 0 },
    { "at", 'a', "TIME", 0, "按这个时间判断是否已逾期未公开", 0 },
    { "signature", 's', "HEX96", 0, "抽取登记之前，用信标签名自行算出位置",
      0 },
    { "receipt", 'R', "FILE", 0, "再核对这张回执是不是这次抽查的", 0 },
    { 0 }
};

static const struct argp argp = {
    options, parse, "PROOF.json",
    "核验一次抽查的证明，不用联网。退出码：0 成立，1 不成立并说明哪一条，"
    "2 文件或参数不可用，3 只是演练或未经见证而没有说明接受。\v"
    "“-”表示从标准输入读。核验不读时钟：以经见证的最后时间为准。",
    NULL, NULL, NULL
};

/* The first line of `text` where nothing else but line ends follows. */
static struct bytes trim(struct bytes text)
{
    while (text.len > 0 && (text.at[text.len - 1] == '\n' ||
                            text.at[text.len - 1] == '\r'))
        text.len--;
    return text;
}

static int refuse(const char *what, const char *name, const char *rule)
{
    fprintf(stdout, "暂不能核验：%s“%s”。\nrule %s\n", what, name, rule);
    return VERIFY_UNUSABLE;
}

static bool is_vkey(const char *text)
{
    struct note_key key;
    return note_key_read(&key, bytes_text(text)) == OK;
}

/* A receipt is looked at only beside a proof that holds. */
static int run(struct request *request, struct bytes proof,
               struct bytes receipt)
{
    struct verify v;
    verify_run(&v, proof, &request->options);
    verify_verdict_print(stdout, &v);
    int exit = (int)v.exit;
    if (receipt.len != 0 && v.rule == NULL &&
        !receipt_print(stdout, trim(receipt), &v))
        exit = VERIFY_REFUTED;
    verify_end(&v);
    return exit;
}

/* An option's file; nothing where the option is absent. */
static bool read_option(struct bytes *whole, const char *path)
{
    return path == NULL ||
           (file_read(whole, path, OPTION_MAX) == OK && whole->len != 0);
}

int verify_command(int argc, char **argv)
{
    struct request request = { 0 };
    struct bytes vkey = { 0 }, policy = { 0 }, proof = { 0 };
    struct bytes receipt = { 0 };
    int exit = VERIFY_UNUSABLE;
    argp_err_exit_status = VERIFY_UNUSABLE;
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    if (request.wrong != NULL) return refuse(request.wrong, "见 --help", "0");
    bool is_key = request.vkey != NULL && is_vkey(request.vkey);
    if (!read_option(&vkey, is_key ? NULL : request.vkey)) {
        exit = refuse("--vkey 既不是公钥，也不是可读的文件：", request.vkey,
                      "0");
        goto done;
    }
    request.options.vkey = is_key ? bytes_text(request.vkey) : trim(vkey);
    if (!read_option(&policy, request.policy)) {
        exit = refuse("--policy 读不到这个文件：", request.policy, "0");
        goto done;
    }
    request.options.policy = policy;
    if (!read_option(&receipt, request.receipt)) {
        exit = refuse("--receipt 读不到这个文件：", request.receipt, "0");
        goto done;
    }

    enum err err = file_read(&proof, request.proof, PROOF_MAX);
    if (err == ERR_LIMIT)
        exit = refuse("证明文件大于 64 MiB：", request.proof, "1.01");
    else if (err != OK)
        exit = refuse("读不到证明文件：", request.proof, "0");
    else
        exit = run(&request, proof, receipt);
done:
    file_release(&proof);
    file_release(&receipt);
    file_release(&policy);
    file_release(&vkey);
    return exit;
}
