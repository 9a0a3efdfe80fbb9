#include "host/folder.h"

#include <dirent.h>

enum err folder_next_number(uint64_t *number, const char *path,
                            uint64_t after)
{
    DIR *dir = opendir(path);
    if (dir == NULL) return ERR_ABSENT;
    const struct dirent *entry;
    uint64_t best = UINT64_MAX, one;
    while ((entry = readdir(dir)) != NULL)
        if (bytes_read_u64(&one, bytes_text(entry->d_name),
                           (uint64_t)INT64_MAX) == OK &&
            one > after && one < best)
            best = one;
    closedir(dir);
    if (best == UINT64_MAX) return ERR_ABSENT;
    *number = best;
    return OK;
}
