/* serve — answers readers over HTTP until it is told to stop. */
#include "cli/cli.h"

#include <argp.h>
#include <signal.h>
#include <stdio.h>

#include "cli/place.h"
#include "http/mhd.h"
#include "http/page_site.h"
#include "http/server.h"

struct serve {
    struct place place; /* first: place_argp's input */
    const char *listen;
};

static error_t parse(int key, char *word, struct argp_state *state)
{
    struct serve *serve = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = &serve->place;
        return 0;
    }
    if (key == 'l') serve->listen = word;
    else if (key == 'p') serve->place.options.public_address = word;
    else return ARGP_ERR_UNKNOWN;
    if (key == 'p' && !page_site_is_address(bytes_text(word)))
        argp_error(state, "“%s”不是网址，例如 https://draw.example.gov.cn",
                   word);
    return 0;
}

static const struct argp_option options[] = {
    { "listen", 'l', "ADDR:PORT", 0, "默认 127.0.0.1:8686", 0 },
    { "public-address", 'p', "URL", 0,
      "对外的唯一网址，写进二维码和订阅，例如 https://draw.example.gov.cn",
      0 },
    { 0 }
};
static const struct argp_child children[] = { { &place_argp, 0, NULL, 0 },
                                              { 0 } };
static const struct argp argp = {
    options, parse, "DIR",
    "只读的网页接口：日志、清单、计划、抽取和证明。按 Ctrl-C 结束。",
    children, NULL, NULL
};

int cli_serve(int argc, char **argv)
{
    struct serve serve = { .place.word_min = 1, .listen = "127.0.0.1:8686" };
    struct directory dir;
    struct server *server = NULL;
    sigset_t ends;
    argp_parse(&argp, argc, argv, 0, NULL, &serve);
    /* Opened once for what there is to say about it. */
    int exit = place_open(&dir, &serve.place, DIRECTORY_READ);
    if (exit != CLI_OK) return exit;
    directory_close(&dir);
    if (!mhd_is_there()) {
        fputs("找不到 " MHD_LIBRARY "：请安装 libmicrohttpd12 后再试。\n",
              stderr);
        return CLI_REFUSED;
    }
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    enum err err = server_start(&server, &serve.place.options, serve.listen);
    if (err == ERR_FORMAT) {
        fprintf(stderr,
                "“%s”不是 地址:端口，例如 127.0.0.1:8686 或 [::1]:8686。\n",
                serve.listen);
        return CLI_USAGE;
    }
    if (err != OK) {
        fprintf(stderr, "不能在 %s 上监听（%s）：请换一个端口。\n",
                serve.listen, err_name(err));
        return CLI_REFUSED;
    }
    printf("ready http://%s\n", serve.listen);
    fflush(stdout);
    sigwait(&ends, &(int){ 0 });
    server_stop(server);
    return CLI_OK;
}
