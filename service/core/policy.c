#include "core/policy.h"

/* ---- words ----------------------------------------------------------- */

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t';
}

/* The next word of a line, empty at its end. */
static struct bytes take_word(struct bytes *rest)
{
    size_t start = 0;
    while (start < rest->len && is_blank(rest->at[start])) start++;
    size_t end = start;
    while (end < rest->len && !is_blank(rest->at[end])) end++;
    struct bytes word = bytes_slice(*rest, start, end - start);
    *rest = bytes_slice(*rest, end, rest->len);
    return word;
}

/* An optional address, then nothing more. */
static enum err take_last(struct bytes *url, struct bytes *rest)
{
    *url = take_word(rest);
    return take_word(rest).len == 0 ? OK : ERR_FORMAT;
}

static bool is_text(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];
        if (c == 0x7f || (c < 0x20 && c != '\t' && c != '\n')) return false;
    }
    return true;
}

/* ---- names ----------------------------------------------------------- */

static bool find(struct policy_member *member, const struct policy *policy,
                 struct bytes name)
{
    for (uint32_t i = 0; i < policy->witness_count; i++) {
        *member = (struct policy_member){ POLICY_WITNESS, i };
        if (bytes_equal(policy->witnesses[i].name, name)) return true;
    }
    for (uint32_t i = 0; i < policy->group_count; i++) {
        *member = (struct policy_member){ POLICY_GROUP, i };
        if (bytes_equal(policy->groups[i].name, name)) return true;
    }
    return false;
}

static enum err check_new_name(const struct policy *policy, struct bytes name)
{
    struct policy_member member;
    if (name.len == 0) return ERR_FORMAT;
    if (bytes_equal_text(name, "none")) return ERR_FORMAT;
    return find(&member, policy, name) ? ERR_EXISTS : OK;
}

/* A name may be a member once in the whole policy, not once in a group. */
static bool is_member(const struct policy *policy, struct policy_member member)
{
    for (uint32_t g = 0; g <= policy->group_count; g++) {
        const struct policy_group *group = &policy->groups[g];
        for (uint32_t i = 0; i < group->member_count; i++)
            if (group->members[i].who == member.who &&
                group->members[i].index == member.index)
                return true;
    }
    return false;
}

static bool is_same_key(const struct note_key *a, const struct note_key *b)
{
    return bytes_equal(bytes_of(a->key, sizeof a->key),
                       bytes_of(b->key, sizeof b->key));
}

static enum err take_key(struct note_key *key, struct bytes *rest,
                         enum note_type type)
{
    enum err err = note_key_read(key, take_word(rest));
    if (err != OK) return err;
    return key->type == type ? OK : ERR_KEY;
}

/* ---- lines ----------------------------------------------------------- */

static enum err read_log(struct policy *policy, struct bytes *rest)
{
    if (policy->log_count == POLICY_LOGS_MAX) return ERR_LIMIT;
    struct policy_log *log = &policy->logs[policy->log_count];
    enum err err = take_key(&log->key, rest, NOTE_ED25519);
    if (err != OK) return err;
    for (uint32_t i = 0; i < policy->log_count; i++)
        if (is_same_key(&log->key, &policy->logs[i].key)) return ERR_EXISTS;
    policy->log_count++;
    return take_last(&log->url, rest);
}

static enum err read_witness(struct policy *policy, struct bytes *rest)
{
    if (policy->witness_count == POLICY_WITNESSES_MAX) return ERR_LIMIT;
    struct policy_witness *witness = &policy->witnesses[policy->witness_count];
    witness->name = take_word(rest);
    enum err err = check_new_name(policy, witness->name);
    if (err != OK) return err;
    err = take_key(&witness->key, rest, NOTE_COSIGNATURE);
    if (err != OK) return err;
    for (uint32_t i = 0; i < policy->witness_count; i++)
        if (is_same_key(&witness->key, &policy->witnesses[i].key))
            return ERR_EXISTS;
    policy->witness_count++;
    return take_last(&witness->url, rest);
}

static enum err read_need(struct policy_group *group)
{
    uint64_t need;
    group->need = group->member_count;
    if (bytes_equal_text(group->spelled, "all")) return OK;
    group->need = 1;
    if (bytes_equal_text(group->spelled, "any")) return OK;
    enum err err = bytes_read_u64(&need, group->spelled, group->member_count);
    if (err != OK) return err;
    group->need = (uint32_t)need;
    return need == 0 ? ERR_RANGE : OK;
}

static enum err read_group(struct policy *policy, struct bytes *rest)
{
    if (policy->group_count == POLICY_GROUPS_MAX) return ERR_LIMIT;
    struct policy_group *group = &policy->groups[policy->group_count];
    group->member_count = 0;
    group->name = take_word(rest);
    enum err err = check_new_name(policy, group->name);
    if (err != OK) return err;
    group->spelled = take_word(rest);

    struct bytes name;
    while ((name = take_word(rest)).len > 0) {
        struct policy_member member;
        if (!find(&member, policy, name)) return ERR_ABSENT;
        if (is_member(policy, member)) return ERR_EXISTS;
        group->members[group->member_count++] = member;
    }
    if (group->member_count == 0) return ERR_FORMAT;
    err = read_need(group);
    policy->group_count++;
    return err;
}

static enum err read_quorum(struct policy *policy, struct bytes *rest)
{
    if (policy->has_quorum) return ERR_EXISTS;
    policy->has_quorum = true;
    policy->quorum = (struct policy_member){ POLICY_NONE, 0 };
    struct bytes name = take_word(rest);
    if (name.len == 0 || take_word(rest).len != 0) return ERR_FORMAT;
    if (bytes_equal_text(name, "none")) return OK;
    return find(&policy->quorum, policy, name) ? OK : ERR_ABSENT;
}

static enum err read_line(struct policy *policy, struct bytes line)
{
    static const struct {
        const char *word;
        enum err (*read)(struct policy *policy, struct bytes *rest);
    } verbs[] = {
        { "log", read_log },
        { "witness", read_witness },
        { "group", read_group },
        { "quorum", read_quorum },
    };
    struct bytes word = take_word(&line);
    if (word.len == 0 || word.at[0] == '#') return OK;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (bytes_equal_text(word, verbs[i].word))
            return verbs[i].read(policy, &line);
    return ERR_FORMAT;
}

enum err policy_read(struct policy *policy, struct bytes text)
{
    bytes_fill(policy, 0, sizeof *policy);
    if (text.len > POLICY_TEXT_MAX) return ERR_LIMIT;
    if (!is_text(text)) return ERR_FORMAT;

    struct bytes line;
    while (bytes_take_line(&line, &text)) {
        policy->line++;
        enum err err = read_line(policy, line);
        if (err != OK) return err;
    }
    if (text.len > 0) return ERR_FORMAT;
    return policy->has_quorum ? OK : ERR_ABSENT;
}

/* ---- the canonical form ---------------------------------------------- */

static struct bytes name_of(const struct policy *policy,
                            struct policy_member member)
{
    if (member.who == POLICY_WITNESS)
        return policy->witnesses[member.index].name;
    if (member.who == POLICY_GROUP) return policy->groups[member.index].name;
    return bytes_text("none");
}

static void write_group(struct writer *w, const struct policy *policy,
                        const struct policy_group *group)
{
    writer_text(w, "group ");
    writer_add(w, group->name);
    writer_byte(w, ' ');
    writer_add(w, group->spelled);
    for (uint32_t i = 0; i < group->member_count; i++) {
        writer_byte(w, ' ');
        writer_add(w, name_of(policy, group->members[i]));
    }
    writer_byte(w, '\n');
}

void policy_write(struct writer *w, const struct policy *policy)
{
    for (uint32_t i = 0; i < policy->log_count; i++) {
        writer_text(w, "log ");
        note_key_write(w, &policy->logs[i].key);
        writer_byte(w, '\n');
    }
    for (uint32_t i = 0; i < policy->witness_count; i++) {
        writer_text(w, "witness ");
        writer_add(w, policy->witnesses[i].name);
        writer_byte(w, ' ');
        note_key_write(w, &policy->witnesses[i].key);
        writer_byte(w, '\n');
    }
    for (uint32_t i = 0; i < policy->group_count; i++)
        write_group(w, policy, &policy->groups[i]);
    writer_text(w, "quorum ");
    writer_add(w, name_of(policy, policy->quorum));
    writer_byte(w, '\n');
}

static bool is_plain_name(struct bytes name)
{
    if (name.len > POLICY_CANONICAL_NAME_MAX) return false;
    for (size_t i = 0; i < name.len; i++) {
        uint8_t c = name.at[i];
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                        (c >= 'a' && c <= 'z') || c == '.' || c == '_' ||
                        c == '-';
        if (!is_plain) return false;
    }
    return true;
}

/* A signature line must say whose it is; one key has one part to play. */
static bool is_apart(const struct note_key *a, const struct note_key *b)
{
    bool is_same_line = a->id == b->id && bytes_equal(a->name, b->name);
    return !is_same_line && !is_same_key(a, b);
}

static bool has_keys_apart(const struct policy *policy)
{
    for (uint32_t i = 0; i < policy->witness_count; i++) {
        const struct note_key *key = &policy->witnesses[i].key;
        if (!is_apart(key, &policy->logs[0].key)) return false;
        for (uint32_t j = 0; j < i; j++)
            if (!is_apart(key, &policy->witnesses[j].key)) return false;
    }
    return true;
}

static bool is_canonical(const struct policy *policy)
{
    if (policy->log_count != 1 || policy->group_count > 1) return false;
    if (policy->witness_count > POLICY_CANONICAL_WITNESSES_MAX) return false;
    if (policy->group_count == 1 && !is_plain_name(policy->groups[0].name))
        return false;
    for (uint32_t i = 0; i < policy->witness_count; i++)
        if (!is_plain_name(policy->witnesses[i].name)) return false;
    return has_keys_apart(policy);
}

enum err policy_read_canonical(struct policy *policy, struct bytes text)
{
    enum err err = policy_read(policy, text);
    if (err != OK) return err;
    if (!is_canonical(policy)) return ERR_CANONICAL;

    uint8_t room[POLICY_CANONICAL_MAX];
    struct writer w = writer_into(room, sizeof room);
    policy_write(&w, policy);
    if (w.is_full || !bytes_equal(writer_bytes(&w), text)) return ERR_CANONICAL;
    return OK;
}
