#include "domain/directory.h"

enum err directory_path(char to[FILE_PATH_MAX], const struct directory *dir,
                        const char *name)
{
    return file_path(to, dir->path, name);
}

enum err directory_file_path(char to[FILE_PATH_MAX],
                             const struct directory *dir, struct hash digest)
{
    char name[sizeof "files/" + 2 * sizeof digest.b] = { 0 };
    struct writer w = writer_into(name, sizeof name - 1);
    writer_text(&w, "files/");
    writer_hex(&w, hash_bytes(&digest));
    return directory_path(to, dir, name);
}
