#!/bin/sh
# log — dies at every place of the append path, goes on, and must come to the
# same heads, byte for byte: no second root for any size.
set -eu
cd "$(dirname "$0")/../.."
${MAKE:-make} -s fault
${MAKE:-make} -s BUILD=build/fault CFLAGS='-g -DYAOHAO_FAULT' \
    build/fault/tests/fault/crash
yaohao=build/fault/yaohao crash=build/fault/tests/fault/crash
seed=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
now=2027-01-01T00:00:00Z
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
size=259

make_log() { "$yaohao" init "$1" --origin draw.example.gov/log1 --rehearsal \
    --now $now --entropy $seed >"$work/vkey"; }
heads() { sqlite3 "$1/yaohao.db" \
    'SELECT size, hex(root), published, line FROM log_head ORDER BY size'; }

# The log starts just below a full tile, so that tiles are cut as well.
make_log "$work/start"
"$crash" "$work/start" 250 >/dev/null
cp -r "$work/start" "$work/whole"
"$crash" "$work/whole" $size >"$work/root"
heads "$work/whole" >"$work/heads"
cp -r "$work/start" "$work/list"
YAOHAO_FAULT=list "$crash" "$work/list" $size 2>&1 >/dev/null |
    sed -n 's/^fault //p' | sort | uniq -c >"$work/points"

runs=0 failed=0
check() { # check NAME: go on after a crash and compare
    runs=$((runs + 1))
    if ! "$crash" "$work/run" $size >"$work/now" 2>"$work/why" ||
        ! cmp -s "$work/now" "$work/root" ||
        ! heads "$work/run" | cmp -s - "$work/heads"; then
        echo "$1: $(cat "$work/why")"
        failed=$((failed + 1))
    fi
}
while read -r count point; do
    hit=1
    while [ $hit -le "$count" ]; do
        rm -rf "$work/run" && cp -r "$work/start" "$work/run"
        ! YAOHAO_FAULT=$point:$hit "$crash" "$work/run" $size \
            >/dev/null 2>&1 || echo "$point:$hit did not die"
        check "$point:$hit"
        hit=$((hit + 1))
    done
done <"$work/points"

# And while init makes it: either the log goes on, or init is done again.
YAOHAO_FAULT=list make_log "$work/list2" 2>"$work/out"
heads "$work/list2" >"$work/heads"
sed -n 's/^fault //p' "$work/out" | sort | uniq -c >"$work/points"
while read -r count point; do
    hit=1
    while [ $hit -le "$count" ]; do
        rm -rf "$work/run"
        (YAOHAO_FAULT=$point:$hit make_log "$work/run") >/dev/null 2>&1 &&
            echo "init $point:$hit did not die"
        runs=$((runs + 1))
        if ! "$crash" "$work/run" 0 >/dev/null 2>"$work/why"; then
            if sqlite3 "$work/run/yaohao.db" \
                'SELECT 1 FROM log_identity' 2>/dev/null | grep -q 1; then
                echo "init $point:$hit: $(cat "$work/why")"
                failed=$((failed + 1))
            fi
            rm -rf "$work/run" && make_log "$work/run"
        fi
        if ! heads "$work/run" | cmp -s - "$work/heads"; then
            echo "init $point:$hit: other heads"
            failed=$((failed + 1))
        fi
        hit=$((hit + 1))
    done
done <"$work/points"
echo "$runs crashes, $failed failed"
[ $failed = 0 ]
