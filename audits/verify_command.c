#include "audits/verify_command.h"

#include <stdio.h>

#include "audits/receipt.h"
#include "audits/verify.h"
#include "audits/verify_asked.h"
#include "audits/verify_verdict.h"
#include "host/clock.h"
#include "host/file.h"

#define RECEIPT_FILE_MAX ((size_t)65536) /* bytes */

struct request {
    struct verify_asked asked;
    const char *proof, *receipt, *wrong;
    struct verify_options options;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct request *request = state->input;
    struct verify_options *options = &request->options;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &request->asked; return 0;
    case 'R': request->receipt = arg; return 0;
    case 'a':
        options->has_at = true;
        if (clock_read(&options->at, bytes_text(arg)) != OK)
            request->wrong = "--at 须为 Unix 秒数或 RFC 3339 时间";
        return 0;
    case 's':
        options->has_signature = true;
        if (bytes_read_hex(options->signature, sizeof options->signature,
                           bytes_text(arg)) != OK)
            request->wrong = "--signature 须为 96 位小写十六进制数";
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
    { "at", 'a', "TIME", 0, "按这个时间判断是否已逾期未公开", 0 },
    { "signature", 's', "HEX96", 0, "抽取登记之前，用信标签名自行算出位置",
      0 },
    { "receipt", 'R', "FILE", 0, "再核对这张回执是不是这次抽取的", 0 },
    { 0 }
};

static const struct argp_child children[] = {
    { &verify_asked_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
    options, parse, "PROOF.json",
    "核验一次抽取的证明，不用联网。退出码：0 成立，1 不成立并说明哪一条，"
    "2 文件或参数不可用，3 只是演练或未经见证而没有说明接受。\v"
    "“-”表示从标准输入读。核验不读时钟：以经见证的最后时间为准。",
    children, NULL, NULL
};

static int refuse(const char *what, const char *name, const char *rule)
{
    fprintf(stdout, "暂不能核验：%s“%s”。\nrule %s\n", what, name, rule);
    return VERIFY_UNUSABLE;
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
        !receipt_print(stdout, verify_asked_trim(receipt), &v))
        exit = VERIFY_REFUTED;
    verify_end(&v);
    return exit;
}

static int read_and_run(struct request *request, struct bytes receipt)
{
    struct bytes proof = { 0 };
    enum err err = file_read(&proof, request->proof, VALUE_TEXT_MAX);
    if (err == ERR_LIMIT)
        return refuse("证明文件大于 512 MiB：", request->proof, "1.01");
    if (err != OK) return refuse("读不到证明文件：", request->proof, "0");
    int exit = run(request, proof, receipt);
    file_release(&proof);
    return exit;
}

int verify_command(int argc, char **argv)
{
    struct request request = { 0 };
    struct verify_asked *asked = &request.asked;
    struct bytes receipt = { 0 };
    const char *word;
    argp_err_exit_status = VERIFY_UNUSABLE;
    argp_parse(&argp, argc, argv, 0, NULL, &request);
    if (request.wrong != NULL) {
        fprintf(stdout, "暂不能核验：%s。\nrule 0\n", request.wrong);
        return VERIFY_UNUSABLE;
    }

    int exit;
    const char *wrong = verify_asked_read(asked, &word);
    if (wrong != NULL) exit = refuse(wrong, word, "0");
    else if (request.receipt != NULL &&
             (file_read(&receipt, request.receipt, RECEIPT_FILE_MAX) != OK ||
              receipt.len == 0))
        exit = refuse("--receipt 读不到这个文件：", request.receipt, "0");
    else {
        request.options.vkey = asked->vkey;
        request.options.policy = asked->policy;
        request.options.is_rehearsal = asked->is_rehearsal;
        request.options.is_unwitnessed = asked->is_unwitnessed;
        exit = read_and_run(&request, receipt);
    }
    file_release(&receipt);
    verify_asked_release(asked);
    return exit;
}
