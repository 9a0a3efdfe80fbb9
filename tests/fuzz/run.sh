#!/bin/sh
# run — fuzz every parser for a while from its corpus, two at a time, then say
# how much of the parsers the corpus and the finds reach.
#
#     tests/fuzz/NAME_fuzz.c     its first comment names the parsers:
#                                /* fuzz: service/format/csv.c */
#     tests/fuzz/NAME/           the corpus, committed
#     tests/fuzz/run.sh NAME     only this one
#
# FUZZ_SECONDS=20 each.  LINES_MIN=80 is the least line coverage, percent, of
# each parser.
set -u
cd "$(dirname "$0")/../.." || exit 2
seconds=${FUZZ_SECONDS:-20} least=${LINES_MIN:-80}
passed=0 failed=0

run() { # run NAME: fuzzes and leaves what came of it in NAME.runs
    program=build/fuzz/tests/fuzz/${1}_fuzz
    finds=build/fuzz/finds/$1
    mkdir -p "$finds" "tests/fuzz/$1"
    log=build/fuzz/$1.log
    if LLVM_PROFILE_FILE=/dev/null "$program" -max_total_time="$seconds" \
        -timeout=10 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="$finds.crash-" \
        "$finds" "tests/fuzz/$1" >"$log" 2>&1; then
        sed -n 's/^stat::number_of_executed_units: *//p' "$log"
    else
        echo failed
    fi >"build/fuzz/$1.runs"
}

# One line a parser: its percentage and its name.
coverage() { # coverage NAME PARSER...
    program=build/fuzz/tests/fuzz/${1}_fuzz raw=build/fuzz/$1.profraw
    finds=build/fuzz/finds/$1
    LLVM_PROFILE_FILE=$raw "$program" -runs=0 "$finds" "tests/fuzz/$1" \
        >/dev/null 2>&1
    shift
    llvm-profdata merge -o "$raw.data" "$raw" 2>/dev/null
    llvm-cov export -summary-only -instr-profile="$raw.data" "$program" \
        "$@" 2>/dev/null | python3 -c '
import json, os, sys
for file in json.load(sys.stdin)["data"][0]["files"]:
    print(round(file["summary"]["lines"]["percent"], 1),
          os.path.relpath(file["filename"]))'
}

names=
for source in tests/fuzz/*_fuzz.c; do
    name=$(basename "$source" _fuzz.c)
    [ -n "${1:-}" ] && [ "$1" != "$name" ] || names="$names $name"
done
# shellcheck disable=SC2086
set -- $names
while [ $# -gt 0 ]; do
    run "$1" &
    [ -z "${2:-}" ] || run "$2"
    wait
    shift
    [ $# = 0 ] || shift
done

for name in $names; do
    runs=$(cat "build/fuzz/$name.runs")
    if [ "$runs" = failed ]; then
        cat "build/fuzz/$name.log"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
    printf 'fuzz %-12s %10s runs\n' "$name" "$runs"
    parsers=$(sed -e 's|^/\* fuzz:||; s|^ \* ||' -e '/\*\/$/{s|\*/$||;q' -e '}' \
        "tests/fuzz/${name}_fuzz.c")
    # shellcheck disable=SC2086
    coverage "$name" $parsers >"build/fuzz/$name.lines"
    [ -s "build/fuzz/$name.lines" ] || {
        echo "fuzz $name: no coverage"
        failed=$((failed + 1))
    }
    while read -r percent parser; do
        printf '    %5s %% of lines of %s\n' "$percent" "$parser"
        [ "${percent%.*}" -ge "$least" ] || {
            echo "fuzz $name: less than $least % of lines of $parser"
            failed=$((failed + 1))
        }
    done <"build/fuzz/$name.lines"
done
[ -z "${TALLY:-}" ] ||
    echo "$passed passed, $failed failed, 0 skipped" >>"$TALLY"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
