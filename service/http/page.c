#include "http/page.h"

enum err page_render(struct bytes *html, const char *name, struct bytes json)
{
    (void)name;
    (void)json;
    *html = (struct bytes){ NULL, 0 };
    return ERR_ABSENT;
}
