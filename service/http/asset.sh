#!/bin/sh
# asset — prints the C file that carries the files of web/.
# usage: asset.sh FOLDER...     a folder that is not there has no files
set -eu
LC_ALL=C
export LC_ALL

rows=""
count=0
printf '#include "http/asset.h"\n'
list=$(for folder in "$@"; do
    [ ! -d "$folder" ] || (cd "$folder" && find . -type f \
        \( -path './static/*' -o -path './template/*' \
            -o -path './verifier/*' \) |
        sed "s|^\./\(.*\)|\1 $folder/\1|")
done | sort)
while read -r path file; do
    [ -n "$path" ] || continue
    printf 'static const unsigned char file_%d[] = {\n' "$count"
    od -An -v -tu1 "$file" | sed 's/\([0-9][0-9]*\)/\1,/g'
    printf '0 };\n'
    rows="$rows    { \"$path\", file_$count, sizeof file_$count - 1 },
"
    count=$((count + 1))
done <<END
$list
END
printf 'const struct asset asset_table[] = {\n%s    { NULL, NULL, 0 },\n};\n' \
    "$rows"
