/*
 * signer — keys made of one repeated byte, which sign notes in tests.
 *
 *     struct signer log = signer_make("log.example/1", NOTE_ED25519, 1);
 *     signer_sign(&w, &log, text, 0);
 *
 * Include after cmocka.h.
 */
#ifndef TESTS_SIGNER_H
#define TESTS_SIGNER_H

#include "core/cosignature.h"
#include "host/crypto.h"

struct signer {
    uint8_t seed[CRYPTO_SEED_LEN];
    struct note_key key;
};

static inline struct signer signer_make(const char *name, uint8_t type,
                                        uint8_t fill)
{
    struct signer signer;
    uint8_t public_key[CRYPTO_PUBLIC_LEN];
    bytes_fill(signer.seed, fill, sizeof signer.seed);
    crypto_public(public_key, signer.seed);
    assert_int_equal(
        note_key_make(&signer.key, bytes_text(name), type, public_key), OK);
    return signer;
}

/* One line over `text`; `time` is that of a cosignature. */
static inline void signer_sign(struct writer *w, const struct signer *signer,
                               struct bytes text, uint64_t time)
{
    uint8_t room[COSIGNATURE_MESSAGE_MAX], wire[COSIGNATURE_LEN];
    struct writer message = writer_into(room, sizeof room);
    struct writer line = writer_into(wire, sizeof wire);
    struct cosignature cosignature = { .time = time };
    if (signer->key.type == NOTE_COSIGNATURE)
        cosignature_message(&message, time, text);
    else
        writer_add(&message, text);
    assert_false(message.is_full);
    crypto_signature(cosignature.signature, signer->seed,
                     writer_bytes(&message));
    if (signer->key.type == NOTE_COSIGNATURE)
        cosignature_write(&line, &cosignature);
    else
        writer_add(&line, bytes_of(cosignature.signature, 64));
    assert_int_equal(note_line_write(w, &signer->key, writer_bytes(&line)), OK);
}

#endif
