/* fuzz: service/http/guard.c service/http/parameter.c */
/*
 * guard_fuzz — an address in the first line, headers in the others: what
 * passes has one spelling, and a value encoded again decodes to itself.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "http/guard.h"
#include "http/parameter.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check(bool holds)
{
    if (!holds) abort();
}

static struct bytes take_until(struct bytes *rest, uint8_t mark)
{
    size_t len = 0;
    while (len < rest->len && rest->at[len] != mark) len++;
    struct bytes part = bytes_slice(*rest, 0, len);
    *rest = bytes_slice(*rest, len + 1, rest->len);
    return part;
}

static void check_value(struct bytes value)
{
    uint8_t room[4 * PARAMETER_QUERY_MAX], back[PARAMETER_QUERY_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct writer v = writer_into(back, sizeof back);
    for (size_t i = 0; i < value.len; i++)
        check(value.at[i] >= 0x20 && value.at[i] != 0x7f);
    parameter_encode(&w, value);
    check(parameter_decode(&v, writer_bytes(&w), true) == OK);
    check(bytes_equal(writer_bytes(&v), value));
}

static void check_address(struct bytes address)
{
    static struct parameters parameters;
    struct route_wish wish = { 0 };
    uint64_t page = 0;
    if (guard_address(&wish, address) != OK) return;
    check(wish.path.len >= 1 && wish.path.at[0] == '/');
    check(memmem(wish.path.at, wish.path.len, "//", 2) == NULL);
    bool is_known = bytes_starts(wish.path, "/.well-known/");
    struct bytes rest = bytes_slice(wish.path, is_known ? 2 : 0, SIZE_MAX);
    check(memmem(rest.at, rest.len, "/.", 2) == NULL);
    if (parameter_read(&parameters, wish.query, " q page code ") != OK) return;
    for (size_t i = 0; i < parameters.count; i++)
        check_value(parameters.of[i].value);
    parameter_find(&parameters, "q");
    if (parameter_number(&page, &parameters, "page", 1000, 1) == OK)
        check(page >= 1 && page <= 1000);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct bytes rest = bytes_of(at, len);
    struct guard guard = { 0 };
    check_address(take_until(&rest, '\n'));
    while (rest.len != 0) {
        struct bytes value = take_until(&rest, '\n');
        struct bytes name = take_until(&value, ':');
        guard_header(&guard, name, value);
    }
    if (guard_end(&guard) == OK)
        check(guard.hosts <= 1 && guard.encodings == 0 && guard.lengths <= 1);
    return 0;
}
