/* fuzz: service/format/template.c */
/*
 * template_fuzz — template, data and a part, parted by NUL.
 *
 * Nothing is read beyond them; what is refused gives nothing; and a template
 * without raw values, brackets and angle brackets of its own never makes one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/json_read.h"
#include "format/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static bool find(struct bytes *text, const void *context, struct bytes name)
{
    const struct bytes *part = context;
    *text = *part;
    return name.len == 1;
}

static struct bytes take(struct bytes *rest)
{
    size_t i = 0;
    while (i < rest->len && rest->at[i] != 0) i++;
    struct bytes part = bytes_slice(*rest, 0, i);
    *rest = bytes_slice(*rest, i + 1, rest->len);
    return part;
}

static bool holds(struct bytes text, const char *letters)
{
    for (size_t i = 0; i < text.len; i++)
        if (memchr(letters, text.at[i], strlen(letters)) != NULL) return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct bytes rest = bytes_of(at, len), out = { 0 };
    struct bytes text = take(&rest), data = take(&rest), part = take(&rest);
    const struct template_parts parts = { find, &part };
    json_t *root = NULL;
    if (json_read_text(&root, data) != OK) root = NULL;
    if (template_render(&out, text, root, &parts) == OK) {
        bool is_plain = !holds(text, "<&={") && !holds(part, "<&={");
        if (out.at == NULL || out.len > TEMPLATE_OUT_MAX) abort();
        if (is_plain && holds(out, "<")) abort();
        free((void *)(uintptr_t)out.at);
    } else if (out.at != NULL) {
        abort();
    }
    json_decref(root);
    return 0;
}
