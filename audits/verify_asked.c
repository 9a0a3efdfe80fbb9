#include "audits/verify_asked.h"

#include "core/policy.h"
#include "host/file.h"

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct verify_asked *asked = state->input;
    switch (key) {
    case 'k': asked->vkey_word = arg; return 0;
    case 'p': asked->policy_word = arg; return 0;
    case 'r': asked->is_rehearsal = true; return 0;
    case 'u': asked->is_unwitnessed = true; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    { "vkey", 'k', "KEY|FILE", 0, "日志公钥（从别处得到的），或存有它的文件",
      0 },
    { "policy", 'p', "FILE", 0, "另按这份见证规则核验", 0 },
    { "rehearsal", 'r', NULL, 0, "要核验的就是演练", 0 },
    { "unwitnessed", 'u', NULL, 0, "接受没有见证人的日志", 0 },
    { 0 }
};

const struct argp verify_asked_argp = { options, parse, NULL, NULL,
                                        NULL,    NULL,  NULL };

struct bytes verify_asked_trim(struct bytes text)
{
    while (text.len > 0 && (text.at[text.len - 1] == '\n' ||
                            text.at[text.len - 1] == '\r'))
        text.len--;
    return text;
}

static bool is_vkey(struct bytes text)
{
    struct note_key key;
    return note_key_read(&key, text) == OK;
}

/* The key itself, or a file of nothing else. */
static bool read_vkey(struct verify_asked *asked)
{
    if (asked->vkey_word == NULL) return true;
    asked->vkey = bytes_text(asked->vkey_word);
    if (is_vkey(asked->vkey)) return true;
    if (file_read(&asked->vkey_file, asked->vkey_word, POLICY_TEXT_MAX) != OK)
        return false;
    asked->vkey = verify_asked_trim(asked->vkey_file);
    return is_vkey(asked->vkey);
}

const char *verify_asked_read(struct verify_asked *asked, const char **word)
{
    *word = asked->vkey_word;
    if (!read_vkey(asked)) return "--vkey 既不是公钥，也不是存有它的文件：";
    *word = asked->policy_word;
    if (asked->policy_word != NULL &&
        (file_read(&asked->policy, asked->policy_word, POLICY_TEXT_MAX) !=
             OK ||
         asked->policy.len == 0))
        return "--policy 读不到这个文件：";
    return NULL;
}

void verify_asked_release(struct verify_asked *asked)
{
    file_release(&asked->vkey_file);
    file_release(&asked->policy);
}
