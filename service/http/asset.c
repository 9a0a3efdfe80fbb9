#include "http/asset.h"

const struct asset *asset_find(struct bytes path)
{
    for (const struct asset *at = asset_table; at->path != NULL; at++)
        if (bytes_equal_text(path, at->path)) return at;
    return NULL;
}
