#include "audits/audit_folder.h"

#include <stdlib.h>

#include "audits/audit_case.h"
#include "host/file.h"
#include "host/folder.h"

static enum err read_path(struct bytes *body, void *context, const char *path)
{
    const struct audit_folder *folder = context;
    char whole[FILE_PATH_MAX];
    enum err err = file_path(whole, folder->path, path);
    return err == OK ? file_read(body, whole, AUDIT_FILE_MAX) : err;
}

static enum err next_head(uint64_t *size, void *context, uint64_t after)
{
    const struct audit_folder *folder = context;
    size_t low = 0, high = folder->head_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (folder->heads[middle] > after) high = middle;
        else low = middle + 1;
    }
    if (low == folder->head_count) return ERR_ABSENT;
    *size = folder->heads[low];
    return OK;
}

enum err audit_folder_open(struct audit_folder *folder, const char *path)
{
    char heads[FILE_PATH_MAX];
    *folder = (struct audit_folder){ .path = path };
    enum err err = file_path(heads, path, "heads");
    if (err == OK)
        err = folder_numbers(&folder->heads, &folder->head_count, heads);
    return err == ERR_ABSENT ? OK : err;
}

void audit_folder_close(struct audit_folder *folder)
{
    free(folder->heads);
}

struct audit_source audit_folder_source(struct audit_folder *folder)
{
    return (struct audit_source){ read_path, next_head, folder };
}
