#!/bin/sh
# draw — every verb that writes dies by kill -9 at every place that writes,
# goes on, and must come to the same bytes: database, guard, files, keys.
#
#     FAULT_RUNS=36    so many of verb × place, spread evenly, a new choice
#                      for every FAULT_SEED; all: every one of them
set -u
cd "$(dirname "$0")/../.." || exit 2
build=build/fault
make="${MAKE:-make} -s BUILD=$build"
$make CFLAGS='-g -DYAOHAO_FAULT' $build/yaohao $build/tests/fault/witness ||
    exit 1
Y=$build/yaohao WITNESS=$build/tests/fault/witness
wanted=${FAULT_RUNS:-36} choice=${FAULT_SEED:-1}
shared=/dev/shm
[ -w $shared ] || shared=${TMPDIR:-/tmp}
room=$(mktemp -d -p "$shared")
trap 'rm -rf "$room"' EXIT
. tests/fault/ceremony.inc
fixed=$seed

# The undisturbed ceremony, with its places and a copy before every step.
make_lists
number=0
for name in $steps; do
    copy "$room/d" "$room/at-$number"
    first_step "$name" "$room/d" || exit 1
    state "$room/d" >"$room/state-$number"
    sed -n 's/^fault //p' "$room/list" | sort | uniq -c |
        while read -r count point; do
            # Of a long row of equal places the ends and the middle.
            for hit in $(seq "$count"); do
                [ "$hit" -le 2 ] || [ "$hit" -eq "$count" ] ||
                    [ "$hit" -eq $((count / 2)) ] || continue
                echo "$number $name $point:$hit"
            done
        done >>"$room/matrix"
    number=$((number + 1))
done
last=$((number - 1))
all=$(wc -l <"$room/matrix")
"$Y" audit "$room/d" --rehearsal >"$room/out" || { cat "$room/out"; exit 1; }

if [ "$wanted" = all ] || [ "$wanted" -ge "$all" ]; then wanted=$all; fi
awk -v wanted="$wanted" -v all="$all" -v choice="$choice" \
    'int((NR + choice) * wanted / all) != int((NR + choice - 1) * wanted / all)
    ' "$room/matrix" >"$room/chosen"

fail() {
    echo "$name $point: $*"
    cat "$room/why"
    return 1
}
# init begins again where it did not come so far that a log is there.
again_init() {
    "$Y" status "$room/run" >"$room/out" 2>"$room/why" && return 0
    rm -rf "$room/run"
    step init "$room/run" >"$room/out" 2>"$room/why"
}
crash() { # crash NUMBER: the step, killed, once more
    copy "$room/at-$1" "$room/run"
    before=$(rows "$room/run")
    FAULT=$point
    # A shell of its own: it alone says "Killed".
    (step "$name" "$room/run") >"$room/out" 2>"$room/why"
    code=$?
    FAULT=
    [ $code = 137 ] || { fail "did not die but left $code"; return; }
    after=$(rows "$room/run")
    healthy || { fail "the database is damaged"; return; }
    : >"$room/why"
    if [ "$name" = init ]; then
        again_init || { fail "init again"; return; }
        # What was cut short is made good by the next verb that signs.
        step publish-items "$room/run" >"$room/out" 2>&1 && return 1
    elif [ "$before" != "$after" ] || [ -f "$room/run.backup" ]; then
        case $name in
        import-*) ;; # done; again would be one more version
        cosign-* | activate-*) step "$name" "$room/run" \
            >"$room/out" 2>"$room/why" ;;
        *) ! step "$name" "$room/run" >"$room/out" 2>"$room/why" ||
            { fail "done twice"; return; } ;;
        esac
    else
        step "$name" "$room/run" >"$room/out" 2>"$room/why" ||
            { fail "does not go on"; return; }
    fi
    state "$room/run" | cmp -s - "$room/state-$1" || {
        state "$room/run" | diff - "$room/state-$1" | cut -c 1-200 | head -n 5
        fail "other bytes"
        return
    }
}
finish() { # finish NUMBER: the rest of the ceremony, then both checks
    next=0
    for name in $steps; do
        if [ $next -gt "$1" ]; then
            step "$name" "$room/run" >"$room/out" 2>"$room/why" ||
                { fail "later $name"; return; }
        fi
        next=$((next + 1))
    done
    state "$room/run" | cmp -s - "$room/state-$last" ||
        { fail "other bytes at the end"; return; }
    checks || fail "refuted"
}

# Without fixed randomness what was made before the crash must be used again.
kept() { sqlite3 "$1/yaohao.db" 'SELECT hex(sealed) FROM seed_slot;
    SELECT hex(sealed), hex(entry) FROM draw_freeze'; }
natural() { # natural NUMBER
    copy "$room/at-$1" "$room/run"
    seed= FAULT=$point
    (step "$name" "$room/run") >"$room/out" 2>"$room/why"
    FAULT=
    kept "$room/run" >"$room/kept"
    wait=$1
    set -- $steps
    shift "$wait"
    for name in "$@"; do # what was done already says so
        step "$name" "$room/run" >"$room/out" 2>"$room/why"
    done
    seed=$fixed
    kept "$room/run" | head -n "$(wc -l <"$room/kept")" |
        cmp -s - "$room/kept" || { fail "keys made twice"; return; }
    checks || fail "refuted"
}
checks() {
    "$Y" audit "$room/run" --rehearsal >"$room/why" &&
        "$Y" proof "$room/run" 2 -o "$room/proof" &&
        "$Y" verify "$room/proof" --rehearsal >"$room/why"
}

runs=0 failed=0
while read -r number name point; do
    runs=$((runs + 1))
    if ! crash "$number"; then
        failed=$((failed + 1))
    elif [ $((runs % 6)) = 0 ]; then
        finish "$number" || failed=$((failed + 1))
    fi
    case $name:$wanted:$((runs % 6)) in
    init:*) ;;
    freeze:*:[024] | publish-plan:*:[024] | *:"$all":3)
        runs=$((runs + 1))
        natural "$number" || failed=$((failed + 1)) ;;
    esac
done <"$room/chosen"
echo "$runs of $all crashes, $((runs / 6)) of them to the end"
echo "$((runs - failed)) passed, $failed failed, 0 skipped"
[ $failed = 0 ]
