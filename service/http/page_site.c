#include "http/page_site.h"

#include <string.h>

#include "format/json_read.h"
#include "host/file.h"
#include "http/asset.h"

enum { OFFICE_MAX = 65536, WORD_MAX = 200 };

/*
 * name, telephone, hours, address: of the office that draws; site: the one
 * public address, "https://draw.example.gov.cn"; supervisor…: where to
 * complain about it; review: who hears a 行政复议; security_contact and
 * security_expires: of security.txt, "mailto:…" and an RFC 3339 time.
 */
static const char *const names[] = {
    "address",
    "hours",
    "name",
    "review",
    "security_contact",
    "security_expires",
    "site",
    "supervisor",
    "supervisor_telephone",
    "telephone",
};

static bool is_word(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < 0x20 || text.at[i] == 0x7f) return false;
    return text.len >= 1 && text.len <= WORD_MAX;
}

bool page_site_is_address(struct bytes text)
{
    static const char never[] = "\"'<>?#\\";
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] <= ' ' || text.at[i] >= 0x7f ||
            memchr(never, text.at[i], sizeof never - 1) != NULL)
            return false;
    return (bytes_starts(text, "https://") || bytes_starts(text, "http://")) &&
           text.len >= 10 && text.len <= WORD_MAX &&
           text.at[text.len - 1] != '/';
}

/* The slash that people write at the end would stand twice in each link. */
static void settle_site(json_t *office)
{
    struct bytes text;
    if (json_read_string(&text, json_read_member(office, "site")) != OK)
        return;
    while (text.len != 0 && text.at[text.len - 1] == '/') text.len--;
    if (page_site_is_address(text))
        json_object_set_new(office, "site",
                            json_stringn((const char *)text.at, text.len));
    else
        json_object_del(office, "site");
}

json_t *page_site_office(const struct directory *dir)
{
    json_t *office = json_object(), *root = NULL;
    char path[FILE_PATH_MAX];
    struct bytes file = { 0 }, text;
    if (directory_path(path, dir, "office.json") == OK &&
        file_read(&file, path, OFFICE_MAX) == OK &&
        json_read_text(&root, file) != OK)
        root = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_t *value = json_read_member(root, names[i]);
        if (json_read_string(&text, value) == OK && is_word(text))
            json_object_set(office, names[i], value);
    }
    settle_site(office);
    if (dir->public_address != NULL)
        json_object_set_new(office, "site",
                            json_string(dir->public_address));
    file_release(&file);
    json_decref(root);
    return office;
}

/* "draw.html" -> "draw": the place in the menu. */
static void add_at(json_t *site, const char *template)
{
    json_t *at = json_object();
    const char *dot = strchr(template, '.');
    size_t len = dot == NULL ? strlen(template) : (size_t)(dot - template);
    json_object_setn_new(at, template, len, json_true());
    json_object_set_new(site, "at", at);
}

json_t *page_site(const struct directory *dir, const char *template)
{
    bool has_script = asset_find(bytes_text("static/verifier.js")) != NULL;
    json_t *site = json_pack("{s:b,s:b,s:o,s:s}", "has_verifier", has_script,
                             "is_rehearsal", dir->is_rehearsal, "office",
                             page_site_office(dir), "origin",
                             dir->log.origin);
    if (site != NULL) add_at(site, template);
    return site;
}
