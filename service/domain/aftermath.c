#include "domain/aftermath.h"

#include <string.h>

enum { NAME_MAX_BYTES = 200 };

enum err aftermath_make(struct aftermath *a)
{
    struct hash seed;
    uint64_t count = 0;
    enum err err =
        draw_frozen(&a->frozen, &a->libraries, a->dir, &a->draw);
    if (err == OK) err = draw_seed(&seed, &a->draw);
    if (err == OK) err = succession_count(&count, a->dir, a->draw.number);
    if (err == OK)
        err = outcome_make(&a->outcome, &a->frozen, &seed, count + 1);
    if (err == OK)
        err = succession_replay(&a->succession, &a->outcome, a->dir,
                                a->draw.number);
    return err;
}

enum err aftermath_begin(struct aftermath *a, struct directory *dir,
                         uint64_t number)
{
    *a = (struct aftermath){ .dir = dir };
    enum err err = draw_load(&a->draw, dir, number);
    const struct draw_entry *e = a->draw.entries;
    if (err == OK && (!e[DRAW_DRAW].is_there || e[DRAW_ANNUL].is_there))
        err = directory_why(dir, ERR_STATE,
                          "第 %llu 号%s，不在抽取之后，不能这样做",
                          (unsigned long long)number, draw_stage(&a->draw));
    return err == OK ? aftermath_make(a) : err;
}

void aftermath_end(struct aftermath *a)
{
    succession_release(&a->succession);
    outcome_release(&a->outcome);
    frozen_release(&a->frozen);
    draw_libraries_release(&a->libraries);
    draw_release(&a->draw);
}

enum err aftermath_place(size_t *place, struct aftermath *a,
                         const char *stratum, uint64_t position)
{
    uint32_t index = 0;
    if (succession_stratum(&index, &a->succession, bytes_text(stratum)) != OK)
        return directory_why(a->dir, ERR_INPUT, "公告中没有层“%s”", stratum);
    *place = succession_find(&a->succession, index, position);
    if (*place == SUCCESSION_NONE)
        return directory_why(a->dir, ERR_INPUT,
                           "层“%s”的 %llu 号位置没有抽中，也不是递补",
                           stratum, (unsigned long long)position);
    if (a->succession.places[*place].is_dropped)
        return directory_why(a->dir, ERR_STATE,
                           "层“%s”的 %llu 号位置早已由递补替换", stratum,
                           (unsigned long long)position);
    return OK;
}

bool aftermath_is_open(const struct aftermath *a)
{
    return a->draw.entries[DRAW_OPENING].is_there;
}

bool aftermath_is_sealed(const struct aftermath *a)
{
    return !a->draw.announcement.is_open && !aftermath_is_open(a);
}

enum err aftermath_name(struct aftermath *a, const char *what,
                        const char *text)
{
    bool is_good = text != NULL && text[0] != '\0' &&
                   strlen(text) <= NAME_MAX_BYTES;
    for (const char *c = text; is_good && *c != '\0'; c++)
        is_good = (unsigned char)*c >= 0x20 && *c != 0x7f;
    if (is_good) return OK;
    return directory_why(a->dir, ERR_INPUT,
                       "%s须写明，1 至 200 字节，不含换行", what);
}

enum err aftermath_append(struct aftermath *a,
                          const struct actor_entry *entry)
{
    enum err err = actor_append(a->dir, entry);
    if (err == OK) a->draw.last = hash_sha256(entry->text);
    return err;
}
