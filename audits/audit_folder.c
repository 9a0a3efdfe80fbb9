#include "audits/audit_folder.h"

#include "audits/audit_case.h"
#include "host/file.h"
#include "host/folder.h"

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
    return folder_next_number(size, whole, after);
}

struct audit_source audit_folder_source(const char *path)
{
    union {
        const char *borrowed;
        void *context;
    } at = { .borrowed = path };
    return (struct audit_source){ read_path, next_head, at.context };
}
