#include "host/folder.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static enum err add(uint64_t **numbers, size_t *count, uint64_t one)
{
    if ((*count & (*count - 1)) == 0) { /* a power of two, or none: full */
        size_t max = *count == 0 ? 1 : 2 * *count;
        uint64_t *more = realloc(*numbers, max * sizeof *more);
        if (more == NULL) return ERR_MEMORY;
        *numbers = more;
    }
    (*numbers)[(*count)++] = one;
    return OK;
}

enum err folder_numbers(uint64_t **numbers, size_t *count, const char *path)
{
    *numbers = NULL;
    *count = 0;
    DIR *dir = opendir(path);
    if (dir == NULL) return ERR_ABSENT;
    const struct dirent *entry;
    enum err err = OK;
    while (err == OK && (entry = readdir(dir)) != NULL) {
        uint64_t one;
        if (bytes_read_u64(&one, bytes_text(entry->d_name),
                           (uint64_t)INT64_MAX) == OK)
            err = add(numbers, count, one);
    }
    closedir(dir);
    if (*count != 0) qsort(*numbers, *count, sizeof **numbers, compare);
    return err;
}

/* Open at once: the depth of a data directory, and some to spare. */
enum { WALK_OPEN_MAX = 8 };

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

enum err folder_remove(const char *path)
{
    if (nftw(path, remove_one, WALK_OPEN_MAX, FTW_DEPTH | FTW_PHYS) == 0)
        return OK;
    return errno == ENOENT ? ERR_ABSENT : ERR_IO;
}
