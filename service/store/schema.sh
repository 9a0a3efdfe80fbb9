#!/bin/sh
# schema — prints the C file that carries the numbered schema files.
# usage: schema.sh service/store/schema
set -eu

row() { # row NAME FOLDER
    list=""
    for file in "$2"/[0-9][0-9][0-9][0-9]_*.sql; do
        [ -f "$file" ] || continue
        name=$(basename "$file")
        id="$1_${name%%_*}"
        printf 'static const unsigned char %s[] = {\n' "$id"
        od -An -v -tu1 "$file" | sed 's/\([0-9][0-9]*\)/\1,/g'
        printf '0 };\n'
        list="$list    { \"$name\", (const char *)$id },\n"
    done
    printf 'const struct db_step db_schema_%s[] = {\n' "$1"
    # shellcheck disable=SC2059
    printf "$list    { NULL, NULL },\n};\n"
}

printf '#include "store/db.h"\n'
row main "$1"
row guard "$1/guard"
