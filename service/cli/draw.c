/* The verbs of one draw, from the announcement to its proof. */
#include "cli/cli.h"
#include "cli/common.h"
#include "cli/next.h"
#include "domain/proof_size.h"
#include "domain/publish.h"
#include "host/drand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_file(struct bytes *text, const char *path)
{
    if (file_read(text, path, (size_t)64 << 20) == OK) return true;
    fprintf(stderr, "yaohao: 读不到文件“%s”。\n", path);
    return false;
}

/* While something can still be done about it. */
static void warn_of_size(uint64_t bytes, const char *list)
{
    if (bytes < PROOF_SIZE_NEAR) return;
    fprintf(stderr,
            "注意：%s，公开以后的证明约 %llu MiB，上限是 512 MiB"
            "（FORMAT 8）；超过的%s。\n"
            "  办法：调整计划，把批次分成几次抽取。\n",
            list, (unsigned long long)(bytes >> 20),
            bytes > PROOF_MAX ? "不能封存" : "无法核验");
}

/* While the draw can still be declared void. */
static void warn_of_risk(struct directory *dir, uint64_t number)
{
    bool is_told = false;
    if (draw_tells_risk(&is_told, dir, number) != OK || !is_told) return;
    fputs("注意：层名就是名录里的风险等级。公开的名单写明每一户在哪一层，"
          "也就公开了它的等级。\n"
          "  办法：计划里的分层另取名称（如“甲层”），公告的每一层再写 "
          "value，即名录里的等级；value 不公布。\n",
          stderr);
}

int cli_announce(int argc, char **argv)
{
    static const struct common_verb verb = {
        "", "DIR A.json",
        "公告一次抽取，打印它的编号。\v"
        "A.json 的各键见 audits/FORMAT.md 第 12 节，必须有 batch、strata、"
        "t0、t1、t4。计划里的批次只公告一次；作废或撤销之后才能再公告。\n"
        "例：{\"batch\":\"2027-01\",\"strata\":[{\"class\":\"public\","
        "\"least\":1,\"name\":\"全部\",\"take\":\"3%\"}],"
        "\"t0\":\"2027-04-12T10:00:00+08:00\","
        "\"t1\":\"2027-04-12T10:05:00+08:00\","
        "\"t4\":\"2027-06-30T00:00:00+08:00\"}",
        2, 2
    };
    struct common common;
    struct directory dir;
    struct bytes input;
    uint64_t number = 0;
    common_parse(&common, &verb, argc, argv);
    if (!read_file(&input, common.place.words[1])) return CLI_USAGE;
    int exit = place_open(&dir, &common.place, DIRECTORY_SIGN);
    if (exit == CLI_OK) {
        enum err err = draw_announce(&number, &dir, input);
        uint64_t bytes = 0;
        if (err == OK) {
            printf("%llu\n", (unsigned long long)number);
            fflush(stdout);
            next_done(&dir, number);
            if (proof_size_announced(&bytes, &dir, number) == OK)
                warn_of_size(bytes, "按现行的检查对象名录");
            warn_of_risk(&dir, number);
        } else exit = place_fail(&dir, err);
        directory_close(&dir);
    }
    file_release(&input);
    return exit;
}

/* What a person should know before the lists can no longer change. */
static void print_outlook(const struct feasible *f)
{
    if (f->recused_rows != 0)
        fprintf(stderr, "回避：%llu 户有须回避的人员。\n",
                (unsigned long long)f->recused_rows);
    if (f->is_sure) {
        fputs("人员：怎样抽都派得满。\n", stderr);
        return;
    }
    fputs("注意：可能有空缺的席位，只能直接委派（指定，非随机）。\n", stderr);
    if (f->short_rows != 0)
        fprintf(stderr,
                "  %llu 户单独抽中也派不满，例如区划“%s”的“%s”人员不够。\n",
                (unsigned long long)f->short_rows, f->district,
                f->department);
    if (f->trials != 0)
        fprintf(stderr, "  试抽 %u 次，%u 次有空缺。\n",
                (unsigned)f->trials, (unsigned)f->failed);
    fputs("  办法：补充人员，提高年度任务上限，减少数量，或改在以后抽取。\n",
          stderr);
}

static enum err freeze(struct directory *dir, uint64_t number,
                       const struct common *common)
{
    uint8_t signature[64];
    struct draw_custody custody = { .is_trial = common->is_trial };
    if (common->custody != NULL) {
        if (bytes_read_hex(signature, sizeof signature,
                           bytes_text(common->custody)) != OK)
            return directory_why(dir, ERR_INPUT,
                               "--custody 须是 128 位十六进制数字");
        custody.signature = signature;
    }
    enum err err = draw_freeze(&custody, dir, number);
    if (err == OK && custody.has_outlook) {
        print_outlook(&custody.outlook);
        warn_of_size(custody.proof_bytes, "抽中的很多");
    }
    if (err == OK && custody.is_trial) return OK;
    if (err == OK && custody.is_waiting) {
        for (size_t i = 0; i < 32; i++) printf("%02x", custody.digest.b[i]);
        printf("\n");
        fflush(stdout);
        fprintf(stderr,
                "名单已封存在本机，尚未入日志。\n"
                "下一步：请托管人核对后对上面 32 字节签名（Ed25519），再\n"
                "    yaohao freeze %s %llu --custody HEX128\n",
                dir->path, (unsigned long long)number);
    } else if (err == OK) next_done(dir, number);
    return err;
}

int cli_freeze(int argc, char **argv)
{
    static const struct common_step step = {
        { "cT", "DIR NUMBER",
          "封存名单。之后不能更改。\v"
          "先用 --trial 看人员够不够：什么也不存，改了名录可以再试。\n"
          "用现行的检查对象、检查人员和回避名单，须在 T0 之前。公告有托管人的，"
          "先不带 --custody 运行一次，打印托管人要签的 32 字节，不入日志。",
          2, 2 },
        freeze, COMMON_SILENT, false
    };
    return common_run(&step, argc, argv);
}

static enum err reveal(struct directory *dir, uint64_t number,
                       const struct common *common)
{
    struct bytes text = { NULL, 0 };
    if (common->contributions != NULL &&
        !read_file(&text, common->contributions))
        return directory_why(dir, ERR_INPUT, "没有揭示任何内容");
    enum err err = draw_reveal(dir, number, text);
    if (text.at != NULL) file_release(&text);
    return err;
}

int cli_reveal(int argc, char **argv)
{
    static const struct common_step step = {
        { "v", "DIR NUMBER",
          "揭示种子簿中承诺的随机数。\v"
          "须在 T1 之前；有见证规则的，封存须先得到见证。公告有贡献人的，"
          "FILE 是 JSON 数组，每位一个 "
          "{\"name\":…,\"signature\":…,\"value\":…}，次序同公告。\n"
          "发现公告或名单有误，不要揭示：T1 之后以 reveal-late 作废。",
          2, 2 },
        reveal, COMMON_STAGE, false
    };
    return common_run(&step, argc, argv);
}

static enum err wait_for_round(struct directory *dir, uint64_t number)
{
    struct draw draw;
    enum err err = draw_load(&draw, dir, number);
    if (err == OK) clock_wait(&dir->clock, draw_round_time(&draw));
    draw_release(&draw);
    return err;
}

static enum err beacon(struct directory *dir, uint64_t number,
                       const struct common *common)
{
    uint8_t signature[DRAND_SIGNATURE_LEN];
    bool has = common->signature != NULL;
    if (has && bytes_read_hex(signature, sizeof signature,
                              bytes_text(common->signature)) != OK)
        return directory_why(dir, ERR_INPUT,
                           "--signature 须是 96 位十六进制数字");
    enum err err = common->waits ? wait_for_round(dir, number) : OK;
    return err != OK ? err
                     : draw_beacon(dir, number, has ? signature : NULL);
}

int cli_beacon(int argc, char **argv)
{
    static const struct common_step step = {
        { "sw", "DIR NUMBER",
          "核验并存入信标的签名。\v"
          "哪一轮由公告定下，status 可看；签名从任一 drand 中继取得，"
          "不是那一轮的真签名就不存。演练用本机的测试信标，--wait 等到时间。",
          2, 2 },
        beacon, COMMON_STAGE, false
    };
    return common_run(&step, argc, argv);
}

static enum err extract(struct directory *dir, uint64_t number,
                        const struct common *common)
{
    (void)common;
    return draw_draw(dir, number);
}

int cli_draw(int argc, char **argv)
{
    static const struct common_step step = {
        { "", "DIR NUMBER",
          "由已定的随机数推出抽取结果。\v"
          "结果早已确定，此步只是算出并登记，何时运行都一样。",
          2, 2 },
        extract, COMMON_STAGE, false
    };
    return common_run(&step, argc, argv);
}

static enum err make_void(struct directory *dir, uint64_t number,
                          const struct common *common)
{
    if (common->cause == NULL || common->reason == NULL)
        return directory_why(dir, ERR_INPUT, "须写明 --cause 和 --reason");
    return draw_void(dir, number, common->cause, common->reason, &common->by);
}

int cli_void(int argc, char **argv)
{
    static const struct common_step step = {
        { "krb", "DIR NUMBER", "作废一次尚未抽出结果的抽取。\v"
          "CAUSE 是下列之一，须与日志相符：\n"
          "  freeze-late          T0 已过，没有封存\n"
          "  reveal-late          T1 已过，没有揭示\n"
          "  does-not-open        揭示的随机数不是承诺的那个\n"
          "  contributor-missing  缺一位贡献人的随机数或签名\n"
          "揭示按时而完整的抽取永不作废。作废之后可以重新公告本批次。",
          2, 2 },
        make_void, COMMON_STAGE, true
    };
    return common_run(&step, argc, argv);
}

/* Nobody has to decide an opening: the roles may answer for it. */
static enum err open_all(struct directory *dir, uint64_t number,
                         const struct common *common)
{
    static const struct draw_persons roles = { { "组织者", "监督员" } };
    if (common->by_count == 0) return draw_open(dir, number, &roles);
    if (common->by_count == COMMON_BY_MAX)
        return draw_open(dir, number, &common->by);
    return directory_why(dir, ERR_INPUT, "须由两人负责：--by 甲 --by 乙");
}

int cli_open(int argc, char **argv)
{
    static const struct common_step step = {
        { "b", "DIR NUMBER",
          "一次公开全部抽中的对象。\v"
          "须在 T4 之前，不论检查与否、是否退出；递补和顶替一并公开。"
          "全部分层为公开的，名单密钥也公开。",
          2, 2 },
        open_all, COMMON_STAGE, false
    };
    return common_run(&step, argc, argv);
}

static enum err write_proof(struct directory *dir, uint64_t number,
                            const char *output)
{
    struct bytes text;
    enum err err = proof_make(&text, dir, number);
    if (err == ERR_LIMIT)
        return directory_why(dir, err,
                             "证明超过 512 MiB（FORMAT 8），没有写出");
    if (err != OK) return err;
    if (output != NULL) {
        err = file_write(output, text, 0644);
        if (err != OK)
            directory_why(dir, err, "不能写 %s（%s）：请检查目录、权限和磁盘",
                          output, err_name(err));
    } else if (fwrite(text.at, 1, text.len, stdout) != text.len) err = ERR_IO;
    free((void *)(uintptr_t)text.at);
    return err;
}

int cli_proof(int argc, char **argv)
{
    static const struct common_verb verb = {
        "o", "DIR NUMBER",
        "写出一次抽取的证明文件。\v"
        "公告之后任何时候都可以写出；不用口令。\n"
        "核验：yaohao verify FILE --vkey DIR/log.vkey",
        2, 2
    };
    struct common common;
    struct directory dir;
    common_parse(&common, &verb, argc, argv);
    uint64_t number = common_number(&common);
    if (number == 0) return CLI_USAGE;
    int exit = place_open(&dir, &common.place, DIRECTORY_READ);
    if (exit != CLI_OK) return exit;
    enum err err = write_proof(&dir, number, common.output);
    if (err != OK) exit = place_fail(&dir, err);
    directory_close(&dir);
    return exit;
}

int cli_publish(int argc, char **argv)
{
    static const struct common_verb verb = {
        "", "DIR items|plan",
        "公布事项清单，或计划及其种子簿。\v"
        "公布最近一次 import 的版本，次序是先 items 后 plan。再次公布的计划"
        "是调整，附一本补充种子簿。",
        2, 2
    };
    struct common common;
    struct directory dir;
    common_parse(&common, &verb, argc, argv);
    bool is_plan = strcmp(common.place.words[1], "plan") == 0;
    if (!is_plan && strcmp(common.place.words[1], "items") != 0) {
        fprintf(stderr, "yaohao: 只能公布 items 或 plan。\n");
        return CLI_USAGE;
    }
    int exit = place_open(&dir, &common.place, DIRECTORY_SIGN);
    if (exit != CLI_OK) return exit;
    enum err err = is_plan ? publish_plan(&dir, 0) : publish_items(&dir);
    if (err != OK) exit = place_fail(&dir, err);
    else
        fprintf(stderr, "日志第 %llu 条：%s。\n下一步：\n    yaohao %s %s%s\n",
                (unsigned long long)dir.log.published.size - 1,
                is_plan ? "计划和种子簿已公布" : "抽查事项清单已公布",
                is_plan ? "announce" : "import", dir.path,
                is_plan ? " A.json" : " plan 计划.csv");
    directory_close(&dir);
    return exit;
}
