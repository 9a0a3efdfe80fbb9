/* frame_test — rows, duties, rosters, crews and what commits to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/crew.h"
#include "core/digest.h"
#include "core/frame.h"
#include "core/canon.h"
#include "core/roster.h"
#include "tests/vector.h"

static uint8_t room[4096];

static void a_leaf_is_that_of_the_vectors(void **state)
{
    (void)state;
    json_t *root = vector_load("draw.json");
    const json_t *known = json_object_get(root, "frame_leaf");
    const struct frame_keys keys = { vector_hash(known, "frame_key"),
                                     vector_hash(known, "roster_key") };
    struct bytes id = vector_text(known, "id");
    assert_hash(frame_order(&keys.frame, id), vector_hash(known, "order"));
    assert_hash(frame_blind(&keys.frame, id), vector_hash(known, "blind"));
    assert_hash(frame_duty_blind(&keys.roster, id),
                vector_hash(known, "dblind"));

    struct frame_leaf leaf = frame_leaf(&keys, id, vector_text(known, "row"),
                                        vector_text(known, "duty"));
    uint8_t want[96];
    assert_bytes(frame_leaf_bytes(&leaf),
                 vector_hex(want, 96, vector_text(known, "leaf_data")));

    const json_t *alone = json_object_get(known, "frame_of_this_one_row");
    struct hash top = vector_hash(known, "leaf_hash");
    uint8_t data[97] = { 0 };
    bytes_copy(data + 1, &leaf, sizeof leaf);
    assert_hash(hash_sha256(bytes_of(data, sizeof data)), top);
    assert_hash(frame_commitment(vector_text(alone, "stratum"),
                                 vector_number(alone, "N"), &top),
                vector_hash(alone, "committed_root"));
    json_decref(root);
}

static void a_row_and_a_duty_are_written_as_in_the_vectors(void **state)
{
    (void)state;
    json_t *root = vector_load("draw.json");
    const json_t *known = json_object_get(root, "frame_leaf");
    const struct frame_cell cells[] = {
        { "code", bytes_text("91140800MA0TE5T162") },
        { "name", bytes_text("运城试验有限公司") },
        { "district", bytes_text("140800") },
    };
    struct writer w = writer_into(room, sizeof room);
    frame_write_row(&w, cells, 3);
    assert_bytes(writer_bytes(&w), vector_text(known, "row"));
    assert_true(canon_is_canonical(writer_bytes(&w), CANON_FREE));
    assert_false(canon_is_canonical(writer_bytes(&w), CANON_SORTED));

    const uint32_t posts[] = { 0, 0 }, recused[] = { 3, 12 };
    w = writer_into(room, sizeof room);
    frame_write_duty(&w, &(struct frame_duty){ posts, 2, NULL, 0 });
    assert_bytes(writer_bytes(&w), vector_text(known, "duty"));
    w = writer_into(room, sizeof room);
    frame_write_duty(&w, &(struct frame_duty){ posts, 1, recused, 2 });
    assert_bytes(writer_bytes(&w),
                 bytes_text("{\"posts\":[0],\"recused\":[3,12]}"));
    json_decref(root);
}

/* HASH() of arguments spelt out one by one, whatever they mean. */
static struct hash spelt(const char *tag, const struct bytes *args,
                         size_t count)
{
    uint8_t text[1024], len[4];
    struct writer w = writer_into(text, sizeof text);
    writer_byte(&w, (uint8_t)bytes_text(tag).len);
    writer_text(&w, tag);
    for (size_t i = 0; i < count; i++) {
        bytes_put_u32(len, (uint32_t)args[i].len);
        writer_add(&w, bytes_of(len, 4));
        writer_add(&w, args[i]);
    }
    assert_false(w.is_full);
    return hash_sha256(writer_bytes(&w));
}

static void commitments_are_spelt_as_format_says(void **state)
{
    (void)state;
    static const uint8_t seven[8] = { [7] = 7 }, two[4] = { [3] = 2 };
    struct hash key = hash_sha256(bytes_text("key"));
    struct bytes k = hash_bytes(&key), u64 = bytes_of(seven, 8);
    struct bytes u32 = bytes_of(two, 4), text = bytes_text("甲");
    const struct {
        struct hash got;
        const char *tag;
        size_t count;
        struct bytes args[3];
    } cases[] = {
        { frame_key_commitment(7, &key), "frame-key/v1", 2, { u64, k } },
        { roster_key_commitment(7, &key), "roster-key/v1", 2, { u64, k } },
        { frame_commitment(text, 7, &key), "frame/v1", 3, { text, u64, k } },
        { frame_excluded(2, 7, &key), "excluded/v1", 3, { u32, u64, k } },
        { frame_row_digest(&key, text), "row/v1", 2, { k, text } },
        { frame_duty_digest(&key, text), "duty/v1", 2, { k, text } },
        { roster_order(&key, text), "order/v1", 2, { k, text } },
        { roster_blind(&key, text), "inspector-blind/v1", 2, { k, text } },
        { roster_person_blind(&key, text), "person-blind/v1", 2, { k, text } },
        { roster_digest(&key, text), "inspector/v1", 2, { k, text } },
        { roster_person_digest(&key, text), "person/v1", 2, { k, text } },
        { roster_commitment(7, &key), "roster/v1", 2, { u64, k } },
        { crew_blind(&key, text), "crew-blind/v1", 2, { k, text } },
        { crew_digest(&key, text), "crew/v1", 2, { k, text } },
        { crew_commitment(7, &key), "crews/v1", 2, { u64, k } },
        { digest_custody(&key, text), "custody/v1", 2, { k, text } },
        { digest_contribution(&key, text, u32),
          "contribution/v1",
          3,
          { k, text, u32 } },
        { digest_salted(&key, text), "salt/v1", 2, { k, text } },
        { digest_actor(&key, text), "actor/v1", 2, { k, text } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_hash(cases[i].got,
                    spelt(cases[i].tag, cases[i].args, cases[i].count));
}

static void a_mask_shows_the_last_two_characters(void **state)
{
    (void)state;
    static const struct {
        const char *certificate, *masked;
    } cases[] = {
        { "1408000007", "********07" },
        { "晋C运城0012号", "*******2号" },
        { "123", "*23" },
        { "12", "**" },
        { "号", "*" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct writer w = writer_into(room, sizeof room);
        roster_mask(&w, bytes_text(cases[i].certificate));
        assert_bytes(writer_bytes(&w), bytes_text(cases[i].masked));
        assert_int_equal(roster_is_masked(writer_bytes(&w)),
                         cases[i].masked[0] != '\0');
    }
    assert_false(roster_is_masked(bytes_text("**345")));
    assert_false(roster_is_masked(bytes_text("*2")));
    assert_false(roster_is_masked(bytes_text("**\xff")));
}

static void an_inspector_has_one_part_to_show_and_one_to_keep(void **state)
{
    (void)state;
    const struct roster_entry entry = { bytes_text("140800\"07"),
                                        bytes_text("盐湖分局"),
                                        bytes_text("王某") };
    struct writer w = writer_into(room, sizeof room);
    roster_write_text(&w, &entry);
    assert_bytes(writer_bytes(&w), bytes_text("{\"certificate\":\"*******07\","
                                              "\"unit\":\"盐湖分局\"}"));
    w = writer_into(room, sizeof room);
    roster_write_person(&w, &entry);
    assert_bytes(writer_bytes(&w),
                 bytes_text("{\"certificate\":\"140800\\\"07\","
                            "\"name\":\"王某\"}"));
}

static void a_certificate_beyond_the_limit_leaves_the_writer_full(void **state)
{
    (void)state;
    char certificate[ROSTER_CERTIFICATE_MAX + 1];
    bytes_fill(certificate, '7', sizeof certificate);
    for (size_t len = ROSTER_CERTIFICATE_MAX; len < sizeof certificate + 1;
         len++) {
        const struct roster_entry entry = { bytes_of(certificate, len),
                                            bytes_text("u"), bytes_text("n") };
        struct writer w = writer_into(room, sizeof room);
        roster_write_text(&w, &entry);
        assert_int_equal(w.is_full, len > ROSTER_CERTIFICATE_MAX);
    }
}

static void a_crew_names_holders_and_open_seats(void **state)
{
    (void)state;
    const struct crew_holder holders[] = {
        { .index = 3, .masked = bytes_text("*07"), .unit = bytes_text("甲") },
        { .is_open = true },
    };
    struct writer w = writer_into(room, sizeof room);
    crew_write(&w, holders, 2);
    assert_bytes(writer_bytes(&w),
                 bytes_text("{\"holders\":[{\"certificate\":\"*07\","
                            "\"index\":3,\"unit\":\"甲\"},null]}"));
    assert_true(canon_is_canonical(writer_bytes(&w), CANON_SORTED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leaf_is_that_of_the_vectors),
        cmocka_unit_test(a_row_and_a_duty_are_written_as_in_the_vectors),
        cmocka_unit_test(commitments_are_spelt_as_format_says),
        cmocka_unit_test(a_mask_shows_the_last_two_characters),
        cmocka_unit_test(an_inspector_has_one_part_to_show_and_one_to_keep),
        cmocka_unit_test(a_certificate_beyond_the_limit_leaves_the_writer_full),
        cmocka_unit_test(a_crew_names_holders_and_open_seats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
