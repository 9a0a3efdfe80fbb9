#include "audits/audit_folder.h"

#include <dirent.h>

#include "audits/audit_case.h"
#include "host/file.h"

static enum err read_path(struct bytes *body, void *context, const char *path)
{
    char whole[FILE_PATH_MAX];
    enum err err = file_path(whole, context, path);
    return err == OK ? file_read(body, whole, AUDIT_FILE_MAX) : err;
}

static enum err next_head(uint64_t *size, void *context, uint64_t after)
{
    char whole[FILE_PATH_MAX];
    enum err err = file_path(whole, context, "heads");
    if (err != OK) return err;
    DIR *dir = opendir(whole);
    if (dir == NULL) return ERR_ABSENT;
    const struct dirent *entry;
    uint64_t best = UINT64_MAX, number;
    while ((entry = readdir(dir)) != NULL)
        if (bytes_read_u64(&number, bytes_text(entry->d_name),
                           (uint64_t)CANON_INTEGER_MAX) == OK &&
            number > after && number < best)
            best = number;
    closedir(dir);
    if (best == UINT64_MAX) return ERR_ABSENT;
    *size = best;
    return OK;
}

struct audit_source audit_folder_source(const char *path)
{
    union {
        const char *borrowed;
        void *context;
    } at = { .borrowed = path };
    return (struct audit_source){ read_path, next_head, at.context };
}
