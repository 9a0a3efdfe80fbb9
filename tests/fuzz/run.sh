#!/bin/sh
# run — fuzz every parser for a while from its corpus, then say how much of
# the parsers the corpus and the finds reach.
#
#     tests/fuzz/NAME_fuzz.c     #includes the unit; its first line names the
#                                parser:  /* fuzz: service/format/csv.c */
#     tests/fuzz/NAME/           the corpus, committed
#
# FUZZ_SECONDS=20 each.  LINES_MIN=80 is the least line coverage, percent.
set -u
cd "$(dirname "$0")/../.." || exit 2
seconds=${FUZZ_SECONDS:-20} least=${LINES_MIN:-80}
passed=0 failed=0

for source in tests/fuzz/*_fuzz.c; do
    [ -e "$source" ] || continue
    name=$(basename "$source" _fuzz.c)
    program=build/fuzz/tests/fuzz/${name}_fuzz
    finds=build/fuzz/finds/$name
    mkdir -p "$finds" "tests/fuzz/$name"
    log=build/fuzz/$name.log
    if LLVM_PROFILE_FILE=/dev/null "$program" -max_total_time="$seconds" \
        -timeout=10 -rss_limit_mb=2048 -max_len=65536 -verbosity=0 \
        -print_final_stats=1 -artifact_prefix="$finds.crash-" \
        "$finds" "tests/fuzz/$name" >"$log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        passed=$((passed + 1))
    else
        cat "$log"
        runs=failed failed=$((failed + 1))
    fi
    parsers=$(sed -n '1s|^/\* fuzz: \(.*\) \*/$|\1|p' "$source")
    raw=build/fuzz/$name.profraw
    LLVM_PROFILE_FILE=$raw "$program" -runs=0 "$finds" "tests/fuzz/$name" \
        >/dev/null 2>&1
    llvm-profdata merge -o "$raw.data" "$raw" 2>/dev/null
    # shellcheck disable=SC2086
    lines=$(llvm-cov export -summary-only -instr-profile="$raw.data" \
        "$program" $parsers 2>/dev/null | python3 -c '
import json, sys
print(round(json.load(sys.stdin)["data"][0]["totals"]["lines"]["percent"], 1))')
    printf 'fuzz %-12s %10s runs, %s %% of lines of %s\n' \
        "$name" "$runs" "${lines:-?}" "$parsers"
    if [ "${lines%.*}" -lt "$least" ] 2>/dev/null; then
        echo "fuzz $name: less than $least % of lines"
        failed=$((failed + 1))
    fi
done
[ -z "${TALLY:-}" ] ||
    echo "$passed passed, $failed failed, 0 skipped" >>"$TALLY"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
