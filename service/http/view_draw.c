/* view_draw — one draw, and the list of all of them. */
#include <stdlib.h>

#include "domain/draw.h"
#include "http/view.h"

static void write_draw(struct canon *c, const struct draw *draw)
{
    canon_object(c);
    canon_member_u64(c, "draw", draw->number);
    canon_member_text(c, "stage", draw_stage(draw));
    canon_member_u64(c, "t0", draw->announcement.t0);
    canon_member_u64(c, "t1", draw->announcement.t1);
    canon_member_u64(c, "t4", draw->announcement.t4);
    canon_object_end(c);
}

static enum err add_draw(struct canon *c, struct directory *dir,
                         uint64_t number)
{
    struct draw *draw = calloc(1, sizeof *draw);
    if (draw == NULL) return ERR_MEMORY;
    enum err err = draw_load(draw, dir, number);
    if (err == OK) write_draw(c, draw);
    draw_release(draw);
    free(draw);
    return err;
}

enum err view_draw(struct canon *c, struct route_request *request)
{
    return add_draw(c, request->dir, request->number);
}

enum err view_draws(struct canon *c, struct route_request *request)
{
    enum err err = OK;
    canon_array(c);
    for (uint64_t n = 1; err == OK; n++)
        err = add_draw(c, request->dir, n);
    canon_array_end(c);
    return err == ERR_ABSENT ? OK : err;
}
