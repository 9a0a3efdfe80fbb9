/* receipt — what a drawn firm checks its notice by, as text and as QR. */
#include "cli/cli.h"
#include "cli/common.h"
#include "format/qr.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MODULE_UM = 500,       /* still 0.4 mm where a printer shrinks it    */
    ONE_CODE_MAX = 1500,   /* bytes; a denser code is hard to photograph */
    PATH_MAX_LEN = 4096
};

static enum err write_code(const char *path, struct bytes text)
{
    uint8_t *room = malloc(QR_SVG_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, QR_SVG_MAX);
    enum err err = qr_svg(&w, text, MODULE_UM);
    if (err == OK && w.is_full) err = ERR_LIMIT;
    if (err == OK) err = file_write(path, writer_bytes(&w), 0600);
    free(room);
    return err;
}

/* Half of it, marked "1/2 " or "2/2 ", at `path` and a name beside it. */
static enum err write_half(const char *path, struct bytes text, unsigned half)
{
    uint8_t room[DRAW_RECEIPT_MAX + 8];
    char other[PATH_MAX_LEN];
    struct writer w = writer_into(room, sizeof room);
    size_t middle = (text.len + 1) / 2;
    writer_text(&w, half == 1 ? "1/2 " : "2/2 ");
    writer_add(&w, half == 1 ? bytes_slice(text, 0, middle)
                             : bytes_slice(text, middle, text.len - middle));
    int len = snprintf(other, sizeof other, "%s%s", path,
                       half == 1 ? "" : ".2.svg");
    if (len < 0 || (size_t)len >= sizeof other) return ERR_LIMIT;
    return write_code(other, writer_bytes(&w));
}

static enum err write_codes(const struct common *common, struct bytes text)
{
    uint8_t room[ONE_CODE_MAX];
    struct writer w = writer_into(room, sizeof room);
    if (common->page != NULL) {
        writer_text(&w, common->page);
        writer_text(&w, "#");
    }
    writer_add(&w, text);
    if (!w.is_full) return write_code(common->qr, writer_bytes(&w));
    enum err err = write_half(common->qr, text, 1);
    if (err == OK) err = write_half(common->qr, text, 2);
    if (err == OK)
        fprintf(stderr, "太长，分成两个二维码：%s 和 %s.2.svg。\n",
                common->qr, common->qr);
    return err;
}

static void explain(const struct draw_receipt *receipt, size_t len)
{
    fprintf(stderr,
            "%s的回执，%zu 个字符%s%s。只交给该对象本身：印成二维码放在"
            "通知书上，或连同证明交给它。\n"
            "核对：yaohao verify 证明.json --receipt 回执文件\n",
            receipt->is_reserve ? "递补对象" : "抽中对象", len,
            receipt->is_crew_later ? "；检查人员已换，以前的回执不再相符" : "",
            receipt->is_dropped ? "；注意：它已由递补替换" : "");
}

/* The text, and on standard error what it is and what to do with it. */
static enum err write_receipt(struct directory *dir, uint64_t number,
                              const struct common *common)
{
    char room[DRAW_RECEIPT_MAX + 1];
    struct draw_receipt receipt = {
        .text = writer_into(room, DRAW_RECEIPT_MAX)
    };
    enum err err = draw_receipt(&receipt, dir, number, common->place.words[2]);
    if (err != OK) return err;
    size_t len = writer_bytes(&receipt.text).len;
    if (common->qr != NULL)
        err = write_codes(common, writer_bytes(&receipt.text));
    writer_text(&receipt.text, "\n");
    struct bytes text = writer_bytes(&receipt.text);
    if (err == OK && common->output != NULL)
        err = file_write(common->output, text, 0600);
    else if (err == OK && common->qr == NULL &&
             fwrite(text.at, 1, text.len, stdout) != text.len)
        err = ERR_IO;
    if (err != OK)
        return directory_why(dir, err, "写不了回执，请检查磁盘和路径");
    explain(&receipt, len);
    return OK;
}

int cli_receipt(int argc, char **argv)
{
    static const struct common_step step = {
        { "oqp", "DIR NUMBER CODE",
          "写出抽中对象的回执：它凭回执核对自己的位置和检查人员。\v"
          "CODE：名录库里的代码。\n"
          "抽取（draw）之后就有；已登记的递补也有；检查人员换过的，"
          "写出的是最新的。\n"
          "没有抽中的和不存在的代码得到同样的回答。\n"
          "核对：yaohao verify 证明.json --receipt 回执文件\n"
          "--qr：二维码，SVG，每格 0.5 毫米，按原大印，不要缩小。\n"
          "--page：核对回执的网址；不写，二维码里只有回执本身。",
          3, 3 },
        write_receipt, COMMON_SILENT, false
    };
    return common_run(&step, argc, argv);
}
