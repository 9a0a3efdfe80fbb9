#include "domain/gazette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/json_read.h"

static const char *list_key(const char *kind)
{
    if (strcmp(kind, "items") == 0) return "list";
    return strcmp(kind, "plan") == 0 ? "batches" : NULL;
}

static enum err read_issue(struct gazette_issue *issue,
                           const struct directory *dir,
                           const struct store_log_entry *found)
{
    struct listing_entry entry = { 0 };
    const char *key = list_key(found->kind);
    enum err err = listing_entry(&entry, dir->db, found->seq);
    *issue = (struct gazette_issue){ .seq = found->seq,
                                     .time = found->time,
                                     .digest = entry.digest,
                                     .root = entry.root };
    if (err != OK || key == NULL) return err;
    return listing_read(&issue->list, dir,
                        json_read_member(entry.root, key));
}

enum err gazette_load(struct gazette *gazette, const struct directory *dir,
                      const char *kind)
{
    struct store_log_entry wish = { 0 }, found;
    enum err err;
    *gazette = (struct gazette){ 0 };
    snprintf(wish.kind, sizeof wish.kind, "%s", kind);
    while ((err = store_log_find(&found, dir->db, &wish)) == OK) {
        if (gazette->count == GAZETTE_MAX) return ERR_LIMIT;
        struct gazette_issue *more =
            realloc(gazette->issues, (gazette->count + 1) * sizeof *more);
        if (more == NULL) return ERR_MEMORY;
        gazette->issues = more;
        err = read_issue(&more[gazette->count++], dir, &found);
        if (err != OK) return err;
        wish.seq = found.seq + 1;
    }
    return err == ERR_ABSENT ? OK : err;
}

void gazette_release(struct gazette *gazette)
{
    for (size_t i = 0; i < gazette->count; i++) {
        json_decref(gazette->issues[i].root);
        json_decref(gazette->issues[i].list);
    }
    free(gazette->issues);
    *gazette = (struct gazette){ 0 };
}

const struct gazette_issue *gazette_find(const struct gazette *gazette,
                                         struct hash digest)
{
    for (size_t i = 0; i < gazette->count; i++)
        if (hash_equal(gazette->issues[i].digest, digest))
            return &gazette->issues[i];
    return NULL;
}

json_t *gazette_element(const struct gazette_issue *issue, struct bytes code)
{
    struct bytes its;
    size_t count = issue == NULL ? 0 : json_array_size(issue->list);
    for (size_t i = 0; i < count; i++) {
        json_t *element = json_array_get(issue->list, i);
        if (json_read_string(&its, json_read_member(element, "code")) == OK &&
            bytes_equal(its, code))
            return element;
    }
    return NULL;
}
