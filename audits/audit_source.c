/* The one way from an audit to what the log serves. */
#include "audits/audit_case.h"

#include "host/file.h"

enum err audit_read(struct bytes *body, struct arena *arena,
                    const struct audit *a, const char *path)
{
    struct bytes whole;
    *body = (struct bytes){ NULL, 0 };
    enum err err = a->source.read(&whole, a->source.context, path);
    if (err != OK) return err;
    *body = arena_copy(arena, whole);
    if (body->len != whole.len) err = ERR_MEMORY;
    file_release(&whole);
    return err;
}
