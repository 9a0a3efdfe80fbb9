/*
 * cast — one log, five witnesses, and a policy about them, for tests.
 */
#ifndef TESTS_CAST_H
#define TESTS_CAST_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "core/policy.h"
#include "tests/signer.h"

enum { ROOM_MAX = 16384, WITNESSES = 5 };


/* One log, five witnesses, and a text for a policy about them. */
struct cast {
    struct signer log, witnesses[WITNESSES];
    uint8_t room[ROOM_MAX];
    struct writer w;
};

static inline void write_key(struct writer *w, const struct note_key *key)
{
    note_key_write(w, key);
    writer_byte(w, '\n');
}

static inline void cast_begin(struct cast *cast, size_t witnesses)
{
    static const char *const names[WITNESSES] = { "sfj", "sjj", "gzc", "dag",
                                                  "xxw" };
    static const char *const keys[] = { "w.example/1", "w.example/2",
                                        "w.example/3", "w.example/4",
                                        "w.example/5" };
    cast->log = signer_make("log.example/1", NOTE_ED25519, 1);
    cast->w = writer_into(cast->room, sizeof cast->room);
    writer_text(&cast->w, "log ");
    write_key(&cast->w, &cast->log.key);
    for (size_t i = 0; i < WITNESSES; i++) {
        cast->witnesses[i] =
            signer_make(keys[i], NOTE_COSIGNATURE, (uint8_t)(2 + i));
        if (i >= witnesses) continue;
        writer_text(&cast->w, "witness ");
        writer_text(&cast->w, names[i]);
        writer_byte(&cast->w, ' ');
        write_key(&cast->w, &cast->witnesses[i].key);
    }
}

static inline struct bytes cast_text(struct cast *cast, const char *rest)
{
    writer_text(&cast->w, rest);
    assert_false(cast->w.is_full);
    return writer_bytes(&cast->w);
}

static inline void cast_policy(struct cast *cast, struct policy *policy,
                        size_t witnesses, const char *rest)
{
    cast_begin(cast, witnesses);
    assert_int_equal(policy_read(policy, cast_text(cast, rest)), OK);
}

#endif
