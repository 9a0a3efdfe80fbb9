/* 5.15 and 5.20: the files that entries name. */
#include "audits/audit_case.h"

static struct audit_file *find(const struct audit *a, struct hash hash)
{
    for (size_t i = a->file_count; i > 0; i--)
        if (hash_equal(a->files[i - 1].hash, hash)) return &a->files[i - 1];
    return NULL;
}

static bool grow(struct audit *a)
{
    if (a->file_count < a->file_max) return true;
    size_t max = a->file_max == 0 ? 64 : 2 * a->file_max;
    struct audit_file *files = arena_take(&a->arena, max, sizeof *files);
    if (files == NULL) return false;
    if (a->file_count != 0)
        bytes_copy(files, a->files, a->file_count * sizeof *files);
    a->files = files;
    a->file_max = max;
    return true;
}

bool audit_file_name(struct audit *a, size_t entry, struct hash hash,
                     bool is_list)
{
    const struct audit_file *known = find(a, hash);
    struct audit_file file = { .entry = entry,
                               .hash = hash,
                               .is_list = is_list };
    if (known != NULL) {
        file.text = known->text;
        file.is_there = known->is_there;
    } else if (audit_read_file(&file.text, a, hash) == OK) {
        file.is_there = hash_equal(hash_sha256(file.text), hash);
    }
    if (!grow(a)) return false;
    a->files[a->file_count++] = file;
    return true;
}

const struct audit_file *audit_file_of(const struct audit *a,
                                       struct hash hash)
{
    const struct audit_file *file = find(a, hash);
    return file != NULL && file->is_there ? file : NULL;
}

static void check_book(struct audit *a, size_t index)
{
    const struct value *book = a->entries[index].value;
    const struct audit_file *file =
        audit_file_of(a, value_member_hash(book, "list"));
    if (file == NULL) return; /* 5.15 said so */
    const struct value *list = value_read(&a->arena, file->text, CANON_SORTED);
    bool is_good = list != NULL && list->type == VALUE_ARRAY &&
                   list->count == value_member_u64(book, "slots");
    struct merkle_tree tree;
    merkle_begin(&tree);
    const struct form_check none = { .facts = 0 };
    const struct value *at = is_good ? value_first(list) : NULL;
    for (; at != NULL && is_good; at = value_next(list, at)) {
        is_good = form_fits(&none, &form_hex32, at);
        struct hash commit = value_hash(at);
        merkle_push(&tree, merkle_leaf(hash_bytes(&commit)));
    }
    if (!is_good || !hash_equal(merkle_tree_root(&tree),
                                value_member_hash(book, "root")))
        audit_find(a, "5.20", "第 %zu 条：种子簿的清单算不出它的根", index);
}

void audit_file_check(struct audit *a)
{
    for (size_t i = 0; i < a->file_count; i++) {
        char hex[sizeof(struct hash) * 2 + 1] = { 0 };
        struct writer w = writer_into(hex, sizeof hex - 1);
        writer_hex(&w, hash_bytes(&a->files[i].hash));
        if (!a->files[i].is_there)
            audit_find(a, "5.15", "第 %zu 条所指的 files/%s 缺失或不符",
                       a->files[i].entry, hex);
    }
    for (size_t i = 0; i < a->entry_count; i++)
        if (a->entries[i].kind == KIND_SEED_BOOK) check_book(a, i);
}
