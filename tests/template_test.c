#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/template.h"
#include "tests/vector.h"

static bool find(struct bytes *text, const void *context, struct bytes name)
{
    const json_t *parts = context;
    const json_t *part = json_object_getn(parts, (const char *)name.at,
                                          name.len);
    if (part == NULL) return false;
    *text = bytes_of(json_string_value(part), json_string_length(part));
    return true;
}

/* One file of cases: name, template, data, partials, expected. */
static void renders(const char *file)
{
    json_t *root = vector_load(file);
    json_t *tests = json_object_get(root, "tests"), *test;
    size_t i;
    assert_true(json_array_size(tests) > 10);
    json_array_foreach (tests, i, test) {
        const struct template_parts parts = {
            find, json_object_get(test, "partials")
        };
        struct bytes out = { 0 }, want = vector_text(test, "expected");
        if (template_render(&out, vector_text(test, "template"),
                            json_object_get(test, "data"), &parts) != OK)
            fail_msg("%s: refused", (const char *)vector_text(test, "name").at);
        if (!bytes_equal(out, want))
            fail_msg("%s: %.*s", (const char *)vector_text(test, "name").at,
                     (int)out.len, (const char *)out.at);
        free((void *)(uintptr_t)out.at);
    }
    json_decref(root);
}

static void values_are_filled_in(void **state)
{
    (void)state;
    renders("template/values.json");
}

static void sections_are_repeated_or_left_out(void **state)
{
    (void)state;
    renders("template/sections.json");
}

static void inverted_sections_stand_where_there_is_none(void **state)
{
    (void)state;
    renders("template/inverted.json");
}

static void parts_are_put_in_place(void **state)
{
    (void)state;
    renders("template/parts.json");
}

static void remarks_and_brackets_leave_no_trace(void **state)
{
    (void)state;
    renders("template/remarks.json");
}

static enum err render_of(const char *text, const json_t *data,
                          const struct template_parts *parts)
{
    struct bytes out = { 0 };
    enum err err = template_render(&out, bytes_text(text), data, parts);
    free((void *)(uintptr_t)out.at);
    return err;
}

static void a_broken_template_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "{{",          "{{name",        "{{}}",          "{{ }}",
        "{{{name}}",   "{{#a}}",        "{{#a}}{{/b}}",  "{{/a}}",
        "{{^a}}",      "{{=<%=}}",      "{{=}}",         "{{= =}}",
        "{{#a}}{{#b}}{{/a}}{{/b}}",     "{{#none}}{{#x}}{{/none}}",
        "{{=<% %>=}}<%#a%>{{/a}}",
    };
    json_t *data = json_pack("{s:i}", "a", 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (render_of(cases[i], data, NULL) != ERR_FORMAT)
            fail_msg("%s is taken", cases[i]);
    json_decref(data);
}

static bool itself(struct bytes *text, const void *context, struct bytes name)
{
    (void)name;
    *text = bytes_text(context);
    return true;
}

static void depth_is_limited(void **state)
{
    (void)state;
    char text[TEMPLATE_DEPTH_MAX * 16 + 64] = "";
    json_t *data = json_pack("{s:i}", "a", 1);
    for (size_t depth = TEMPLATE_DEPTH_MAX - 1; depth < TEMPLATE_DEPTH_MAX + 1;
         depth++) {
        size_t len = 0;
        for (size_t i = 0; i < depth; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, "{{#a}}");
        for (size_t i = 0; i < depth; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, "{{/a}}");
        enum err want = depth < TEMPLATE_DEPTH_MAX ? OK : ERR_LIMIT;
        assert_int_equal(render_of(text, data, NULL), want);
    }
    const struct template_parts endless = { itself, "{{>itself}}" };
    assert_int_equal(render_of("{{>itself}}", data, &endless), ERR_LIMIT);
    json_decref(data);
}

static void output_and_work_are_limited(void **state)
{
    (void)state;
    json_t *list = json_array(), *data = json_pack("{s:o}", "l", list);
    char *long_text = malloc(9000);
    memset(long_text, 'x', 8999);
    long_text[8999] = 0;
    json_object_set_new(data, "x", json_string(long_text));
    for (int i = 0; i < 1000; i++) json_array_append_new(list, json_integer(1));
    assert_int_equal(render_of("{{#l}}{{x}}{{/l}}", data, NULL), ERR_LIMIT);
    /* Work that writes nothing is counted as well. */
    static const char few[] = "{{#l}}{{#l}}{{! }}{{! }}{{! }}{{/l}}{{/l}}";
    assert_int_equal(render_of(few, data, NULL), OK);
    assert_int_equal(
        render_of("{{#l}}{{#l}}{{! }}{{! }}{{! }}{{! }}{{! }}{{/l}}{{/l}}",
                  data, NULL),
        ERR_LIMIT);
    free(long_text);
    json_decref(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_filled_in),
        cmocka_unit_test(sections_are_repeated_or_left_out),
        cmocka_unit_test(inverted_sections_stand_where_there_is_none),
        cmocka_unit_test(parts_are_put_in_place),
        cmocka_unit_test(remarks_and_brackets_leave_no_trace),
        cmocka_unit_test(a_broken_template_is_refused),
        cmocka_unit_test(depth_is_limited),
        cmocka_unit_test(output_and_work_are_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
