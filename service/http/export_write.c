/* export_write — files that change only where their contents did. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/clock.h"
#include "host/file.h"
#include "http/export.h"

enum { LIST_MAX = 1 << 28, LINE_MAX_LEN = 2200 };

static const char list_name[] = "sha256.txt", note_name[] = "delivery.txt";

static enum err place(char path[FILE_PATH_MAX], const struct export *e,
                      struct bytes name)
{
    int len = snprintf(path, FILE_PATH_MAX, "%s/%.*s", e->out, (int)name.len,
                       (const char *)name.at);
    return len < FILE_PATH_MAX ? OK : ERR_LIMIT;
}

static enum err refuse(struct export *e, const char *what, const char *path)
{
    snprintf(e->why, sizeof e->why, "%s：%.400s", what, path);
    return ERR_INPUT;
}

/* A directory of our own, never a link that leads elsewhere. */
static enum err make_dir(struct export *e, const char *path)
{
    struct stat status;
    if (mkdir(path, 0755) == 0) return OK;
    if (errno == ENOENT) return refuse(e, "上一级目录不存在，请先建", path);
    if (errno == EACCES) return refuse(e, "没有权限写这里", path);
    if (errno != EEXIST)
        return errno == ENOSPC || errno == EROFS ? ERR_DISK : ERR_IO;
    if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) return OK;
    return refuse(e, "这里要有一个目录，请移走", path);
}

static enum err make_dirs(struct export *e, char *path)
{
    size_t start = strlen(e->out);
    for (char *at = path + start + 1; *at != 0; at++) {
        if (*at != '/') continue;
        *at = 0;
        enum err err = make_dir(e, path);
        *at = '/';
        if (err != OK) return err;
    }
    return OK;
}

static int by_path(const void *a, const void *b)
{
    const struct export_file *x = a, *y = b;
    return bytes_compare(x->path, y->path);
}

static const struct export_file *find_before(const struct export *e,
                                             struct bytes path)
{
    const struct export_file wish = { .path = path };
    if (e->before_count == 0) return NULL;
    return bsearch(&wish, e->before, e->before_count, sizeof wish, by_path);
}

/* Is it safe below OUT?  The list may have been written by others. */
static bool is_below(struct bytes path)
{
    if (path.len == 0 || path.at[0] == '/') return false;
    for (size_t i = 0; i < path.len; i++) {
        struct bytes rest = bytes_slice(path, i, path.len);
        bool is_start = i == 0 || path.at[i - 1] == '/';
        if (is_start && (bytes_starts(rest, "../") ||
                         bytes_equal_text(rest, "..")))
            return false;
    }
    return true;
}

/* Lines as sha256sum writes them: 64 digits, two blanks, the path. */
static enum err read_list(struct export *e, struct bytes text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += text.at[i] == '\n';
    e->before = arena_take(&e->arena, count + 1, sizeof *e->before);
    text = arena_copy(&e->arena, text);
    if (e->arena.is_short) return ERR_MEMORY;
    struct bytes line;
    while (bytes_take_line(&line, &text)) {
        struct export_file *file = &e->before[e->before_count];
        if (line.len < 67 || line.at[64] != ' ' || line.at[65] != ' ' ||
            bytes_read_hex(file->digest.b, sizeof file->digest.b,
                           bytes_slice(line, 0, 64)) != OK)
            return refuse(e, "这份清单不是导出留下的", list_name);
        file->path = bytes_slice(line, 66, line.len);
        if (!is_below(file->path))
            return refuse(e, "清单里的路径离开了目录", list_name);
        e->before_count++;
    }
    qsort(e->before, e->before_count, sizeof *e->before, by_path);
    return OK;
}

/*
 * A folder for the first time.  What others put there would be written over,
 * or published with the copy: the data directory, with its keys.  The list,
 * empty, marks it as ours, so that a run that breaks off can be repeated.
 */
static enum err claim(struct export *e, const char *list)
{
    DIR *folder = opendir(e->out);
    const struct dirent *entry = NULL;
    if (folder == NULL) return ERR_IO;
    while ((entry = readdir(folder)) != NULL && entry->d_name[0] == '.')
        continue;
    bool is_empty = entry == NULL;
    closedir(folder);
    if (!is_empty)
        return refuse(e, "目录里有别的文件，请换一个空目录", e->out);
    return file_write(list, bytes_text(""), 0644);
}

enum err export_begin(struct export *e)
{
    char path[FILE_PATH_MAX];
    struct bytes text;
    enum err err = make_dir(e, e->out);
    if (err == OK) err = place(path, e, bytes_text(list_name));
    if (err == OK) err = file_read(&text, path, LIST_MAX);
    if (err == ERR_ABSENT) return claim(e, path);
    if (err != OK) return err;
    err = read_list(e, text);
    file_release(&text);
    return err;
}

static enum err remember(struct export *e, struct bytes path,
                         struct hash digest)
{
    if (e->file_count == EXPORT_FILES_MAX) return ERR_LIMIT;
    if (e->file_count == e->file_max) {
        size_t max = e->file_max * 2 + 1024;
        struct export_file *files = realloc(e->files, max * sizeof *files);
        if (files == NULL) return ERR_MEMORY;
        e->files = files;
        e->file_max = max;
    }
    struct bytes copy = arena_copy(&e->arena, path);
    e->files[e->file_count++] = (struct export_file){ copy, digest };
    return e->arena.is_short ? ERR_MEMORY : OK;
}

static enum err put_all(int file, struct bytes body)
{
    while (body.len != 0) {
        ssize_t put = write(file, body.at, body.len);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return errno == ENOSPC ? ERR_DISK : ERR_IO;
        body = bytes_slice(body, (size_t)put, body.len);
    }
    return OK;
}

/* As file_write(), but the disk is waited for once, at the end. */
static enum err replace(const char *path, struct bytes body)
{
    char made[FILE_PATH_MAX + 8];
    snprintf(made, sizeof made, "%s.part", path);
    (void)unlink(made);
    int file = open(made, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0) return errno == ENOSPC || errno == EROFS ? ERR_DISK : ERR_IO;
    enum err err = put_all(file, body);
    if (close(file) != 0 && err == OK) err = ERR_IO;
    if (err == OK && rename(made, path) != 0) err = ERR_IO;
    if (err != OK) (void)unlink(made);
    return err;
}

static enum err settle(const struct export *e)
{
    int folder = open(e->out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return ERR_IO;
    enum err err = syncfs(folder) == 0 ? OK : ERR_IO;
    close(folder);
    return err;
}

enum err export_write(struct export *e, struct bytes path, struct bytes body)
{
    char to[FILE_PATH_MAX];
    struct stat status;
    struct hash digest = hash_sha256(body);
    const struct export_file *before = find_before(e, path);
    enum err err = place(to, e, path);
    if (err == OK) err = remember(e, path, digest);
    if (err == OK) err = make_dirs(e, to);
    if (err != OK) return err;
    bool is_there = lstat(to, &status) == 0 && S_ISREG(status.st_mode) &&
                    (uint64_t)status.st_size == body.len;
    if (before == NULL) e->added++;
    else if (!hash_equal(before->digest, digest)) e->changed++;
    else e->kept++;
    if (before != NULL && is_there && hash_equal(before->digest, digest))
        return OK;
    return replace(to, body);
}

enum err export_script(struct export *e, struct bytes path, struct bytes body)
{
    size_t max = 2 * body.len + 64;
    uint8_t *room = malloc(max), name[FILE_PATH_MAX];
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, max);
    struct writer to = writer_into(name, sizeof name);
    writer_text(&w, "yaohaoFile('");
    for (size_t i = 0; i < body.len; i++) {
        uint8_t c = body.at[i];
        if (c == '\'' || c == '\\' || c == '\n') writer_byte(&w, '\\');
        writer_byte(&w, c == '\n' ? 'n' : c);
    }
    writer_text(&w, "');\n");
    writer_add(&to, bytes_slice(path, 0, path.len - strlen("json")));
    writer_text(&to, "js");
    enum err err = w.is_full || to.is_full
                       ? ERR_LIMIT
                       : export_write(e, writer_bytes(&to), writer_bytes(&w));
    free(room);
    return err;
}

static bool is_written(const struct export *e, struct bytes path)
{
    const struct export_file wish = { .path = path };
    return bsearch(&wish, e->files, e->file_count, sizeof wish, by_path) !=
           NULL;
}

static void add_line(struct writer *w, const char *word,
                     const struct export_file *file)
{
    writer_text(w, word);
    writer_hex(w, hash_bytes(&file->digest));
    writer_text(w, "  ");
    writer_add(w, file->path);
    writer_byte(w, '\n');
}

static void add_head(struct writer *w, const struct export *e)
{
    char text[256], time[CLOCK_TEXT_MAX];
    clock_print_beijing(time, e->time);
    writer_text(w, "交付清单  ");
    writer_text(w, e->means->dir.log.origin);
    snprintf(text, sizeof text,
             "\n%s（北京时间）\n新增 %zu  变更 %zu  删除 %zu  未变 %zu\n\n",
             time, e->added, e->changed, e->removed, e->kept);
    writer_text(w, text);
}

/* What is new or other, then what is gone, each with its SHA-256. */
static void add_changes(struct writer *w, const struct export *e)
{
    for (size_t i = 0; i < e->file_count; i++) {
        const struct export_file *before = find_before(e, e->files[i].path);
        if (before == NULL) add_line(w, "新增  ", &e->files[i]);
        else if (!hash_equal(before->digest, e->files[i].digest))
            add_line(w, "变更  ", &e->files[i]);
    }
    for (size_t i = 0; i < e->before_count; i++)
        if (!is_written(e, e->before[i].path))
            add_line(w, "删除  ", &e->before[i]);
}

static enum err remove_rest(struct export *e)
{
    for (size_t i = 0; i < e->before_count; i++) {
        char path[FILE_PATH_MAX];
        if (is_written(e, e->before[i].path)) continue;
        e->removed++;
        enum err err = place(path, e, e->before[i].path);
        if (err == OK) err = make_dirs(e, path); /* no link on the way */
        if (err != OK) return err;
        if (unlink(path) != 0 && errno != ENOENT) return ERR_IO;
    }
    return OK;
}

static enum err write_text(struct export *e, const char *name,
                           const struct writer *w)
{
    char path[FILE_PATH_MAX];
    enum err err = place(path, e, bytes_text(name));
    return err == OK ? file_write(path, writer_bytes(w), 0644) : err;
}

enum err export_end(struct export *e)
{
    size_t max =
        4096 + (e->file_count + e->before_count) * (size_t)LINE_MAX_LEN;
    qsort(e->files, e->file_count, sizeof *e->files, by_path);
    enum err err = remove_rest(e);
    if (err == OK) err = settle(e); /* before the lists speak of it */
    uint8_t *room = err == OK ? malloc(max) : NULL;
    if (err == OK && room == NULL) err = ERR_MEMORY;
    if (err != OK) return err;
    struct writer w = writer_into(room, max);
    add_head(&w, e);
    add_changes(&w, e);
    if (!w.is_full) err = write_text(e, note_name, &w);
    w.len = 0;
    for (size_t i = 0; i < e->file_count; i++)
        add_line(&w, "", &e->files[i]);
    if (err == OK) err = w.is_full ? ERR_LIMIT : write_text(e, list_name, &w);
    free(room);
    return err;
}
