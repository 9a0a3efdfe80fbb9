#include "audits/receipt.h"

#include <inttypes.h>

#include "core/base64.h"
#include "core/crew.h"
#include "core/frame.h"

#define MAGIC "YHR1"
enum { LATER_COUNT = 255, STRING_MAX = 65535 };

/* ---- reading ------------------------------------------------------------ */

/* Takes `len` bytes from the front; false where there are not so many. */
static bool take(struct bytes *part, struct bytes *rest, size_t len)
{
    if (rest->len < len) return false;
    *part = bytes_slice(*rest, 0, len);
    *rest = bytes_slice(*rest, len, rest->len - len);
    return true;
}

static bool take_string(struct bytes *text, struct bytes *rest)
{
    struct bytes len;
    if (!take(&len, rest, 2)) return false;
    return take(text, rest, (size_t)len.at[0] << 8 | len.at[1]);
}

static bool take_u64(uint64_t *number, struct bytes *rest)
{
    struct bytes part;
    if (!take(&part, rest, 8)) return false;
    *number = bytes_get_u64(part.at);
    return true;
}

static bool take_hash(struct hash *hash, struct bytes *rest)
{
    struct bytes part;
    if (!take(&part, rest, sizeof hash->b)) return false;
    bytes_copy(hash->b, part.at, sizeof hash->b);
    return true;
}

/* `is_later` NULL: a path of hashes is the only choice. */
static bool take_path(struct merkle_path *path, bool *is_later,
                      struct bytes *rest)
{
    struct bytes count;
    path->count = 0;
    if (!take(&count, rest, 1)) return false;
    if (is_later != NULL) *is_later = count.at[0] == LATER_COUNT;
    if (is_later != NULL && *is_later) return true;
    if (count.at[0] > MERKLE_PATH_MAX) return false;
    while (path->count < count.at[0])
        if (!take_hash(&path->at[path->count++], rest)) return false;
    return true;
}

enum err receipt_read(struct receipt *receipt, uint8_t *room,
                      struct bytes text)
{
    struct writer w = writer_into(room, RECEIPT_LEN_MAX);
    enum err err = base64_read_url(&w, text);
    if (err != OK) return err == ERR_FULL ? ERR_LIMIT : err;
    struct bytes rest = writer_bytes(&w), magic;
    bool is_good = take(&magic, &rest, sizeof MAGIC - 1) &&
                   bytes_equal_text(magic, MAGIC) &&
                   take_string(&receipt->origin, &rest) &&
                   take_u64(&receipt->draw, &rest) &&
                   take_string(&receipt->stratum, &rest) &&
                   take_u64(&receipt->position, &rest) &&
                   take_hash(&receipt->order, &rest) &&
                   take_string(&receipt->row, &rest) &&
                   take_hash(&receipt->blind, &rest) &&
                   take_hash(&receipt->duty, &rest) &&
                   take_path(&receipt->path, NULL, &rest) &&
                   take_string(&receipt->crew, &rest) &&
                   take_hash(&receipt->crew_blind, &rest) &&
                   take_path(&receipt->crew_path, &receipt->is_crew_later,
                             &rest);
    return is_good && rest.len == 0 ? OK : ERR_FORMAT;
}

/* ---- writing ------------------------------------------------------------ */

static void add_string(struct writer *w, struct bytes text)
{
    if (text.len > STRING_MAX) {
        w->is_full = true;
        return;
    }
    writer_byte(w, (uint8_t)(text.len >> 8));
    writer_byte(w, (uint8_t)text.len);
    writer_add(w, text);
}

static void add_u64(struct writer *w, uint64_t number)
{
    uint8_t bytes[8];
    bytes_put_u64(bytes, number);
    writer_add(w, bytes_of(bytes, sizeof bytes));
}

static void add_path(struct writer *w, const struct merkle_path *path)
{
    writer_byte(w, (uint8_t)path->count);
    for (size_t i = 0; i < path->count; i++)
        writer_add(w, hash_bytes(&path->at[i]));
}

void receipt_write(struct writer *w, const struct receipt *receipt)
{
    uint8_t room[RECEIPT_LEN_MAX];
    struct writer raw = writer_into(room, sizeof room);
    writer_text(&raw, MAGIC);
    add_string(&raw, receipt->origin);
    add_u64(&raw, receipt->draw);
    add_string(&raw, receipt->stratum);
    add_u64(&raw, receipt->position);
    writer_add(&raw, hash_bytes(&receipt->order));
    add_string(&raw, receipt->row);
    writer_add(&raw, hash_bytes(&receipt->blind));
    writer_add(&raw, hash_bytes(&receipt->duty));
    add_path(&raw, &receipt->path);
    add_string(&raw, receipt->crew);
    writer_add(&raw, hash_bytes(&receipt->crew_blind));
    if (receipt->is_crew_later) writer_byte(&raw, LATER_COUNT);
    else add_path(&raw, &receipt->crew_path);
    if (raw.is_full) w->is_full = true;
    else base64_write_url(w, writer_bytes(&raw));
}

/* ---- checking ----------------------------------------------------------- */

/* The latest entry that set a crew of this position; NULL: D's holds. */
static const struct verify_entry *latest(const struct verify *v,
                                         const struct receipt *receipt)
{
    const struct verify_entry *found = NULL;
    for (size_t i = 0; i < v->entry_count; i++) {
        const struct verify_entry *entry = &v->entries[i];
        const char *key = NULL;
        if (entry->kind == KIND_REPLACEMENT) key = "reserve";
        if (entry->kind == KIND_STAND_IN) key = "position";
        if (key == NULL) continue;
        const struct value *position = value_member(entry->value, key);
        if (!value_is_null(position) &&
            value_u64(position) == receipt->position &&
            bytes_equal(value_member_text(entry->value, "stratum"),
                        receipt->stratum))
            found = entry;
    }
    return found;
}

/* Place in the order of draw over all strata; `count`: there is none. */
static uint64_t place_of(const struct verify *v, size_t stratum,
                         uint64_t position, uint64_t count)
{
    uint64_t before = 0;
    for (size_t i = 0; i < stratum; i++) before += v->strata[i].take;
    for (uint64_t i = 0; i < v->strata[stratum].take; i++)
        if (v->strata[stratum].out[i] == position) return before + i;
    return count;
}

static enum err check_row(const struct verify_stratum *stratum,
                          const struct receipt *receipt)
{
    struct frame_leaf leaf = { receipt->order,
                               frame_row_digest(&receipt->blind, receipt->row),
                               receipt->duty };
    struct merkle_place place = { receipt->position,
                                  merkle_leaf(frame_leaf_bytes(&leaf)) };
    struct hash root;
    if (!verify_case_climb(&root, &receipt->path, &place, stratum->count) ||
        !hash_equal(frame_commitment(stratum->name, stratum->count, &root),
                    stratum->commitment))
        return ERR_PROOF;
    return OK;
}

static enum err check_crew(const struct verify *v,
                           const struct receipt *receipt, size_t stratum)
{
    struct hash digest = crew_digest(&receipt->crew_blind, receipt->crew);
    const struct verify_entry *entry = latest(v, receipt);
    uint64_t count = 0;
    for (size_t i = 0; i < v->stratum_count; i++) count += v->strata[i].take;
    struct merkle_place place = {
        place_of(v, stratum, receipt->position, count),
        merkle_leaf(hash_bytes(&digest))
    };
    if (entry == NULL && place.index == count) return ERR_ABSENT;
    if (entry != NULL)
        return hash_equal(digest, value_member_hash(entry->value, "crew")) ?
                   OK :
                   ERR_STATE;
    struct hash root, crews = value_member_hash(
                          verify_case_value(v, KIND_DRAW), "crews");
    if (receipt->is_crew_later ||
        !verify_case_climb(&root, &receipt->crew_path, &place, count) ||
        !hash_equal(crew_commitment(count, &root), crews))
        return ERR_PROOF;
    return OK;
}

enum err receipt_check(const struct receipt *receipt,
                       const struct verify *proof)
{
    if (proof->rule != NULL || proof->at[KIND_DRAW] == VERIFY_NONE)
        return ERR_ABSENT;
    if (!bytes_equal(receipt->origin, proof->policy->logs[0].key.name) ||
        receipt->draw !=
            value_member_u64(verify_case_value(proof, KIND_DRAW), "draw"))
        return ERR_KEY;
    size_t stratum = verify_case_stratum(proof, receipt->stratum);
    if (stratum == VERIFY_NONE) return ERR_ABSENT;
    enum err err = check_row(&proof->strata[stratum], receipt);
    return err == OK ? check_crew(proof, receipt, stratum) : err;
}

/* The entry by which this position dropped out, or NULL. */
static const struct verify_entry *dropped(const struct verify *v,
                                          const struct receipt *receipt)
{
    for (size_t i = 0; i < v->entry_count; i++) {
        const struct verify_entry *entry = &v->entries[i];
        if (entry->kind == KIND_REPLACEMENT &&
            value_member_u64(entry->value, "position") == receipt->position &&
            bytes_equal(value_member_text(entry->value, "stratum"),
                        receipt->stratum))
            return entry;
    }
    return NULL;
}

static const char *finding(enum err err)
{
    static const struct {
        enum err err;
        const char *text;
    } findings[] = {
        { OK, "相符" },
        { ERR_KEY, "不符：它是另一次抽取的" },
        { ERR_ABSENT, "不符：它的位置没有抽中，也不是登记的递补" },
        { ERR_STATE, "不符：检查人员已换人，请向抽查机关要新的回执，"
                     "并用最新的证明核对" },
        { ERR_PROOF, "不符：它的对象或检查人员不是封存和抽取时承诺的" },
    };
    size_t i = 0;
    while (findings[i].err != err && findings[i].err != ERR_PROOF) i++;
    return findings[i].text;
}

bool receipt_print(FILE *to, struct bytes text, const struct verify *proof)
{
    uint8_t room[RECEIPT_LEN_MAX];
    struct receipt receipt;
    if (receipt_read(&receipt, room, text) != OK) {
        fputs("\n回执不符：这不是一张完整的回执。\n", to);
        return false;
    }
    enum err err = receipt_check(&receipt, proof);
    fprintf(to, "\n回执%s。\n", finding(err));
    if (err != OK) return false;
    fprintf(to, "  第 %" PRIu64 " 号抽取，层“%.*s”，位置 %" PRIu64 "；%s。\n",
            receipt.draw, (int)receipt.stratum.len,
            (const char *)receipt.stratum.at, receipt.position,
            receipt.is_crew_later ? "检查人员是最近一次登记的"
                                  : "检查人员是抽取时派出的");
    if (dropped(proof, &receipt) != NULL)
        fputs("  ● 这一户后来退出了本次抽查，不再检查。\n", to);
    return true;
}
