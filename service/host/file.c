#include "host/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/crypto.h"
#include "host/fault.h"
#include "host/memory.h"

static enum err err_of_errno(int code)
{
    switch (code) {
    case ENOSPC:
    case EROFS:
    case EDQUOT:
    case EFBIG: return ERR_DISK;
    case ENOENT:
    case ENOTDIR: return ERR_ABSENT;
    case EEXIST: return ERR_EXISTS;
    case ENOMEM: return ERR_MEMORY;
    default: return ERR_IO;
    }
}

enum err file_path(char to[FILE_PATH_MAX], const char *dir, const char *name)
{
    int len = snprintf(to, FILE_PATH_MAX, "%s/%s", dir, name);
    return len > 0 && len < FILE_PATH_MAX ? OK : ERR_LIMIT;
}

bool file_exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

bool file_is_dir(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_is_denied(const char *path)
{
    return access(path, R_OK | X_OK) != 0 && errno == EACCES;
}

/* ---- reading ---- */

enum err file_open(int *descriptor, uint64_t *len, const char *path)
{
    struct stat status;
    int made = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (made < 0) return err_of_errno(errno);
    if (fstat(made, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(made);
        return ERR_IO;
    }
    *descriptor = made;
    *len = (uint64_t)status.st_size;
    return OK;
}

void file_close(int descriptor)
{
    close(descriptor);
}

struct room {
    uint8_t *at;
    size_t len, size; /* filled, allocated */
};

/* realloc would leave copies of secrets behind. */
static bool room_grow(struct room *room, size_t size)
{
    uint8_t *larger = malloc(size);
    if (larger == NULL) return false;
    memory_touch(larger, size);
    bytes_copy(larger, room->at, room->len);
    crypto_wipe(room->at, room->len);
    free(room->at);
    room->at = larger;
    room->size = size;
    return true;
}

/* One byte more than `max` is asked for, so that too long is noticed. */
static enum err read_all(struct room *room, int descriptor, size_t max)
{
    for (;;) {
        if (room->len > max) return ERR_LIMIT;
        if (room->size - room->len < 2 &&
            !room_grow(room, room->size * 2))
            return ERR_MEMORY;
        ssize_t got = read(descriptor, room->at + room->len,
                           room->size - room->len - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return err_of_errno(errno);
        if (got == 0) return OK;
        room->len += (size_t)got;
    }
}

/* A pipe that nobody writes to is empty, not a reason to wait for ever. */
static int open_input(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor >= 0) fcntl(descriptor, F_SETFL, 0);
    return descriptor;
}

enum err file_read(struct bytes *whole, const char *path, size_t max)
{
    struct room room = { NULL, 0, 0 };
    struct stat status;
    bool is_input = strcmp(path, "-") == 0;
    int descriptor = is_input ? STDIN_FILENO : open_input(path);
    if (descriptor < 0) return err_of_errno(errno);

    enum err err = ERR_IO;
    if (fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode)) goto done;
    err = ERR_LIMIT;
    if (status.st_size < 0 || (uint64_t)status.st_size > max) goto done;
    err = ERR_MEMORY;
    if (!room_grow(&room, (size_t)status.st_size + 4096)) goto done;
    err = read_all(&room, descriptor, max);
    if (err != OK) goto done;
    room.at[room.len] = 0;
    *whole = bytes_of(room.at, room.len);
    room = (struct room){ NULL, 0, 0 };
done:
    crypto_wipe(room.at, room.len);
    free(room.at);
    if (!is_input) close(descriptor);
    return err;
}

void file_release(struct bytes *whole)
{
    /* Ours since file_read(), which lent it out as const. */
    uint8_t *at = (uint8_t *)(uintptr_t)whole->at;
    if (at != NULL) crypto_wipe(at, whole->len);
    free(at);
    *whole = bytes_of(NULL, 0);
}

/* ---- writing ---- */

static enum err write_all(int descriptor, struct bytes whole)
{
    while (whole.len > 0) {
        ssize_t put = write(descriptor, whole.at, whole.len);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return err_of_errno(errno);
        whole = bytes_slice(whole, (size_t)put, whole.len);
    }
    return OK;
}

/* A new name is durable only with its directory. */
static enum err sync_parent(const char *path)
{
    char parent[FILE_PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    if (slash != NULL) {
        size_t len = slash == path ? 1 : (size_t)(slash - path);
        if (len >= sizeof parent) return ERR_LIMIT;
        bytes_copy(parent, path, len);
        parent[len] = 0;
    }
    int descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return err_of_errno(errno);
    enum err err = fsync(descriptor) == 0 ? OK : err_of_errno(errno);
    close(descriptor);
    return err;
}

/* Fill a new file beside `path`; its name is left in `beside`. */
static enum err write_beside(char beside[FILE_PATH_MAX], const char *path,
                             struct bytes whole, unsigned mode)
{
    int len = snprintf(beside, FILE_PATH_MAX, "%s.tmp-XXXXXX", path);
    if (len < 0 || len >= FILE_PATH_MAX) return ERR_LIMIT;
    int descriptor = mkostemp(beside, O_CLOEXEC);
    if (descriptor < 0) return err_of_errno(errno);

    enum err err = fchmod(descriptor, mode) == 0 ? OK : err_of_errno(errno);
    if (err == OK) err = write_all(descriptor, whole);
    if (err == OK && fsync(descriptor) != 0) err = err_of_errno(errno);
    if (close(descriptor) != 0 && err == OK) err = err_of_errno(errno);
    FAULT("file-beside");
    if (err != OK) unlink(beside);
    return err;
}

/* A pipe, a terminal or another device: /dev/stdout. */
static bool is_stream(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && !S_ISREG(found.st_mode) &&
           !S_ISDIR(found.st_mode);
}

static enum err write_stream(const char *path, struct bytes whole)
{
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return err_of_errno(errno);
    enum err err = write_all(descriptor, whole);
    if (close(descriptor) != 0 && err == OK) err = err_of_errno(errno);
    return err;
}

enum err file_write(const char *path, struct bytes whole, unsigned mode)
{
    if (is_stream(path)) return write_stream(path, whole);
    char beside[FILE_PATH_MAX];
    enum err err = write_beside(beside, path, whole, mode);
    if (err != OK) return err;
    if (rename(beside, path) != 0) {
        err = err_of_errno(errno);
        unlink(beside);
        return err;
    }
    return sync_parent(path);
}

enum err file_create(const char *path, struct bytes whole, unsigned mode)
{
    char beside[FILE_PATH_MAX];
    if (file_exists(path)) return ERR_EXISTS;
    enum err err = write_beside(beside, path, whole, mode);
    if (err != OK) return err;
    /* Unlike rename, link does not replace what came in between. */
    if (link(beside, path) != 0) err = err_of_errno(errno);
    FAULT("file-linked");
    unlink(beside);
    return err == OK ? sync_parent(path) : err;
}

enum err file_beside(char beside[FILE_PATH_MAX], const char *path)
{
    int len = snprintf(beside, FILE_PATH_MAX, "%s.part", path);
    return len > 0 && len < FILE_PATH_MAX ? OK : ERR_LIMIT;
}

enum err file_adopt(const char *path, const char *beside)
{
    int descriptor = open(beside, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return err_of_errno(errno);
    enum err err = fsync(descriptor) == 0 ? OK : err_of_errno(errno);
    close(descriptor);
    FAULT("file-synced");
    if (err == OK && link(beside, path) != 0) err = err_of_errno(errno);
    FAULT("file-adopted");
    unlink(beside);
    return err == OK ? sync_parent(path) : err;
}

enum err file_remove(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT ? OK : err_of_errno(errno);
}

enum err file_make_dir(const char *path)
{
    if (mkdir(path, 0700) != 0) return err_of_errno(errno);
    return sync_parent(path);
}

static enum err zero_all(int descriptor, uint64_t len)
{
    static const uint8_t zeros[4096];
    while (len > 0) {
        size_t part = len < sizeof zeros ? (size_t)len : sizeof zeros;
        ssize_t put = write(descriptor, zeros, part);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return err_of_errno(errno);
        len -= (uint64_t)put;
    }
    return fsync(descriptor) == 0 ? OK : err_of_errno(errno);
}

enum err file_wipe(const char *path)
{
    struct stat status;
    int descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) return errno == ENOENT ? OK : err_of_errno(errno);
    enum err err = ERR_IO;
    if (fstat(descriptor, &status) == 0 && status.st_size >= 0)
        err = zero_all(descriptor, (uint64_t)status.st_size);
    close(descriptor);
    if (err != OK) return err;
    return unlink(path) == 0 ? OK : err_of_errno(errno);
}
