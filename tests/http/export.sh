#!/bin/sh
# The public side as files: the same as what is served, every link leads to
# a file, a second run writes only what changed, nothing leaves OUT.
cd "$(dirname "$0")/../.." || exit 2
. tests/http/site.inc
site_make
site_serve
out=$room/copy/public
mkdir "$room/copy"
export_to() { y export "$dir" "$1"; }
ask() { python3 tests/http/export.py "$1" "$url" "$out" $lists/targets.csv; }
export_to "$out/"
ask first
touch -d 2001-01-01 "$out/index.html" "$out/draws/1/targets.csv"
export_to "$out"
ask same
y open "$dir" 3 --by 甲 --by 乙
export_to "$out"
ask opened
[ "$(ls "$room/copy")" = public ] || fail 'something beside OUT'
(cd "$out" && sha256sum --quiet -c sha256.txt) || fail 'sha256.txt'

refused() {
    if "$Y" export "$dir" "$1" --now "$now" >"$room/said" 2>&1; then
        fail "not refused: $2"
    fi
    [ "$(find "$room/else" | wc -l)" = 2 ] || fail "wrote elsewhere: $2"
}
mkdir "$room/else" && echo kept >"$room/else/kept"
# A link in the place of a folder, of a file, and a list that leads away.
cp -a "$out" "$room/copy/a" && rm -r "$room/copy/a/draws"
ln -s "$room/else" "$room/copy/a/draws"
refused "$room/copy/a" 'a folder that is a link'
cp -a "$out" "$room/copy/b" && rm "$room/copy/b/index.html"
ln -s "$room/else/kept" "$room/copy/b/index.html"
export_to "$room/copy/b"
[ "$(cat "$room/else/kept")" = kept ] || fail 'wrote through a link'
[ ! -L "$room/copy/b/index.html" ] || fail 'a page is still a link'
sed -i "1s|  .*|  ../../else/kept|" "$room/copy/b/sha256.txt"
refused "$room/copy/b" 'a list that leads away'
# A folder of somebody else: pages, or the data directory with its keys.
mkdir "$room/copy/c" && echo mine >"$room/copy/c/mine.txt"
refused "$room/copy/c" 'a folder with other files'
[ "$(ls "$room/copy/c")" = mine.txt ] || fail 'wrote beside other files'
refused "$dir" 'the data directory'
[ ! -e "$dir/index.html" ] || fail 'wrote into the data directory'
refused "$room/no/such/folder" 'a folder below none'
grep -q 上一级目录不存在 "$room/said" || fail "says: $(cat "$room/said")"
# A first run that breaks off is taken up again.
mkdir "$room/copy/d" && : >"$room/copy/d/.hidden" && mkdir "$room/copy/d/draws"
! "$Y" export "$dir" "$room/copy/d" >/dev/null 2>&1 || fail 'not empty'
rmdir "$room/copy/d/draws" && mkdir "$room/copy/d/.git"
export_to "$room/copy/d"
: >"$room/copy/d/sha256.txt" && rm "$room/copy/d/index.html"
export_to "$room/copy/d"
(cd "$room/copy/d" && sha256sum --quiet -c sha256.txt) || fail 'taken up'
