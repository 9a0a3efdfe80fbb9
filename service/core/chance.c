#include "core/chance.h"

/* room[m]: the probability of exactly m hits among the shares so far. */
static void add_share(double *room, size_t before, double share)
{
    room[before + 1] = room[before] * share;
    for (size_t m = before; m > 0; m--)
        room[m] = room[m] * (1 - share) + room[m - 1] * share;
    room[0] *= 1 - share;
}

enum err chance_at_least(double *probability, double *room,
                         const struct chance_share *shares, size_t count,
                         size_t times)
{
    if (count > CHANCE_DRAWS_MAX) return ERR_LIMIT;
    room[0] = 1;
    for (size_t i = 0; i < count; i++) {
        if (shares[i].count == 0 || shares[i].take > shares[i].count)
            return ERR_RANGE;
        add_share(room, i,
                  (double)shares[i].take / (double)shares[i].count);
    }
    /* The small terms first, so that they are not lost. */
    double sum = 0;
    for (size_t m = count + 1; m > times; m--) sum += room[m - 1];
    *probability = times == 0 ? 1 : sum;
    return OK;
}
