#include "host/fault.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef YAOHAO_FAULT
/* Hits are counted for the one wanted name only. */
void fault_hit(const char *name)
{
    static unsigned long hits;

    const char *wish = getenv("YAOHAO_FAULT");
    if (wish == NULL) return;
    if (strcmp(wish, "list") == 0) {
        fprintf(stderr, "fault %s\n", name);
        return;
    }
    size_t len = strcspn(wish, ":");
    if (strlen(name) != len || strncmp(wish, name, len) != 0) return;

    unsigned long wanted =
        wish[len] == ':' ? strtoul(wish + len + 1, NULL, 10) : 1;
    if (++hits == wanted) kill(getpid(), SIGKILL);
}
#else
void fault_hit(const char *name)
{
    (void)name;
}
#endif
