#!/bin/sh
# import — a register into a durable edition, beside its peer: sqlite3's own
# .import of the same file into a STRICT WITHOUT ROWID table with the same
# PRAGMAs.  Medians of three, then the peak memory of five times the rows.
#
#     tests/bench/import.sh [ROWS]        needs sqlite3 and 2 GB in TMPDIR
set -eu
cd "$(dirname "$0")/../.."
rows=${1:-1000000}
make -s build/tests/bench/generate build/tests/bench/import
bin=$PWD/build/tests/bench
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

ours() { # ours FILE -> seconds
    rm -f "$dir"/ours.db*
    "$bin/import" "$1" "$dir/ours.db" |
        sed -n 's/^ok .* seconds=\([0-9.]*\) .*/\1/p'
}

peer() { # peer FILE -> seconds
    rm -f "$dir"/peer.db*
    start=$(date +%s.%N)
    sqlite3 "$dir/peer.db" 'PRAGMA journal_mode=WAL' \
        'PRAGMA synchronous=FULL' \
        'CREATE TABLE target (code TEXT PRIMARY KEY, name TEXT, type TEXT,
         district TEXT, risk TEXT, tags TEXT) STRICT, WITHOUT ROWID' \
        ".import --csv --skip 1 $1 target" >/dev/null
    echo "$(date +%s.%N) $start" | awk '{ printf "%.3f\n", $1 - $2 }'
}

median() { # median WHO FILE
    for _ in 1 2 3; do "$1" "$2"; done | sort -n | sed -n 2p
}

compare() { # compare NAME FILE GOAL
    a=$(median ours "$2") b=$(median peer "$2")
    echo "$1 $a $b $3" | awk '{ printf \
        "import of %d rows, %-8s  ours %7.3f s  sqlite3 %7.3f s" \
        "  ratio %.2f (goal %s)\n", '"$rows"', $1, $2, $3, $2 / $3, $4 }'
}

"$bin/generate" targets "$rows" 7 >"$dir/shuffled.csv"
"$bin/generate" targets "$rows" 7 sorted >"$dir/sorted.csv"
compare shuffled "$dir/shuffled.csv" 1.0
compare sorted "$dir/sorted.csv" 1.6
rm -f "$dir"/*
"$bin/generate" targets $((5 * rows)) 7 >"$dir/large.csv"
"$bin/import" "$dir/large.csv" "$dir/ours.db" |
    sed "s/^ok rows=\([0-9]*\).*peak_mib=\(.*\)/peak memory of import, \1 \
rows: \2 MiB (goal 1024)/"
