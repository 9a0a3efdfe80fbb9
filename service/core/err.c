#include "core/err.h"

const char *err_name(enum err err)
{
    static const char *const names[ERR_COUNT] = {
        "ok",     "range",    "format",   "canonical", "proof", "signature",
        "key",    "absent",   "exists",   "full",      "limit", "memory",
        "state",  "input",    "warning",  "io",        "disk",  "busy",
        "database", "fork",   "support",
    };
    if ((unsigned)err >= ERR_COUNT) return "unknown";
    return names[err];
}
