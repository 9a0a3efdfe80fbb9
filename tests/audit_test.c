/* audit_test — a good log passes, and each way to be bad has its rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cli/audit_data.h"
#include "tests/audit_fixture.h"

#define BY2 "\"" HEX_A "\",\"" HEX_B "\""
#define HEX_A "1111111111111111111111111111111111111111111111111111111111111111"
#define HEX_B "2222222222222222222222222222222222222222222222222222222222222222"

/* A log in memory: entries as they are, and all that follows from them. */
struct served {
    struct directory *dir;
    struct audit_source good;
    char *entries[ENTRIES_MAX];
    size_t count;
    bool lacks_files;
    const char *spoiled; /* a path, one byte of which is changed */
};

/* ---- what is served ------------------------------------------------------ */

static void sign(struct writer *w, const struct served *log, uint64_t size)
{
    struct merkle_tree tree;
    struct note_key key;
    uint8_t signature[64];
    merkle_begin(&tree);
    for (size_t i = 0; i < size; i++)
        merkle_push(&tree, merkle_leaf(bytes_text(log->entries[i])));
    struct checkpoint checkpoint = {
        .origin = bytes_text(log->dir->log.origin),
        .head = { size, merkle_tree_root(&tree) }
    };
    checkpoint_write(w, &checkpoint);
    keyring_sign(signature, &log->dir->keyring, writer_bytes(w));
    writer_text(w, "\n");
    assert_int_equal(log_key(&key, &log->dir->log), OK);
    assert_int_equal(
        note_line_write(w, &key, bytes_of(signature, sizeof signature)), OK);
}

static void write_tile(struct writer *w, const struct served *log,
                       struct tile tile)
{
    for (size_t i = 0; i < tile.width; i++) {
        struct bytes text = bytes_text(log->entries[i]);
        struct hash leaf = merkle_leaf(text);
        if (tile.is_entries) assert_int_equal(tile_entry_write(w, text), OK);
        else writer_add(w, hash_bytes(&leaf));
    }
}

static enum err serve(struct bytes *body, void *context, const char *path)
{
    const struct served *log = context;
    struct bytes whole = bytes_text(path);
    struct tile tile;
    uint64_t size = log->count;
    if (bytes_starts(whole, "files/"))
        return log->lacks_files ? ERR_ABSENT
                                : log->good.read(body, log->good.context,
                                                 path);
    uint8_t *room = malloc(1 << 20);
    struct writer w = writer_into(room, 1 << 20);
    if (bytes_starts(whole, "heads/"))
        assert_int_equal(
            bytes_read_u64(&size, bytes_slice(whole, 6, whole.len), 99), OK);
    if (tile_read(&tile, whole) == OK) write_tile(&w, log, tile);
    else sign(&w, log, size);
    if (log->spoiled != NULL && strcmp(log->spoiled, path) == 0)
        room[w.len - 4] ^= 1;
    *body = writer_bytes(&w);
    return OK;
}

static enum err next_head(uint64_t *size, void *context, uint64_t after)
{
    const struct served *log = context;
    if (after >= log->count) return ERR_ABSENT;
    *size = after + 1;
    return OK;
}

/* ---- one case ------------------------------------------------------------ */

static struct served *begin(size_t count)
{
    static struct served log;
    static struct directory dir;
    assert_int_equal(directory_open(&dir, &options, DIRECTORY_SIGN), OK);
    log = (struct served){ .dir = &dir, .good = audit_data_source(&dir) };
    for (; log.count < count; log.count++)
        log.entries[log.count] = strdup(good[log.count]);
    return &log;
}

static void insert(struct served *log, size_t at, const char *text)
{
    for (size_t i = log->count++; i > at; i--)
        log->entries[i] = log->entries[i - 1];
    log->entries[at] = strdup(text);
}

/* Puts `to` for what stands behind the key until the next comma. */
static void set(struct served *log, size_t at, const char *key,
                const char *to)
{
    char *text = log->entries[at], *found = strstr(text, key);
    assert_non_null(found);
    char *rest = found + strlen(key);
    char *end = rest + strcspn(rest, ",}");
    size_t len = strlen(text) + strlen(to) + 1;
    char *made = malloc(len);
    snprintf(made, len, "%.*s%s%s", (int)(rest - text), text, to, end);
    free(text);
    log->entries[at] = made;
}

static void end(struct served *log, const char *now, const char *rule)
{
    char *text = NULL, mark[32];
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);
    struct audit_source source = { serve, next_head, log };
    struct audit_options asked = { .is_rehearsal = true };
    asked.has_now = now != NULL;
    if (now != NULL)
        assert_int_equal(clock_read(&asked.now, bytes_text(now)), OK);
    int exit = audit_run(to, &source, &asked);
    fclose(to);
    snprintf(mark, sizeof mark, "✗ %s ", rule == NULL ? "" : rule);
    bool is_found = strstr(text, rule == NULL ? "✗" : mark) != NULL;
    if (is_found != (rule != NULL)) print_message("%s", text);
    assert_int_equal(is_found, rule != NULL);
    assert_int_equal(exit, rule == NULL ? VERIFY_HOLDS : VERIFY_REFUTED);
    free(text);
    for (size_t i = 0; i < log->count; i++) free(log->entries[i]);
    directory_close(log->dir);
}

static void a_good_log_passes_at_every_stage(void **state)
{
    (void)state;
    for (size_t count = A + 1; count <= COUNT; count++)
        end(begin(count), NULL, NULL);
}

static void a_data_directory_passes(void **state)
{
    (void)state;
    assert_int_equal(call(cli_audit, (const char *const[]){
                                         "audit", home, "--rehearsal", NULL }),
                     0);
    assert_int_equal(
        call(cli_audit, (const char *const[]){ "audit", home, NULL }), 3);
}

static void save(const struct audit_source *source, const char *path)
{
    char whole[160];
    struct bytes body;
    snprintf(whole, sizeof whole, "%s/log/%s", folder, path);
    assert_int_equal(source->read(&body, source->context, path), OK);
    assert_int_equal(file_write(whole, body, 0600), OK);
    file_release(&body);
}

static void a_folder_passes(void **state)
{
    (void)state;
    static const char *const dirs[] = { "", "tile", "tile/0", "tile/0/000.p",
                                        "tile/entries",
                                        "tile/entries/000.p", "heads" };
    static const char *const paths[] = { "checkpoint", "tile/0/000.p/10",
                                         "tile/entries/000.p/10" };
    char path[160], files[160], policy[80] = "files/";
    for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
        snprintf(path, sizeof path, "%s/log/%s", folder, dirs[i]);
        assert_int_equal(file_make_dir(path), OK);
    }
    snprintf(files, sizeof files, "%s/files", home);
    snprintf(path, sizeof path, "%s/log/files", folder);
    assert_int_equal(symlink(files, path), 0);
    struct served *log = begin(COUNT);
    struct audit_source source = { serve, next_head, log };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        save(&source, paths[i]);
    for (size_t i = 1; i <= COUNT; i++) {
        snprintf(path, sizeof path, "heads/%zu", i);
        save(&source, path);
    }
    const char *hash = strstr(good[0], "\"policy\":\"") + 10;
    snprintf(policy, sizeof policy, "files/%.64s", hash);
    save(&source, policy);
    snprintf(path, sizeof path, "%s/log", folder);
    const char *const words[] = { "audit", path, "--rehearsal", NULL };
    assert_int_equal(call(cli_audit, words), 0);
    end(log, NULL, NULL);
}

static void a_second_announcement_is_found(void **state)
{
    (void)state;
    struct served *log = begin(COUNT);
    insert(log, A + 1, good[A]);
    end(log, NULL, "5.07");
}

static void a_slot_named_twice_is_found(void **state)
{
    (void)state;
    struct served *log = begin(COUNT);
    insert(log, A + 1, good[A]);
    set(log, A + 1, "\"draw\":", "2");
    end(log, NULL, "5.08");
}

static void an_ending_that_is_not_named_is_found(void **state)
{
    (void)state;
    struct served *log = begin(COUNT);
    insert(log, A + 1, good[A]);
    set(log, A + 1, "\"draw\":", "2");
    set(log, A + 1, "\"slot\":", "1");
    end(log, NULL, "5.09");
}

/* A void behind the last entry, by that entry's time or another. */
static void add_void(struct served *log, const char *cause, const char *time)
{
    char prev[65] = { 0 }, text[1024];
    const char *last = log->entries[log->count - 1];
    struct hash hash = hash_sha256(bytes_text(last));
    struct writer w = writer_into(prev, 64);
    writer_hex(&w, hash_bytes(&hash));
    snprintf(text, sizeof text,
             "{\"by\":[" BY2 "],\"cause\":\"%s\",\"draw\":1,"
             "\"head\":\"\",\"kind\":\"void\",\"prev\":\"%s\","
             "\"reason\":\"\",\"time\":%s}",
             cause, prev, time);
    insert(log, log->count, text);
}

static void a_void_before_its_time_is_found(void **state)
{
    (void)state;
    struct served *log = begin(A + 1);
    add_void(log, "freeze-late", "1803978000");
    end(log, NULL, "5.10");
    log = begin(D + 1);
    add_void(log, "reveal-late", "1803978120");
    end(log, NULL, "5.10");
}

static void a_true_void_passes(void **state)
{
    (void)state;
    struct served *log = begin(A + 1);
    add_void(log, "freeze-late", "1803978001");
    end(log, NULL, NULL);
    log = begin(F + 1);
    set(log, F, "\"time\":", "1803978001");
    add_void(log, "reveal-late", "1803978061");
    end(log, NULL, "5.16");
    log = begin(F + 1);
    add_void(log, "reveal-late", "1803978061");
    end(log, NULL, NULL);
}

static void a_late_freeze_is_found(void **state)
{
    (void)state;
    struct served *log = begin(F + 1);
    set(log, F, "\"time\":", "1805000000");
    end(log, NULL, "5.11");
}

static void a_draw_that_failed_is_found(void **state)
{
    (void)state;
    end(begin(A + 1), T1, "5.12");
}

static void a_gap_in_the_numbers_is_found(void **state)
{
    (void)state;
    struct served *log = begin(COUNT);
    for (size_t i = A; i < COUNT; i++) set(log, i, "\"draw\":", "2");
    end(log, NULL, "5.06");
}

static void a_draw_never_opened_is_found(void **state)
{
    (void)state;
    end(begin(D + 1), T4, NULL);
    end(begin(D + 1), "2027-04-01T09:00:01Z", "5.13");
}

static void an_annulment_before_the_opening_is_found(void **state)
{
    (void)state;
    char text[1024];
    struct served *log = begin(D + 1);
    const char *time = strstr(good[D], "\"time\":");
    snprintf(text, sizeof text,
             "{\"authority\":\"a\",\"by\":[" BY2 "],\"document\":\"d\","
             "\"draw\":1,\"kind\":\"annul\",\"prev\":\"" HEX_A "\","
             "\"sha256\":\"" HEX_A "\",%.*s}",
             (int)strcspn(time, ",}"), time);
    insert(log, D + 1, text);
    end(log, NULL, "5.14");
}

static void a_missing_file_is_found(void **state)
{
    (void)state;
    struct served *log = begin(COUNT);
    log->lacks_files = true;
    end(log, NULL, "5.15");
}

static void an_altered_byte_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *path, *rule;
    } cases[] = { { "tile/0/000.p/10", "5.02" },
                  { "tile/entries/000.p/10", "5.02" },
                  { "heads/7", "5.01" },
                  { "checkpoint", "5.01" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct served *log = begin(COUNT);
        log->spoiled = cases[i].path;
        end(log, NULL, cases[i].rule);
    }
}

static void time_that_runs_back_is_found(void **state)
{
    (void)state;
    struct served *log = begin(COUNT);
    set(log, F, "\"time\":", "1700000000");
    end(log, NULL, "5.05");
}

static void a_key_too_many_is_found(void **state)
{
    (void)state;
    struct served *log = begin(COUNT);
    set(log, OPENING, "\"time\":", "1803978120,\"zeal\":1");
    end(log, NULL, "5.03");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_log_passes_at_every_stage),
        cmocka_unit_test(a_data_directory_passes),
        cmocka_unit_test(a_second_announcement_is_found),
        cmocka_unit_test(a_slot_named_twice_is_found),
        cmocka_unit_test(an_ending_that_is_not_named_is_found),
        cmocka_unit_test(a_void_before_its_time_is_found),
        cmocka_unit_test(a_true_void_passes),
        cmocka_unit_test(a_folder_passes),
        cmocka_unit_test(a_late_freeze_is_found),
        cmocka_unit_test(a_draw_that_failed_is_found),
        cmocka_unit_test(a_gap_in_the_numbers_is_found),
        cmocka_unit_test(a_draw_never_opened_is_found),
        cmocka_unit_test(an_annulment_before_the_opening_is_found),
        cmocka_unit_test(a_missing_file_is_found),
        cmocka_unit_test(an_altered_byte_is_found),
        cmocka_unit_test(time_that_runs_back_is_found),
        cmocka_unit_test(a_key_too_many_is_found),
    };
    return cmocka_run_group_tests(tests, make_log, drop_log);
}
