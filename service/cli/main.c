/* yaohao — which verb, and what help there is. */
#include "cli/cli.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/crypto.h"

struct subcommand {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
};

static const struct subcommand subcommands[] = {
    { "init", cli_init, "建立数据目录" },
    { "import", cli_import, "导入名录、人员、事项清单或计划，等待启用" },
    { "activate", cli_activate, "启用导入的名录或人员" },
    { "publish", cli_publish, "公布事项清单，或计划及其种子簿" },
    { "announce", cli_announce, "公告一次抽取" },
    { "freeze", cli_freeze, "封存名单" },
    { "reveal", cli_reveal, "揭示承诺过的随机数" },
    { "beacon", cli_beacon, "核验并存入信标" },
    { "draw", cli_draw, "由随机数推出抽取结果" },
    { "void", cli_void, "作废尚未抽出结果的抽取" },
    { "open", cli_open, "一次公开全部抽中的对象" },
    { "replace", cli_replace, "以递补替换已注销等的对象" },
    { "standin", cli_standin, "换下一名检查人员" },
    { "direct", cli_direct, "为空缺的席位直接委派" },
    { "annul", cli_annul, "依决定撤销已公开的抽取" },
    { "proof", cli_proof, "写出证明文件" },
    { "receipt", cli_receipt, "写出抽中对象的回执" },
    { "status", cli_status, "日志和抽取到了哪一步" },
    { "serve", cli_serve, "只读的网页接口" },
    { "export", cli_export, "把公开的一面写成静态文件" },
    { "cosign", cli_cosign, "存入见证方的签名" },
    { "backup", cli_backup, "备份数据库" },
    { "team", cli_team, "从种子派出人员（计算器）" },
    { "rehearse", cli_rehearse, "演练一次完整的抽取" },
    { "pick", cli_pick, "从种子算出抽中的位置（计算器）" },
    { "drand", cli_drand, "核对信标的一轮签名（计算器）" },
    { "verify", cli_verify, "核验一份证明" },
    { "audit", cli_audit, "审计整份日志" },
};

static const char usage[] =
    "用法：yaohao 子命令 [参数…]\n"
    "      yaohao 子命令 --help    看这个子命令怎么用\n"
    "\n"
    "摇号：随机抽查的抽取，任何人都可以核验。\n"
    "\n"
    "子命令：\n";

static void print_help(FILE *to)
{
    fputs(usage, to);
    for (size_t i = 0; i < sizeof subcommands / sizeof *subcommands; i++)
        fprintf(to, "  %-10s %s\n", subcommands[i].name, subcommands[i].help);
    fputs("\n退出码：0 成立或完成；1 不成立或被拒绝；2 用法或输入有误；\n"
          "        3 只是演练或未经见证，而没有说明接受；\n"
          "        4 日志已停止签名（隔离），见提示。\n",
          to);
}

/* argp's help and complaints then begin with "yaohao pick". */
static int run(const struct subcommand *subcommand, int argc, char **argv)
{
    char name[64];
    snprintf(name, sizeof name, "yaohao %s", subcommand->name);
    argv[0] = name;
    int exit = subcommand->run(argc, argv);
    /* An answer that did not arrive whole is none. */
    if (fflush(stdout) == 0 && !ferror(stdout)) return exit;
    fputs("输出没有写完：磁盘已满，或读的一方已关闭。\n", stderr);
    return exit == CLI_OK ? CLI_USAGE : exit; /* 1 would say: refuted */
}

int main(int argc, char **argv)
{
    argp_err_exit_status = CLI_USAGE;
    /* argp breaks lines by bytes; a Chinese letter has three of them. */
    setenv("ARGP_HELP_FMT", "rmargin=110,no-dup-args-note", 0);
    if (crypto_begin() != OK) {
        fputs("取不到系统的随机数，不能继续。请检查 /dev/urandom。\n", stderr);
        return CLI_REFUSED;
    }
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return CLI_OK;
    }
    for (size_t i = 0; i < sizeof subcommands / sizeof *subcommands; i++)
        if (strcmp(argv[1], subcommands[i].name) == 0)
            return run(&subcommands[i], argc - 1, argv + 1);
    fprintf(stderr, "没有“%s”这个子命令。运行 yaohao --help 看全部。\n",
            argv[1]);
    return CLI_USAGE;
}
