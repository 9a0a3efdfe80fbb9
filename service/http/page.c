#include "http/page.h"

#include "core/canon.h"
#include "format/json_read.h"
#include "format/template.h"
#include "http/asset.h"
#include "http/page_dress.h"
#include "http/page_site.h"

static bool file_of(struct bytes *text, const char *folder, struct bytes name)
{
    uint8_t room[128];
    struct writer w = writer_into(room, sizeof room);
    writer_text(&w, folder);
    writer_add(&w, name);
    const struct asset *asset =
        w.is_full ? NULL : asset_find(writer_bytes(&w));
    if (asset == NULL) return false;
    *text = bytes_of(asset->at, asset->len);
    return true;
}

/* {{>head}} is web/template/head.html. */
static bool find_part(struct bytes *text, const void *context,
                      struct bytes name)
{
    (void)context;
    uint8_t room[64];
    struct writer w = writer_into(room, sizeof room);
    writer_add(&w, name);
    writer_text(&w, ".html");
    return !w.is_full && file_of(text, "template/", writer_bytes(&w));
}

/* What templates see: the document, or a list as a member of one. */
static enum err open_document(json_t **root, struct bytes json)
{
    json_t *read = NULL;
    enum err err = json_read_text(&read, json);
    if (err != OK) return err;
    json_t *dressed = page_dress(read);
    json_decref(read);
    if (dressed == NULL) return ERR_MEMORY;
    *root = json_is_array(dressed) ? json_object() : dressed;
    if (*root == dressed) return OK;
    if (json_object_set_new(*root, "list", dressed) == 0) return OK;
    json_decref(*root);
    return ERR_MEMORY;
}

enum err page_render(struct bytes *html, const struct directory *dir,
                     const char *name, struct bytes json)
{
    static const struct template_parts parts = { find_part, NULL };
    json_t *root = NULL;
    struct bytes text;
    *html = (struct bytes){ NULL, 0 };
    if (!file_of(&text, "template/", bytes_text(name))) return ERR_ABSENT;
    enum err err = open_document(&root, json);
    if (err != OK) return err;
    json_t *site = page_site(dir, name);
    if (json_object_set_new(root, "site", site) != 0) err = ERR_MEMORY;
    if (err == OK) err = template_render(html, text, root, &parts);
    json_decref(root);
    return err;
}

enum err page_error(struct bytes *html, const struct directory *dir,
                    unsigned status, const char *title)
{
    uint8_t room[512];
    struct writer w = writer_into(room, sizeof room);
    struct canon c = canon_into(&w);
    canon_object(&c);
    canon_member_u64(&c, "is_absent", status == 404);
    canon_member_u64(&c, "status", status);
    canon_member_text(&c, "title", title);
    canon_object_end(&c);
    return page_render(html, dir, "error.html", writer_bytes(&w));
}
