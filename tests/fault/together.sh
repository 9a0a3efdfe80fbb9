#!/bin/sh
# together — two writers, readers beside a writer, a backup of before, and
# the options that only a rehearsal takes.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=build/fault
make="${MAKE:-make} -s BUILD=$build"
$make CFLAGS='-g -DYAOHAO_FAULT' $build/yaohao $build/tests/fault/witness ||
    exit 1
Y=$build/yaohao WITNESS=$build/tests/fault/witness
shared=/dev/shm
[ -w $shared ] || shared=${TMPDIR:-/tmp}
room=$(mktemp -d -p "$shared")
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$room"' EXIT
. tests/fault/ceremony.inc
passed=0 failed=0
d=$room/d

is() { # is NAME COMMAND...
    what=$1
    shift
    if "$@"; then passed=$((passed + 1)); return; fi
    echo "$what: no"
    cat "$room/why"
    failed=$((failed + 1))
}
leaves() { # leaves CODE WORD COMMAND...: its exit, and a word of what it says
    want=$1 word=$2
    shift 2
    "$@" >"$room/out" 2>"$room/why"
    code=$?
    [ $code = "$want" ] && grep -q "$word" "$room/why" && return
    echo "left $code"
    return 1
}
entries() { sqlite3 "$1/yaohao.db" 'SELECT count(*) FROM log_entry'; }

# A reader never sees a head go back, nor two roots of one size.
watch() {
    while [ ! -e "$room/stop" ]; do
        curl -s "http://127.0.0.1:$port/log/checkpoint" >"$room/note" &&
            sed -n 2,3p "$room/note" | paste -sd' ' >>"$room/seen"
        "$Y" status "$d" >/dev/null 2>>"$room/status"
    done
}
grows() {
    [ "$(wc -l <"$room/seen")" -gt 10 ] &&
        sort -c -n "$room/seen" &&
        sort -u "$room/seen" | cut -d' ' -f1 | sort | uniq -d | cmp -s - \
            /dev/null && [ ! -s "$room/status" ]
}
shows_last() { [ "$(tail -n 1 "$room/seen" | cut -d' ' -f1)" = \
    "$(entries "$d")" ]; }

make_lists
for name in init import-targets import-inspectors import-items \
    import-plan import-recusals; do
    step $name "$d" >/dev/null 2>&1 || exit 1
done

# ---- two writers -----------------------------------------------------------
at=20
flock "$d/lock" sleep 6 &
sleep 0.3
is 'the second writer is told of the first' \
    leaves 1 正在写入 y activate "$d" targets 1
wait
flock "$d/lock" sleep 1 &
sleep 0.3
is 'it waits a while' y activate "$d" targets 1 >/dev/null
wait
for i in 1 2 3 4 5 6; do
    y import "$d" targets "$room/targets-again.csv" --accept-warnings \
        >/dev/null 2>>"$room/why" &
done
wait
versions() { sqlite3 "$d/yaohao.db" "SELECT group_concat(version) FROM
    (SELECT version FROM edition WHERE kind = 'targets' ORDER BY 1)"; }
is 'six writers at once make six versions' \
    [ "$(versions)" = 1,2,3,4,5,6,7 ]

# ---- a server and backups beside the writer -------------------------------
port=$((20000 + $$ % 12000))
"$Y" serve "$d" --listen 127.0.0.1:$port >/dev/null 2>"$room/why" &
server=$!
until curl -s -o /dev/null "http://127.0.0.1:$port/healthz"; do
    kill -0 $server 2>/dev/null || { cat "$room/why"; exit 1; }
    sleep 0.1
done
watch &
watcher=$!
count=0
for name in activate-inspectors activate-recusals publish-items publish-plan announce-1 \
    cosign-announce cosign-late void-1 announce-2 freeze cosign-freeze reveal \
    cosign-reveal beacon draw open cosign-last; do
    count=$((count + 1))
    y backup "$d" "$room/backup-$count" >/dev/null 2>"$room/backup-why" &
    copier=$!
    is "$name beside a server and a backup" step $name "$d" \
        >/dev/null 2>"$room/why"
    wait $copier || { cat "$room/backup-why"; failed=$((failed + 1)); }
done
sleep 0.3
: >"$room/stop"
wait $watcher
is 'a reader sees the log grow' grows
is 'and its last head without a restart' shows_last
kill $server && wait $server 2>/dev/null
server=
whole() {
    for i in $(seq $count); do
        [ "$(sqlite3 "$room/backup-$i" 'PRAGMA integrity_check')" = ok ] ||
            return 1
    done
}
is 'every backup is whole' whole

# ---- a backup of before ----------------------------------------------------
cp -r "$d" "$room/old"
rm -f "$room/old/yaohao.db"*
cp "$room/backup-9" "$room/old/yaohao.db"
before=$(entries "$room/old")
at=90300
is 'an old backup stops the log' \
    leaves 4 恢复了旧备份 y annul "$room/old" 2 --authority 机关 \
    --document 1 --file "$room/paper" --by 甲 --by 乙
is 'and nothing is added to it' [ "$(entries "$room/old")" = "$before" ]
is 'nor is a new list taken' \
    leaves 4 恢复了旧备份 y import "$room/old" targets \
    "$room/targets.csv" --accept-warnings
y backup "$d" "$room/latest" >/dev/null
rm -f "$room/old/yaohao.db"*
cp "$room/latest" "$room/old/yaohao.db"
is 'the latest one goes on' y annul "$room/old" 2 --authority 机关 \
    --document 1 --file "$room/paper" --by 甲 --by 乙 >"$room/out"
step cosign-last "$room/old" >/dev/null
is 'and passes the audit' "$Y" audit "$room/old" --rehearsal >"$room/why"

# ---- clock and randomness of a real log ------------------------------------
echo 口令口令口令 >"$room/pass"
official="--origin draw.example/log1 --passphrase-file $room/pass"
# shellcheck disable=SC2086
for option in '--now 2027-01-01T00:00:00Z' "--entropy $seed"; do
    is "init $option is for rehearsals" \
        leaves 2 演练 "$Y" init "$room/real" $official $option
    is 'and makes nothing' [ ! -e "$room/real" ]
done
# shellcheck disable=SC2086
"$Y" init "$room/real" $official >/dev/null || exit 1
state "$room/real" >"$room/real-before"
refuses() { # every verb on a directory, with this option
    # shellcheck disable=SC2086
    while read -r words; do
        set -- $words
        verb=$1
        shift
        leaves 2 演练 "$Y" "$verb" "$room/real" "$@" $option \
            --passphrase-file "$room/pass" || { echo "$words"; return 1; }
    done <<END
import targets $room/targets.csv
activate targets 1
publish items
announce $room/A1.json
freeze 1
reveal 1
beacon 1
draw 1
void 1 --cause freeze-late --reason x --by 甲 --by 乙
open 1
replace 1 全部 0 --reason 注销 --by 甲 --by 乙
standin 1 A --reason 回避 --by 甲 --by 乙
direct 1 全部 0 0 --by 甲 --by 乙
annul 1 --by 甲 --by 乙
cosign $room/policy
backup $room/real-backup
status
proof 1
END
}
for option in '--now 2027-01-01T00:00:00Z' "--entropy $seed"; do
    is "every verb refuses $option on a real log" refuses
done
unchanged() { [ ! -e "$room/real-backup" ] &&
    state "$room/real" | cmp -s - "$room/real-before"; }
is 'and changes nothing' unchanged

echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
