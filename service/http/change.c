#include "http/change.h"

#include "format/json_read.h"
#include "http/profile.h"

enum { TEXT_MAX = 32768 };

const struct change_field change_item[] = {
    { "name", "抽查事项" },  { "basis", "抽查依据" },
    { "field", "抽查领域" }, { "departments", "抽查主体" },
    { "targets", "抽查对象" }, { "category", "类别" },
    { "way", "抽查方式" },   { NULL, NULL }
};

const struct change_field change_batch[] = {
    { "name", "名称" },         { "items", "事项" },
    { "departments", "部门" },  { "quotas", "数量或比例" },
    { "scope", "对象范围" },    { NULL, NULL }
};

static void write_text(struct writer *w, const json_t *value)
{
    struct bytes text;
    if (json_read_string(&text, value) == OK) writer_add(w, text);
}

/* A text, a list of texts, or quotas {least, name, take}. */
static void write_plain(struct writer *w, const json_t *value)
{
    write_text(w, value);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *one = json_array_get(value, i);
        if (i != 0) writer_text(w, "、");
        write_text(w, one);
        if (!json_is_object(one)) continue;
        write_text(w, json_read_member(one, "name"));
        writer_text(w, " ");
        write_text(w, json_read_member(one, "take"));
        uint64_t least = 0;
        if (json_read_u64(&least, json_read_member(one, "least"), 1) == OK &&
            least == 1)
            writer_text(w, "（至少 1）");
    }
}

void change_join(struct canon *c, const char *key, const json_t *list)
{
    uint8_t room[TEXT_MAX];
    struct writer w = writer_into(room, sizeof room);
    write_plain(&w, list);
    profile_member(c, key, w.is_full ? bytes_text("（太长，略）")
                                     : writer_bytes(&w));
}

static void write_changed(struct canon *c, const json_t *old,
                          const json_t *new,
                          const struct change_field *fields)
{
    for (; fields->key != NULL; fields++) {
        const json_t *before = json_read_member(old, fields->key);
        const json_t *after = json_read_member(new, fields->key);
        if (json_equal(before, after)) continue;
        canon_object(c);
        change_join(c, "after", after);
        change_join(c, "before", before);
        canon_key(c, "code");
        struct bytes code = bytes_text("");
        if (json_read_string(&code, json_read_member(new, "code")) != OK)
            code = bytes_text("");
        canon_string(c, code);
        canon_member_text(c, "field", fields->name);
        canon_object_end(c);
    }
}

static struct bytes code_of(const json_t *element)
{
    struct bytes code;
    return json_read_string(&code, json_read_member(element, "code")) == OK
               ? code
               : bytes_text("");
}

/* Elements of `of` that `than` does not have. */
static void write_missing(struct canon *c, const char *key,
                          const struct gazette_issue *of,
                          const struct gazette_issue *than)
{
    static const char *const fields[] = { "code", "name", NULL };
    canon_key(c, key);
    canon_array(c);
    for (size_t i = 0; i < json_array_size(of->list); i++) {
        const json_t *element = json_array_get(of->list, i);
        if (gazette_element(than, code_of(element)) != NULL) continue;
        canon_object(c);
        profile_write_json(c, element, fields);
        canon_object_end(c);
    }
    canon_array_end(c);
}

void change_write(struct canon *c, const struct gazette_issue *before,
                  const struct gazette_issue *after,
                  const struct change_field *fields)
{
    write_missing(c, "added", after, before);
    canon_key(c, "changed");
    canon_array(c);
    for (size_t i = 0; i < json_array_size(after->list); i++) {
        const json_t *new = json_array_get(after->list, i);
        const json_t *old = gazette_element(before, code_of(new));
        if (old != NULL) write_changed(c, old, new, fields);
    }
    canon_array_end(c);
    write_missing(c, "removed", before, after);
}
