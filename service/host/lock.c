#include "host/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define STEP_MS 20

static uint64_t read_holder(int descriptor)
{
    char text[24];
    uint64_t holder = 0;
    ssize_t len = pread(descriptor, text, sizeof text, 0);
    if (len > 0 && text[len - 1] == '\n') len--;
    if (len <= 0) return 0;
    struct bytes number = bytes_of(text, (size_t)len);
    return bytes_read_u64(&holder, number, UINT32_MAX) == OK ? holder : 0;
}

/* Only a courtesy to whoever waits, so a full disk is no reason to stop. */
static void write_holder(int descriptor)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    if (len <= 0 || ftruncate(descriptor, 0) != 0) return;
    if (pwrite(descriptor, text, (size_t)len, 0) != len) return;
}

static enum err wait_for(int descriptor, unsigned wait_ms)
{
    const struct timespec step = { .tv_nsec = STEP_MS * 1000000L };
    for (unsigned waited = 0;; waited += STEP_MS) {
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return OK;
        if (errno != EWOULDBLOCK && errno != EINTR) return ERR_IO;
        if (waited >= wait_ms) return ERR_BUSY;
        nanosleep(&step, NULL);
    }
}

enum err lock_take(struct lock *lock, const char *path, unsigned wait_ms)
{
    *lock = (struct lock){ .descriptor = -1 };
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0 && errno == ENOENT) return ERR_ABSENT;
    if (descriptor < 0)
        return errno == EROFS || errno == ENOSPC ? ERR_DISK : ERR_IO;

    enum err err = wait_for(descriptor, wait_ms);
    if (err != OK) {
        lock->holder = read_holder(descriptor);
        close(descriptor);
        return err;
    }
    write_holder(descriptor);
    lock->descriptor = descriptor;
    return OK;
}

void lock_release(struct lock *lock)
{
    if (lock->descriptor >= 0) close(lock->descriptor);
    lock->descriptor = -1;
}
