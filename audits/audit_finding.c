/* What is printed while a log is audited, one finding a line. */
#include "audits/audit_case.h"

#include <stdarg.h>

__attribute__((format(printf, 4, 0))) static void
print(FILE *to, const char *mark, const char *rule, const char *format,
      va_list arguments)
{
    fprintf(to, "%s %s ", mark, rule);
    vfprintf(to, format, arguments);
    fputc('\n', to);
}

bool audit_is_short(const struct audit *a, const struct arena *arena)
{
    *a->is_short |= arena->is_short || a->arena.is_short;
    return *a->is_short;
}

void audit_find(struct audit *a, const char *rule, const char *format, ...)
{
    if (audit_is_short(a, &a->arena)) return;
    va_list arguments;
    va_start(arguments, format);
    print(a->to, "✗", rule, format, arguments);
    va_end(arguments);
    a->found++;
}

void audit_remark(struct audit *a, const char *rule, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print(a->to, "●", rule, format, arguments);
    va_end(arguments);
}
