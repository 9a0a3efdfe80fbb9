#include "core/team_repair.h"

#include "core/team_search.h"

enum err team_repair_run(struct team *team,
                         const struct team_listener *listener)
{
    for (uint32_t p = 0; p < team->problem->post_count; p++) {
        if (team->holders[p] != TEAM_NOBODY) continue;
        if (team_search_fill(team, p) || listener == NULL) continue;

        struct team_open open = team_search_report(team, p);
        enum err err = listener->open(listener->context, &open);
        if (err != OK) return err;
    }
    return OK;
}
