#include "domain/directory_why.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/canon.h"
#include "core/policy.h"
#include "host/drand.h"
#include "host/terminal.h"

enum err directory_why(struct directory *dir, enum err err, const char *format,
                       ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(dir->why, sizeof dir->why, format, args);
    va_end(args);
    return err;
}

enum err directory_override(struct directory *dir,
                            const struct directory_options *options)
{
    dir->clock = clock_machine();
    dir->entropy = entropy_machine();
    if (options->now == NULL && options->entropy == NULL) return OK;
    if (!dir->is_rehearsal)
        return directory_why(dir, ERR_INPUT,
                             "--now 和 --entropy 只能用于演练目录");

    if (options->now != NULL) {
        uint64_t time = 0;
        if (clock_read(&time, bytes_text(options->now)) != OK)
            return directory_why(dir, ERR_INPUT,
                                 "--now 要写成 2026-01-31T09:30:00+08:00");
        dir->clock = clock_virtual(time);
    }
    if (options->entropy != NULL) {
        uint8_t seed[32];
        if (bytes_read_hex(seed, sizeof seed, bytes_text(options->entropy)) !=
            OK)
            return directory_why(dir, ERR_INPUT,
                                 "--entropy 要 64 位小写十六进制");
        dir->entropy = entropy_fixed(seed);
    }
    return OK;
}

enum err directory_passphrase(uint8_t **room, struct bytes *text,
                              struct directory *dir,
                              const struct directory_options *options,
                              bool is_new)
{
    *room = NULL;
    *text = (struct bytes){ NULL, 0 };
    if (dir->is_rehearsal && options->passphrase_file == NULL) return OK;

    *room = crypto_secret(TERMINAL_LINE_MAX);
    if (*room == NULL) return ERR_MEMORY;
    const struct terminal_wish wish = { .file = options->passphrase_file,
                                        .prompt = "口令：",
                                        .is_new = is_new };
    size_t len = 0;
    enum err err = terminal_passphrase(*room, &len, &wish);
    *text = bytes_of(*room, len);
    if (err == OK) return OK;
    return directory_why(dir, err,
                         "读不到口令（%s）：用 --passphrase-file FILE，"
                         "或在终端里运行后输入",
                         err_name(err));
}

enum err directory_guard_path(char to[FILE_PATH_MAX],
                              const struct directory *dir, const char *stored)
{
    if (stored[0] == '\0') return directory_path(to, dir, "guard.db");
    int len = snprintf(to, FILE_PATH_MAX, "%s", stored);
    return len > 0 && len < FILE_PATH_MAX ? OK : ERR_LIMIT;
}

static void write_beacon(struct canon *j, const struct directory *dir,
                         uint64_t genesis)
{
    uint8_t key[DRAND_KEY_LEN];
    drand_public(key, keyring_beacon(&dir->keyring));
    canon_key(j, "beacon");
    canon_object(j);
    canon_member_u64(j, "genesis", genesis);
    canon_member_hex(j, "key", bytes_of(key, sizeof key));
    canon_member_u64(j, "period", 1);
    canon_object_end(j);
}

/* A pure function of what init stored, so that it can be made again. */
static enum err write_entry(struct writer *w, struct directory *dir)
{
    struct store_log_identity identity;
    enum err err = store_log_identity_read(&identity, dir->db);
    if (err != OK) return err;
    uint8_t room[POLICY_TEXT_MAX];
    struct writer policy = writer_into(room, sizeof room);
    err = store_log_policy_read(&policy, dir->db, NULL);
    if (err != OK) return err;

    const struct hash zeros = { { 0 } };
    struct canon j = canon_into(w);
    canon_object(&j);
    if (dir->is_rehearsal) write_beacon(&j, dir, identity.created);
    canon_member_u64(&j, "draw", 0);
    canon_member_u64(&j, "format", 1);
    canon_member_text(&j, "kind", "log");
    canon_member_text(&j, "mode", dir->is_rehearsal ? "rehearsal" : "official");
    canon_member_text(&j, "origin", identity.origin);
    canon_member_hash(&j, "policy", hash_sha256(writer_bytes(&policy)));
    canon_member_hash(&j, "prev", zeros);
    canon_member_u64(&j, "time", identity.created);
    canon_object_end(&j);
    return w->is_full ? ERR_FULL : OK;
}

enum err directory_first_entry(struct directory *dir)
{
    uint8_t room[2048];
    struct writer w = writer_into(room, sizeof room);
    enum err err = write_entry(&w, dir);
    if (err == OK) err = log_begin(&dir->log);
    if (err != OK) return err;
    uint64_t index = 0;
    err = log_append(&index, &dir->log, writer_bytes(&w));
    err = log_finish(&dir->log, err);
    return err == OK ? log_publish(&dir->log) : err;
}
