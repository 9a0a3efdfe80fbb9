/* The one way from an audit to what the log serves. */
#include "audits/audit_case.h"

#include "host/file.h"

enum err audit_read(struct bytes *body, struct arena *arena,
                    const struct audit *a, const char *path)
{
    struct bytes whole;
    *body = (struct bytes){ NULL, 0 };
    enum err err = a->source.read(&whole, a->source.context, path);
    if (err == ERR_MEMORY) *a->is_short = true;
    if (err != OK) return err;
    *body = arena_copy(arena, whole);
    if (audit_is_short(a, arena)) err = ERR_MEMORY;
    file_release(&whole);
    return err;
}
