#!/bin/sh
# lists — a register of a million rows from its file to a verified draw: the
# import beside sqlite3's own of the same file, freeze, draw, opening, proof;
# then the memory that five million rows take.
# Needs sqlite3, and 4 GB in TMPDIR.
# shellcheck source=tests/bench/table.inc
. "$(dirname "$0")/table.inc"

million=$((1000000 / scale))
now=2027-03-01T08:00:00Z
announced=2027-03-01T09:00:00Z
t0=2027-03-02T09:00:00Z t1=2027-03-02T09:01:00Z t4=2027-04-01T09:00:00Z
drawn=2027-03-02T09:02:00Z

y() { "$Y" "$@" >"$dir/out" 2>"$dir/why" || { cat "$dir/why" >&2; exit 1; }; }

# A directory, kept as $dir/new, that has everything but the register.
y init "$dir/new" --origin bench.test/rehearsal --rehearsal --now $now
"$bin/generate" inspectors 400 7 >"$dir/inspectors.csv"
"$bin/generate" items 0 7 >"$dir/items.csv"
"$bin/generate" plan 2027 7 >"$dir/plan.csv"
for list in inspectors items plan; do
    y import "$dir/new" $list "$dir/$list.csv" --accept-warnings --now $now
done
y activate "$dir/new" inspectors 1 --now $now
y publish "$dir/new" items --now $now
y publish "$dir/new" plan --now $now

copy() { rm -rf "$dir/data" && cp -a "$dir/$1" "$dir/data"; }
new() { copy new; }
announced() { copy announced; }
bare() { rm -f "$dir"/peer.db*; }

ours() { repeat new "$Y" import "$dir/data" targets "$1" --now $now; }
peer() {
    repeat bare sqlite3 "$dir/peer.db" 'PRAGMA journal_mode=WAL' \
        'PRAGMA synchronous=FULL' \
        'CREATE TABLE target (code TEXT PRIMARY KEY, name TEXT, type TEXT,
         district TEXT, risk TEXT, tags TEXT) STRICT, WITHOUT ROWID' \
        ".import --csv --skip 1 $1 target"
}

"$bin/generate" targets $million 7 sorted >"$dir/sorted.csv"
row "导入 import: 10^6 行，有序 sorted; sqlite3 .import" '≤ 1.6' \
    "$(ours "$dir/sorted.csv")" "$(peer "$dir/sorted.csv")"
rm "$dir/sorted.csv"
"$bin/generate" targets $million 7 >"$dir/shuffled.csv"
row "导入 import: 10^6 行，无序 shuffled; sqlite3 .import" '≤ 1.0' \
    "$(ours "$dir/shuffled.csv")" "$(peer "$dir/shuffled.csv")"

# Announces the batch of 3 % of all on what $dir/data has imported.
announce() {
    y activate "$dir/data" targets 1 --now $now
    cat >"$dir/A.json" <<END
{"batch":"2027-03","t0":"$t0","t1":"$t1","t4":"$t4",
 "strata":[{"name":"全部","class":"public","take":"3%","least":0}]}
END
    y announce "$dir/data" "$dir/A.json" --now $announced
}
freeze() { repeat "$1" "$Y" freeze "$dir/data" 1 --now $announced; }

announce
rm -rf "$dir/announced" && cp -a "$dir/data" "$dir/announced"
row "封存 freeze: 10^6 行" '≤ 2.5 s' "$(freeze announced)"

rounds=1
y reveal "$dir/data" 1 --now $t0
y beacon "$dir/data" 1 --now $drawn
row "抽取 draw: 30,000 / 10^6, 60,000 席 seats" — \
    "$(repeat true "$Y" draw "$dir/data" 1 --now $drawn)"
row "公开 open: 30,000 户" — \
    "$(repeat true "$Y" open "$dir/data" 1 --by 甲 --by 乙 --now $drawn)"
row "证明 proof: 30,000 户" — \
    "$(repeat true "$Y" proof "$dir/data" 1 -o "$dir/p.json")"
row "核验 verify: 30,000 户" — \
    "$(repeat true "$Y" verify "$dir/p.json" --rehearsal)"
rm -rf "$dir/announced" "$dir/p.json"

"$bin/generate" targets $((5 * million)) 7 >"$dir/shuffled.csv"
row_memory "导入 import: 5·10^6 行，内存 peak memory" '≤ 1024 MiB' \
    "$(ours "$dir/shuffled.csv")"
rm "$dir/shuffled.csv"
announce
took=$(freeze true)
row_memory "封存 freeze: 5·10^6 行，内存 peak memory" '≤ 1024 MiB' "$took"
row "封存 freeze: 5·10^6 行" — "$took"
