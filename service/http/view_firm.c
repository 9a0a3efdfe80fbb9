/* view_firm — one code over all opened draws: every list, its chance. */
#include <stdio.h>
#include <stdlib.h>

#include "core/chance.h"
#include "core/rate.h"
#include "domain/search.h"
#include "format/text.h"
#include "http/profile.h"
#include "http/view.h"
#include "http/words.h"

static const char silence[] =
    "名单封存、还没有公开的抽取，在公开之前不回答任何单位是否在名单里、"
    "是否被抽中；对每一个代码，这里说的都一样。";

struct firm {
    struct canon *c;
    struct directory *dir;
    const struct search *search;
    struct bytes id;
    const struct search_firm *known; /* NULL: in no list that is public */
    uint64_t drawn, listed, absent, unknown;
    struct chance_share *shares; /* of whole lists it stands in */
    size_t share_count;
    uint64_t times, base;
};

/* Only lists that can be looked up whole: else luck would be counted only
 * where it struck. */
static void count_share(struct firm *f, const struct search_draw *draw,
                        uint32_t stratum, bool is_drawn)
{
    const struct published_stratum *of = &draw->lists.strata[stratum];
    if (!draw->lists.is_whole || draw->is_given || of->count == 0 ||
        f->share_count == CHANCE_DRAWS_MAX)
        return;
    f->shares[f->share_count++] =
        (struct chance_share){ of->take, of->count };
    if (is_drawn) f->times++;
    if (f->base == 0 || of->count < f->base) f->base = of->count;
}

static enum err write_draw(const struct firm *f, uint64_t number,
                           const struct search_turn *turn,
                           const struct published_place *place)
{
    struct canon *c = f->c;
    const struct search_draw *draw = &f->search->draws[number - 1];
    bool is_in = turn != NULL || place->is_listed;
    uint32_t stratum = turn != NULL ? turn->stratum : place->stratum;
    const struct published_stratum *of = &draw->lists.strata[stratum];
    bool is_drawn = turn != NULL && turn->turn != 0, is_annulled = false;
    bool is_dropped = false;
    enum err err = published_is_annulled(&is_annulled, f->dir, number);
    if (err == OK && turn != NULL)
        err = published_is_dropped(&is_dropped, f->dir, number, of->name,
                                   turn->position);
    canon_object(c);
    canon_member_u64(c, "absent", is_in ? 0 : 1);
    canon_member_u64(c, "annulled", is_annulled ? 1 : 0);
    canon_member_string(c, "batch", draw->batch);
    if (is_in) canon_member_u64(c, "count", of->count);
    canon_member_u64(c, "draw", number);
    canon_member_u64(c, "drawn", is_drawn ? 1 : 0);
    canon_member_u64(c, "dropped", is_dropped ? 1 : 0);
    canon_member_u64(c, "given", draw->is_given ? 1 : 0);
    canon_member_u64(c, "listed", is_in ? 1 : 0);
    if (is_in)
        canon_member_u64(c, "position",
                         turn != NULL ? turn->position : place->position);
    canon_member_u64(c, "reserve", turn != NULL && !is_drawn ? 1 : 0);
    if (is_in && of->count != 0)
        canon_member_u64(c, "share", rate_share(of->take, of->count));
    if (is_in) canon_member_string(c, "stratum", of->name);
    canon_member_u64(c, "t1", draw->t1);
    if (is_in) canon_member_u64(c, "take", of->take);
    if (is_drawn) canon_member_u64(c, "turn", turn->turn);
    canon_object_end(c);
    return err;
}

static enum err add_draw(struct firm *f, uint64_t number)
{
    const struct search_draw *draw = &f->search->draws[number - 1];
    const struct search_turn *turn = search_turn_in(f->search, f->known,
                                                    number);
    struct published_place place = { 0 };
    if (!draw->is_taken) return OK;
    if (draw->lists.is_whole) {
        enum err err = published_look(&place, &draw->lists, f->dir, f->id);
        if (err != OK) return err;
    } else if (turn == NULL) {
        f->unknown++;
        return OK;
    }
    bool is_in = turn != NULL || place.is_listed;
    bool is_drawn = turn != NULL && turn->turn != 0;
    f->drawn += is_drawn ? 1 : 0;
    f->listed += is_in ? 1 : 0;
    f->absent += is_in ? 0 : 1;
    if (is_in)
        count_share(f, draw, turn != NULL ? turn->stratum : place.stratum,
                    is_drawn);
    return write_draw(f, number, turn, &place);
}

/* Why it may well be chance, in words that a firm can check. */
static void write_words(struct firm *f, double chance)
{
    char text[512], often[64] = "", likely[WORDS_MAX], firms[WORDS_MAX];
    unsigned long long draws = f->share_count, times = f->times;
    words_chance(likely, chance);
    words_firms(firms, chance * (double)f->base);
    if (chance >= 1e-6 && chance < 0.5)
        snprintf(often, sizeof often, "，约每 %.0f 户有 1 户", 1 / chance);
    if (times == 0)
        snprintf(text, sizeof text,
                 "在能查全部名单的 %llu 场抽取里，每一场都在名单上的对象，"
                 "一次也没有被抽中的机会是 %s。",
                 draws, likely);
    else
        snprintf(text, sizeof text,
                 "在能查全部名单的 %llu 场抽取里，每一场都在名单上的对象，"
                 "被抽中 %llu 次或更多的机会是 %s%s。处境相同的对象"
                 "至多 %llu 户，按机会预计%s会这样。",
                 draws, times, likely, often,
                 (unsigned long long)f->base, firms);
    canon_member_text(f->c, "text", text);
    canon_member_u64(f->c, "times", times);
}

static enum err write_chance(struct firm *f)
{
    double chance = 1;
    char text[WORDS_MAX];
    if (f->share_count == 0) return OK;
    double *room = malloc((f->share_count + 1) * sizeof *room);
    if (room == NULL) return ERR_MEMORY;
    enum err err = chance_at_least(&chance, room, f->shares, f->share_count,
                                   f->times == 0 ? 1 : (size_t)f->times);
    free(room);
    if (err != OK) return err;
    if (f->times == 0) chance = 1 - chance;
    canon_key(f->c, "chance");
    canon_object(f->c);
    canon_member_u64(f->c, "base", f->base);
    canon_member_u64(f->c, "draws", f->share_count);
    words_chance(text, chance);
    canon_member_text(f->c, "probability", text);
    write_words(f, chance);
    canon_object_end(f->c);
    return OK;
}

static void write_firm(struct firm *f)
{
    struct canon *c = f->c;
    canon_member_string(c, "code", f->id);
    if (f->known != NULL)
        profile_member(c, "district", search_text(f->known, SEARCH_DISTRICT));
}

/* The draws first: what they add up to stands before them in the text. */
static enum err answer(struct firm *f, struct bytes *draws)
{
    struct canon *c = f->c;
    struct writer w = writer_into((uint8_t *)(uintptr_t)draws->at,
                                  draws->len);
    struct canon list = canon_into(&w);
    enum err err = OK;
    f->c = &list;
    canon_array(&list);
    for (uint64_t n = f->search->draw_count; err == OK && n > 0; n--)
        err = add_draw(f, n);
    canon_array_end(&list);
    f->c = c;
    if (err == OK && w.is_full) err = ERR_LIMIT;
    if (err != OK) return err;
    canon_object(c);
    canon_member_u64(c, "absent", f->absent);
    err = write_chance(f);
    write_firm(f);
    canon_member_raw(c, "draws", writer_bytes(&w));
    canon_member_u64(c, "drawn", f->drawn);
    canon_member_u64(c, "has_draws", w.len > 2);
    canon_member_u64(c, "listed", f->listed);
    if (f->known != NULL)
        profile_member(c, "name", search_text(f->known, SEARCH_NAME));
    canon_member_text(c, "silence", silence);
    canon_member_u64(c, "size", f->search->as_of);
    canon_member_u64(c, "unknown", f->unknown);
    canon_object_end(c);
    return err;
}

/* Before the first opening no code is told apart, not even repeated. */
static bool is_any_opened(const struct search *search)
{
    for (uint64_t i = 0; i < search->draw_count; i++)
        if (search->draws[i].is_taken) return true;
    return false;
}

enum err view_firm(struct canon *c, struct route_request *request)
{
    uint8_t code[4 * ROUTE_REST_MAX];
    struct writer w = writer_into(code, sizeof code);
    const struct search *search = NULL;
    request->is_passing = true;
    enum err err = route_search(&search, request);
    if (err == OK && text_code(&w, request->rest) != OK) err = ERR_INPUT;
    if (err != OK) return err;
    if (!is_any_opened(search)) {
        canon_object(c);
        canon_member_text(c, "silence", silence);
        canon_object_end(c);
        return OK;
    }
    struct firm firm = { .c = c, .dir = request->dir, .search = search,
                         .id = writer_bytes(&w) };
    firm.known = search_find(search, firm.id);
    struct bytes draws = { malloc(ROUTE_JSON_MAX), ROUTE_JSON_MAX };
    firm.shares = malloc(CHANCE_DRAWS_MAX * sizeof *firm.shares);
    err = draws.at == NULL || firm.shares == NULL ? ERR_MEMORY
                                                  : answer(&firm, &draws);
    free((void *)(uintptr_t)draws.at);
    free(firm.shares);
    return err;
}
