#include "domain/feasible.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TRIALS_MAX = 200,
    TRIALS_MIN = 10,
    TRIAL_POSTS_MAX = 400000, /* of all trials together */
    POOLS_MAX = 128           /* beyond, every pool meets every other */
};

/* ---- one row alone ----------------------------------------------------- */

struct match {
    const struct frozen *f;
    const struct frozen_duty *duty;
    const struct frozen_recusal *recusal; /* or NULL */
    size_t seats;
    uint32_t holder[ANNOUNCEMENT_SEATS_MAX];
    uint8_t *seen; /* one an inspector */
};

static bool may_go(const struct match *m, uint32_t inspector)
{
    const struct roster_row *row = m->f->inspectors[inspector].row;
    if (row->has_cap && row->cap == 0) return false;
    for (size_t i = 0; m->recusal != NULL && i < m->recusal->count; i++)
        if (m->recusal->inspectors[i] == inspector) return false;
    return true;
}

/* A seat finds somebody, if need be by moving others; at most 32 deep. */
static bool seat(struct match *m, size_t at)
{
    const struct team_pool *pool = &m->f->pools[m->duty->posts[at]];
    for (uint32_t i = 0; i < pool->count; i++) {
        uint32_t who = pool->members[i];
        size_t taken = 0;
        if (m->seen[who] || !may_go(m, who)) continue;
        m->seen[who] = 1;
        while (taken < m->seats && m->holder[taken] != who) taken++;
        if (taken < m->seats && !seat(m, taken)) continue;
        m->holder[at] = who;
        return true;
    }
    return false;
}

/* The first seat that cannot be filled, or `seats`. */
static size_t first_open(struct match *m)
{
    for (size_t s = 0; s < m->seats; s++) m->holder[s] = TEAM_NOBODY;
    for (size_t s = 0; s < m->seats; s++) {
        memset(m->seen, 0, m->f->inspector_count);
        if (!seat(m, s)) return s;
    }
    return m->seats;
}

static void print_name(char to[FEASIBLE_NAME_MAX], struct bytes name)
{
    snprintf(to, FEASIBLE_NAME_MAX, "%.*s", (int)name.len,
             (const char *)name.at);
}

static void try_alone(struct feasible *to, struct match *m, uint64_t rows)
{
    const struct announcement *a = m->f->input.announcement;
    size_t open = first_open(m), department = 0;
    if (open == m->seats) return;
    if (to->short_rows == 0) {
        for (size_t s = a->departments[0].seats; s <= open;
             s += a->departments[department].seats)
            department++;
        print_name(to->district, m->duty->district);
        print_name(to->department, a->departments[department].name);
    }
    to->short_rows += rows;
}

/* Rows of one district are alike, but for those who are recused. */
static enum err try_rows(struct feasible *to, const struct frozen *f)
{
    struct match m = { .f = f,
                       .seats = f->input.announcement->seat_count,
                       .seen = malloc((size_t)f->inspector_count + 1) };
    if (m.seen == NULL) return ERR_MEMORY;
    for (size_t i = 0; i < f->duty_count; i++) {
        m.duty = &f->duties[i];
        if (m.duty->rows != 0) try_alone(to, &m, m.duty->rows);
    }
    for (size_t i = 0; i < f->recusal_count; i++) {
        m.recusal = &f->recusals[i];
        m.duty = m.recusal->duty;
        if (m.duty == NULL || m.recusal->count == 0) continue;
        to->recused_rows++;
        try_alone(to, &m, 1);
    }
    free(m.seen);
    return OK;
}

/* ---- every outcome ----------------------------------------------------- */

static bool do_meet(const struct team_pool *a, const struct team_pool *b)
{
    uint32_t i = 0, j = 0;
    while (i < a->count && j < b->count) {
        if (a->members[i] == b->members[j]) return true;
        if (a->members[i] < b->members[j]) i++;
        else j++;
    }
    return false;
}

/* What an outcome can ask of a pool and of those it shares people with. */
struct ask {
    uint64_t targets;  /* K; then of them, those with a post that meets it */
    size_t seats;      /* of one target, that meet it, at most             */
    size_t recused;    /* for one target, at most                          */
    uint64_t *held;    /* room, one an inspector                           */
};

static size_t seats_that_meet(const struct frozen *f, uint32_t pool,
                              const struct frozen_duty *duty)
{
    size_t seats = f->input.announcement->seat_count, count = 0;
    for (size_t s = 0; s < seats; s++)
        count += do_meet(&f->pools[pool], &f->pools[duty->posts[s]]);
    return count;
}

static struct ask ask_of(const struct frozen *f, uint32_t pool,
                         const struct ask *most)
{
    struct ask ask = *most;
    uint64_t rows = 0;
    if (f->pool_count > POOLS_MAX) return ask;
    ask.seats = 0;
    for (size_t i = 0; i < f->duty_count; i++) {
        const struct frozen_duty *duty = &f->duties[i];
        if (duty->rows == 0) continue;
        size_t seats = seats_that_meet(f, pool, duty);
        if (seats != 0) rows += duty->rows;
        if (seats > ask.seats) ask.seats = seats;
    }
    if (rows < ask.targets) ask.targets = rows;
    return ask;
}

static int compare_falling(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

static bool is_enough(const struct frozen *f, uint32_t index,
                      const struct ask *most)
{
    const struct team_pool *pool = &f->pools[index];
    struct ask ask = ask_of(f, index, most);
    uint64_t wanted = ask.targets * ask.seats, sum = 0;
    for (uint32_t i = 0; i < pool->count; i++) {
        const struct roster_row *row = f->inspectors[pool->members[i]].row;
        bool is_free = !row->has_cap || row->cap >= ask.targets;
        ask.held[i] = is_free ? wanted : row->cap;
    }
    qsort(ask.held, pool->count, sizeof *ask.held, compare_falling);
    for (size_t i = ask.seats - 1 + ask.recused; i < pool->count; i++)
        sum += ask.held[i];
    return sum >= wanted;
}

static bool has_caps(const struct frozen *f)
{
    for (uint32_t i = 0; i < f->inspector_count; i++)
        if (f->inspectors[i].row->has_cap) return true;
    return false;
}

/* Without caps targets do not touch each other. */
static enum err try_pools(struct feasible *to, const struct frozen *f,
                          uint64_t targets)
{
    struct ask ask = { .targets = targets,
                       .seats = f->input.announcement->seat_count };
    to->is_sure = to->short_rows == 0;
    if (!to->is_sure || targets == 0 || !has_caps(f)) return OK;
    for (size_t i = 0; i < f->recusal_count; i++)
        if (f->recusals[i].count > ask.recused)
            ask.recused = f->recusals[i].count;
    ask.held = calloc((size_t)f->inspector_count + 1, sizeof *ask.held);
    if (ask.held == NULL) return ERR_MEMORY;
    for (uint32_t i = 0; i < f->pool_count && to->is_sure; i++)
        to->is_sure = is_enough(f, i, &ask);
    free(ask.held);
    return OK;
}

/* ---- trials ------------------------------------------------------------ */

/* Their seeds come from a key that nobody sees, and are not the draw's. */
static struct hash trial_seed(const struct frozen *f, uint32_t trial)
{
    struct sha256 state = hash_begin("trial/v1");
    hash_add(&state, hash_bytes(&f->input.keys.frame));
    hash_add_u64(&state, trial);
    return hash_end(&state);
}

static enum err try_outcomes(struct feasible *to, const struct frozen *f,
                             uint64_t targets)
{
    uint64_t posts = targets * f->input.announcement->seat_count;
    uint64_t trials = posts == 0 ? 0 : TRIAL_POSTS_MAX / posts;
    if (trials > TRIALS_MAX) trials = TRIALS_MAX;
    if (trials < TRIALS_MIN) trials = 0;
    for (uint32_t i = 0; i < trials; i++) {
        struct outcome outcome;
        struct hash seed = trial_seed(f, i);
        enum err err = outcome_try(&outcome, f, &seed);
        if (err == OK && outcome.open_count != 0) to->failed++;
        outcome_release(&outcome);
        if (err != OK) return err;
        to->trials++;
    }
    return OK;
}

enum err feasible_check(struct feasible *feasible, const struct frozen *f)
{
    uint64_t targets = 0;
    *feasible = (struct feasible){ 0 };
    for (size_t i = 0; i < f->input.announcement->stratum_count; i++)
        targets += outcome_take(f, i);
    enum err err = try_rows(feasible, f);
    if (err == OK) err = try_pools(feasible, f, targets);
    if (err != OK || feasible->is_sure) return err;
    return try_outcomes(feasible, f, targets);
}
