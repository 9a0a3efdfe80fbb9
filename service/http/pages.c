#include "http/pages.h"

void pages_write(struct canon *c, uint64_t page, uint64_t page_count)
{
    canon_key(c, "pages");
    canon_array(c);
    for (uint64_t i = 1; page_count > 1 && i <= page_count; i++) {
        canon_object(c);
        canon_member_u64(c, "is_here", i == page);
        canon_member_u64(c, "page", i);
        canon_object_end(c);
    }
    canon_array_end(c);
}
