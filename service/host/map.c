#include "host/map.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

static enum err map(struct bytes *whole, int file, size_t max)
{
    struct stat about;
    if (fstat(file, &about) != 0) return ERR_IO;
    if (!S_ISREG(about.st_mode)) return ERR_INPUT;
    if ((uint64_t)about.st_size > max) return ERR_LIMIT;

    size_t len = (size_t)about.st_size;
    *whole = bytes_of("", 0);
    if (len == 0) return OK;
    void *at = mmap(NULL, len, PROT_READ, MAP_PRIVATE, file, 0);
    if (at == MAP_FAILED) return errno == ENOMEM ? ERR_MEMORY : ERR_IO;
    madvise(at, len, MADV_SEQUENTIAL);
    *whole = bytes_of(at, len);
    return OK;
}

enum err map_open(struct bytes *whole, const char *path, size_t max)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0) return errno == ENOENT ? ERR_ABSENT : ERR_IO;
    enum err err = map(whole, file, max);
    close(file);
    return err;
}

static void *address(struct bytes part)
{
    union {
        const uint8_t *borrowed;
        void *owned;
    } at = { part.at };
    return at.owned;
}

void map_close(struct bytes *whole)
{
    if (whole->len != 0) munmap(address(*whole), whole->len);
    *whole = bytes_of("", 0);
}

/* Whole pages within `part`: others are shared with their neighbours. */
static void advise(struct bytes part, int advice)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t skip = (page - (uintptr_t)part.at % page) % page;
    part = bytes_slice(part, skip, part.len);
    part.len -= part.len % page;
    /* Where the machine does not know this advice, memory is merely used. */
    if (part.len != 0) madvise(address(part), part.len, advice);
}

void map_release(struct bytes part)
{
    advise(part, MADV_PAGEOUT);
}

void map_discard(struct bytes part)
{
    advise(part, MADV_DONTNEED);
}
