#include "domain/announcement.h"

#include "core/canon.h"
#include "format/json_read.h"

static const char *const column_names[] = { "code",     "name", "type",
                                            "district", "kind", "risk",
                                            "tags",     "none" };

const char *announcement_column_name(enum announcement_column column)
{
    return column == COLUMN_NONE ? "" : column_names[column];
}

static enum err read_word(size_t *index, const json_t *value,
                          const char *const *words, size_t count)
{
    struct bytes text;
    enum err err = json_read_string(&text, value);
    if (err != OK) return err;
    for (size_t i = 0; i < count; i++) {
        if (!bytes_equal_text(text, words[i])) continue;
        *index = i;
        return OK;
    }
    return ERR_FORMAT;
}

/* A flag whose two words are given, the false one first. */
static enum err read_flag(bool *flag, const json_t *root, const char *key,
                          const char *const words[2])
{
    size_t index = 0;
    enum err err = read_word(&index, json_read_member(root, key), words, 2);
    if (err == OK) *flag = index == 1;
    return err;
}

struct number_field {
    const char *key;
    uint64_t *value;
    uint64_t max;
};

static enum err read_numbers(struct announcement *a)
{
    uint64_t urgent = 0;
    const struct number_field fields[] = {
        { "draw", &a->draw, CANON_INTEGER_MAX },
        { "time", &a->time, CANON_INTEGER_MAX },
        { "slot", &a->slot, UINT32_MAX },
        { "t0", &a->t0, CANON_INTEGER_MAX },
        { "t1", &a->t1, CANON_INTEGER_MAX },
        { "t4", &a->t4, CANON_INTEGER_MAX },
        { "urgent", &urgent, 1 },
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        enum err err = json_read_u64(
            fields[i].value, json_read_member(a->root, fields[i].key),
            fields[i].max);
        if (err != OK) return err;
    }
    a->is_urgent = urgent == 1;
    return OK;
}

static enum err read_hashes(struct announcement *a)
{
    const struct {
        const char *key;
        struct hash *hash;
    } fields[] = { { "prev", &a->prev },
                   { "book", &a->book },
                   { "policy", &a->policy },
                   { "ending", &a->ending } };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        enum err err = json_read_hash(
            fields[i].hash, json_read_member(a->root, fields[i].key));
        if (err != OK) return err;
    }
    return OK;
}

static enum err read_flags(struct announcement *a)
{
    static const char *const modes[] = { "sealed", "open" };
    static const char *const disclosures[] = { "kept", "waived" };
    static const char *const beacons[] = { "quicknet", "test" };

    enum err err = read_flag(&a->is_open, a->root, "mode", modes);
    if (err == OK)
        err = read_flag(&a->is_waived, a->root, "disclosure", disclosures);
    if (err == OK) err = read_flag(&a->is_test, a->root, "beacon", beacons);
    if (err != OK) return err;
    const json_t *given = json_read_member(a->root, "given");
    a->is_given = given != NULL && !json_read_is_null(given);
    return OK;
}

static enum err read_columns(struct announcement *a)
{
    size_t stratify = 0;
    enum err err = read_word(&stratify, json_read_member(a->root, "stratify"),
                             column_names, COLUMN_NONE + 1);
    if (err != OK) return err;
    a->stratify = (enum announcement_column)stratify;

    const json_t *columns = json_read_member(a->root, "columns");
    err = json_read_array(&a->column_count, columns);
    if (err != OK) return err;
    if (a->column_count > ANNOUNCEMENT_COLUMNS_MAX) return ERR_RANGE;
    for (size_t i = 0; i < a->column_count; i++) {
        size_t column = 0;
        err = read_word(&column, json_read_item(columns, i), column_names,
                        COLUMN_KIND + 1);
        if (err != OK) return err;
        a->columns[i] = (enum announcement_column)column;
    }
    return OK;
}

static enum err read_department(struct announcement *a, const json_t *value)
{
    struct announcement_department *d = &a->departments[a->department_count];
    uint64_t seats = 0;
    enum err err = json_read_string(&d->name, json_read_member(value, "name"));
    if (err == OK)
        err = json_read_u64(&seats, json_read_member(value, "seats"), 9);
    if (err != OK) return err;
    d->seats = (uint32_t)seats;
    a->seat_count += seats;
    if (a->seat_count > ANNOUNCEMENT_SEATS_MAX) return ERR_RANGE;
    a->department_count++;
    return OK;
}

static enum err read_stratum(struct announcement *a, const json_t *value)
{
    static const char *const classes[] = { "public", "internal" };
    struct announcement_stratum *s = &a->strata[a->stratum_count];
    struct bytes take;
    uint64_t least = 0;
    enum err err = json_read_string(&s->name, json_read_member(value, "name"));
    if (err == OK)
        err = json_read_string(&take, json_read_member(value, "take"));
    if (err == OK) err = rate_read(&s->take, take);
    if (err == OK)
        err = json_read_u64(&least, json_read_member(value, "least"), 1);
    if (err == OK) err = read_flag(&s->is_internal, value, "class", classes);
    if (err != OK) return err;
    s->is_least_one = least == 1;
    a->stratum_count++;
    return OK;
}

static enum err read_contributor(struct announcement *a, const json_t *value)
{
    struct announcement_contributor *c =
        &a->contributors[a->contributor_count];
    enum err err = json_read_string(&c->name, json_read_member(value, "name"));
    if (err == OK)
        err = json_read_hex(c->key, sizeof c->key,
                            json_read_member(value, "key"));
    if (err == OK) a->contributor_count++;
    return err;
}

static enum err read_each(struct announcement *a, const char *key, size_t max,
                          enum err (*read)(struct announcement *,
                                           const json_t *))
{
    size_t count = 0;
    const json_t *array = json_read_member(a->root, key);
    enum err err = json_read_array(&count, array);
    if (err != OK) return err;
    if (count > max) return ERR_RANGE;
    for (size_t i = 0; i < count && err == OK; i++)
        err = read(a, json_read_item(array, i));
    return err;
}

static enum err read_lists(struct announcement *a)
{
    enum err err = read_each(a, "departments", ANNOUNCEMENT_DEPARTMENTS_MAX,
                             read_department);
    if (err == OK)
        err = read_each(a, "strata", ANNOUNCEMENT_STRATA_MAX, read_stratum);
    if (err == OK)
        err = read_each(a, "contributors", ANNOUNCEMENT_CONTRIBUTORS_MAX,
                        read_contributor);
    if (err == OK)
        err = json_read_array(&a->exclusion_count,
                              json_read_member(a->root, "exclusions"));
    if (err != OK) return err;
    if (a->exclusion_count > ANNOUNCEMENT_EXCLUSIONS_MAX) return ERR_RANGE;
    return a->stratum_count > 0 && a->seat_count > 0 ? OK : ERR_RANGE;
}

static enum err read_custodian(struct announcement *a)
{
    const json_t *custodian = json_read_member(a->root, "custodian");
    if (custodian == NULL) return ERR_FORMAT;
    if (json_read_is_null(custodian)) return OK;
    a->has_custodian = true;
    return json_read_hex(a->custodian, sizeof a->custodian,
                         json_read_member(custodian, "key"));
}

enum err announcement_read(struct announcement *a, struct bytes text)
{
    *a = (struct announcement){ 0 };
    if (!canon_is_canonical(text, CANON_SORTED)) return ERR_CANONICAL;
    enum err err = json_read_text(&a->root, text);
    if (err != OK) return err;

    a->digest = hash_sha256(text);
    err = read_numbers(a);
    if (err == OK) err = read_hashes(a);
    if (err == OK) err = read_flags(a);
    if (err == OK) err = read_columns(a);
    if (err == OK) err = read_lists(a);
    if (err == OK) err = read_custodian(a);
    if (err == OK)
        err = json_read_string(&a->batch, json_read_member(a->root, "batch"));
    if (err == OK)
        err = json_read_string(&a->mirror,
                               json_read_member(a->root, "mirror"));
    if (err != OK) announcement_release(a);
    return err;
}

void announcement_release(struct announcement *a)
{
    json_decref(a->root);
    a->root = NULL;
}

bool announcement_is_public(const struct announcement *a)
{
    for (size_t i = 0; i < a->stratum_count; i++) {
        if (a->strata[i].is_internal) return false;
    }
    return true;
}
