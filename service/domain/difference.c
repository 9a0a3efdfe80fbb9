#include "domain/difference.h"

#include <string.h>

struct side {
    struct edition_walk *walk;
    struct bytes line, key;
    bool is_there;
};

static enum err step(struct side *side)
{
    side->is_there = edition_walk_next(&side->line, side->walk);
    return side->is_there ? sheet_line_key(&side->key, side->line) : OK;
}

static void count(struct difference *d, enum difference_sort sort,
                  struct bytes line)
{
    uint64_t index = d->count[sort]++;
    if (sort == DIFFERENCE_SAME || index >= DIFFERENCE_EXAMPLE_MAX) return;
    size_t len = line.len - 1; /* without its newline */
    if (len > DIFFERENCE_LINE_MAX - 1) {
        len = DIFFERENCE_LINE_MAX - 1;
        while (len > 0 && (line.at[len] & 0xc0) == 0x80) len--;
    }
    memcpy(d->examples[sort][index], line.at, len);
    d->examples[sort][index][len] = '\0';
}

/* Below 0: the line before is gone; above: the one now is new. */
static int compare(const struct side *before, const struct side *now)
{
    if (!before->is_there) return 1;
    if (!now->is_there) return -1;
    return bytes_compare(before->key, now->key);
}

static enum err merge(struct difference *d, struct side *before,
                      struct side *now)
{
    enum err err = step(before);
    if (err == OK) err = step(now);
    while (err == OK && (before->is_there || now->is_there)) {
        int order = compare(before, now);
        if (order < 0)
            count(d, DIFFERENCE_GONE, before->line);
        else if (order > 0)
            count(d, DIFFERENCE_NEW, now->line);
        else if (bytes_equal(before->line, now->line))
            count(d, DIFFERENCE_SAME, now->line);
        else
            count(d, DIFFERENCE_CHANGED, now->line);
        if (order <= 0) err = step(before);
        if (err == OK && order >= 0) err = step(now);
    }
    return err;
}

enum err difference_read(struct difference *difference,
                         struct edition_walk *before, struct edition_walk *now)
{
    memset(difference, 0, sizeof *difference);
    struct side a = { .walk = before }, b = { .walk = now };
    enum err err = merge(difference, &a, &b);
    enum err ended_a = edition_walk_end(before);
    enum err ended_b = edition_walk_end(now);
    if (err == OK) err = ended_a;
    return err == OK ? ended_b : err;
}
