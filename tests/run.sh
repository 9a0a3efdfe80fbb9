#!/bin/sh
# run — run test programs, show what fails, count what ran.
#
#     tests/run.sh PROGRAM...     *.sh by sh, *.mjs by node --test, else as is
#
# A script exits 0 for passed, 77 for skipped; a last line of its output of
# the form `N passed, N failed, N skipped` counts for it.  The last line
# printed here has that form.  With TALLY=FILE it is also added to FILE.
# JOBS of them run at a time, one where it is not set.
set -u

# cmocka:  [  PASSED  ] 3 test(s).      node:  # pass 3
number() { awk -v want="$1" '
    want == "PASSED" && /^# pass [0-9]+/ { n += $3 }
    want == "FAILED" && /^# (fail|cancelled) [0-9]+/ { n += $3 }
    want == "SKIPPED" && /^# (skipped|todo) [0-9]+/ { n += $3 }
    index($0, "[  " want "  ] ") == 1 && /test\(s\)/ { n += $4 + 0 }
    index($0, "[ " want " ] ") == 1 && /test\(s\)/ { n += $4 + 0 }
    END { print n + 0 }' "$output"; }

run() {
    case $1 in
    *.sh) sh "$1" ;;
    *.mjs) node --test --test-reporter=tap "$1" ;;
    *) "$1" ;;
    esac >"$output" 2>&1
    code=$?
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' \
        "$output" | tail -n 1)
    if [ -n "$line" ]; then
        # shellcheck disable=SC2086
        set_of() { p=$1 f=$3 s=$5; }; set_of $line
    else
        p=$(number PASSED) f=$(number FAILED) s=$(number SKIPPED)
        if [ "$code" = 77 ]; then s=1
        elif [ "$code" = 0 ] && [ $((p + f + s)) = 0 ]; then p=1; fi
    fi
    [ "$code" = 0 ] || [ "$code" = 77 ] || [ "$f" != 0 ] || f=1
    printf '%-50s %s passed, %s failed, %s skipped\n' "$1" "$p" "$f" "$s"
    if [ "$f" != 0 ]; then cat "$output"
    elif [ "$s" != 0 ]; then grep -i skip "$output"; fi
    echo "$p $f $s" >>"$counts"
}

# One program, for the run below: what it says comes in one piece.
if [ "$1" = --one ]; then
    output=$(mktemp) || exit 2
    said=$(run "$2")
    rm -f "$output"
    echo "$said"
    exit 0
fi

counts=$(mktemp) || exit 2
trap 'rm -f "$counts"' EXIT
export counts
printf '%s\n' "$@" | xargs -P "${JOBS:-1}" -n 1 sh "$0" --one
sum=$(awk '{ p += $1; f += $2; s += $3 }
    END { printf "%d passed, %d failed, %d skipped", p, f, s }' "$counts")
[ -z "${TALLY:-}" ] || echo "$sum" >>"$TALLY"
echo "$sum"
case $sum in *', 0 failed,'*) ;; *) exit 1 ;; esac
# A program that was killed with its runner has counted nothing.
[ "$(wc -l <"$counts")" = $# ]
