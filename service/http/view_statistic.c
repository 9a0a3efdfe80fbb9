/* view_statistic — actual against expected, in tables and for drawings. */
#include <stdio.h>
#include <stdlib.h>

#include "core/rate.h"
#include "core/utf8.h"
#include "http/brief.h"
#include "http/profile.h"
#include "http/tally.h"
#include "http/view.h"

/* Lengths of the drawings, in their own units; see statistics.html. */
enum {
    MILLION = 1000000,
    BAR_LEN = 400,
    BAR_STEP = 90,
    LABEL_MAX = 20, /* letters */
    COLUMN_LEN = 160,
    COLUMN_STEP = 40,
    COLUMN_FIRST = 7
};

static void member_tenths(struct canon *c, const char *key, double number)
{
    char text[48];
    snprintf(text, sizeof text, "%.1f", number);
    canon_member_text(c, key, text);
}

static uint64_t scale(double value, double most, uint64_t len)
{
    return most <= 0 ? 0 : (uint64_t)(value / most * (double)len + 0.5);
}

static double share(double part, uint64_t whole)
{
    return whole == 0 ? 0 : part / (double)whole;
}

/* As much of a name as stands beside a bar. */
static void write_label(struct canon *c, struct bytes name)
{
    uint8_t struck[TALLY_NAME_MAX], room[TALLY_NAME_MAX + 8];
    struct writer s = writer_into(struck, sizeof struck);
    struct writer w = writer_into(room, sizeof room);
    uint32_t scalar;
    size_t at = 0;
    name = profile_clean(&s, name);
    for (size_t letters = 0; at < name.len; letters++) {
        size_t len = utf8_step(&scalar, bytes_slice(name, at, name.len));
        if (len == 0 || letters == LABEL_MAX) break;
        at += len;
    }
    writer_add(&w, bytes_slice(name, 0, at));
    if (at < name.len) writer_text(&w, "…");
    canon_member_string(c, "label", writer_bytes(&w));
}

static void write_stratum(struct canon *c, const struct tally_stratum *one,
                          double most, size_t row)
{
    double actual = share((double)one->take, one->count);
    double expected = share(one->expected, one->count);
    canon_object(c);
    canon_member_u64(c, "bar", scale(actual, most, BAR_LEN));
    canon_member_u64(c, "count", one->count);
    canon_member_u64(c, "draw_count", one->draws);
    member_tenths(c, "expected", one->expected);
    canon_member_u64(c, "expected_share",
                     (uint64_t)(expected * MILLION + 0.5));
    write_label(c, bytes_text(one->name));
    canon_member_u64(c, "mark", scale(expected, most, BAR_LEN));
    profile_member(c, "name", bytes_text(one->name));
    canon_member_text(c, "planned", one->planned);
    canon_member_u64(c, "share", rate_share(one->take, one->count));
    canon_member_u64(c, "take", one->take);
    canon_member_u64(c, "y", row * BAR_STEP);
    canon_object_end(c);
}

static void write_strata(struct canon *c, const struct tally *tally)
{
    double most = 0;
    for (size_t i = 0; i < tally->stratum_count; i++) {
        const struct tally_stratum *one = &tally->strata[i];
        double actual = share((double)one->take, one->count);
        double expected = share(one->expected, one->count);
        if (actual > most) most = actual;
        if (expected > most) most = expected;
    }
    canon_member_u64(c, "bars_height", tally->stratum_count * BAR_STEP + 8);
    canon_key(c, "strata");
    canon_array(c);
    for (size_t i = 0; i < tally->stratum_count; i++)
        write_stratum(c, &tally->strata[i], most, i);
    canon_array_end(c);
}

static void write_tenths(struct canon *c, const struct tally *tally)
{
    double most = 0;
    for (size_t i = 0; i < TALLY_TENTHS; i++) {
        if ((double)tally->take[i] > most) most = (double)tally->take[i];
        if (tally->expected[i] > most) most = tally->expected[i];
    }
    canon_key(c, "tenths");
    canon_array(c);
    for (size_t i = 0; i < TALLY_TENTHS; i++) {
        uint64_t height = scale((double)tally->take[i], most, COLUMN_LEN);
        uint64_t line = scale(tally->expected[i], most, COLUMN_LEN);
        canon_object(c);
        member_tenths(c, "expected", tally->expected[i]);
        canon_member_u64(c, "from", i * 10);
        canon_member_u64(c, "height", height);
        canon_member_u64(c, "is_usual",
                         tally_is_usual(tally->take[i], tally->expected[i]));
        canon_member_u64(c, "line", COLUMN_LEN - line);
        canon_member_u64(c, "take", tally->take[i]);
        canon_member_u64(c, "to", i * 10 + 10);
        canon_member_u64(c, "x", COLUMN_FIRST + i * COLUMN_STEP);
        canon_member_u64(c, "y", COLUMN_LEN - height);
        canon_object_end(c);
    }
    canon_array_end(c);
}

struct sums {
    uint64_t ends[BRIEF_END_COUNT]; /* together: the draws */
    uint64_t until;
};

static enum err add(struct tally *tally, struct sums *sums,
                    struct route_request *request, uint64_t number)
{
    struct draw *draw = calloc(1, sizeof *draw);
    if (draw == NULL) return ERR_MEMORY;
    enum err err = draw_load(draw, request->dir, number);
    if (err == OK) err = tally_add(tally, draw);
    if (err == OK)
        sums->ends[brief_end(&sums->until, draw, request->now)]++;
    draw_release(draw);
    free(draw);
    return err;
}

enum err view_statistic(struct canon *c, struct route_request *request)
{
    struct tally *tally = calloc(1, sizeof *tally);
    struct sums sums = { .until = UINT64_MAX };
    uint64_t count = 0;
    if (tally == NULL) return ERR_MEMORY;
    enum err err = store_log_draws(&count, request->dir->db);
    for (uint64_t n = count; err == OK && n > 0; n--)
        err = add(tally, &sums, request, n);
    if (err == OK) {
        canon_object(c);
        canon_member_u64(c, "annulled", sums.ends[BRIEF_ANNULLED]);
        canon_member_u64(c, "drawn", tally->drawn);
        canon_member_u64(c, "draws", count);
        canon_member_u64(c, "failed", sums.ends[BRIEF_FAILED]);
        canon_member_u64(c, "left_out", tally->left_out);
        canon_member_u64(c, "opened", sums.ends[BRIEF_OPENED]);
        canon_member_u64(c, "pick_count", tally->picks);
        canon_member_u64(c, "sealed", sums.ends[BRIEF_SEALED]);
        write_strata(c, tally);
        write_tenths(c, tally);
        canon_member_u64(c, "under_way", sums.ends[BRIEF_UNDER_WAY]);
        canon_member_u64(c, "void", sums.ends[BRIEF_VOID]);
        canon_object_end(c);
        request->until = sums.until;
    }
    free(tally);
    return err;
}
