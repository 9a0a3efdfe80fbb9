#!/bin/sh
# Recusals: nobody is sent where he is recused, not by the draw, not as a
# reserve's crew, not as a stand-in; a frozen draw keeps the list it had.
cd "$(dirname "$0")/.." || exit 2
. tests/ceremony.inc
lists=tests/vectors/after

# Ten of forty inspectors for each target.
awk -F, 'BEGIN { print "执法证号,代码,理由" }
    FNR > 1 { for (i = 0; i < 10; i++)
        printf "HF%d,%s,试\n", 1000 + (FNR * 7 + i * 4) % 40, $1 }' \
    $lists/targets.csv >"$room/recusals.csv"

# Pairs of teams.csv in $1 that are recused; certificates end differently.
sent() {
    tr -d '"\r' <"$room/$1/teams.csv" | awk -F, 'NR == FNR {
            recused[$2 substr($1, 5)] = 1; next }
        FNR > 1 && recused[$4 substr($8, length($8) - 1)] { n++ }
        END { print n + 0 }' "$room/recusals.csv" -
}

rehearse() { # $1: folder, and further options
    out=$1
    shift
    "$Y" rehearse --targets $lists/targets.csv --rate １０％ \
        --inspectors $lists/inspectors.csv --out "$room/$out" \
        --now $announced --entropy "$(printf '07%.0s' $(seq 32))" "$@" \
        >"$room/out"
    "$Y" verify "$room/$out/draw.proof.json" --rehearsal >"$room/out"
    node "$JS" "$room/$out/draw.proof.json" --rehearsal >"$room/out"
}
rehearse without
rehearse with --recusals "$room/recusals.csv"
[ "$(sent without)" -gt 0 ] || fail 'nobody would have been sent wrongly'
[ "$(sent with)" = 0 ] || fail "$(sent with) sent in spite of a recusal"
say "$(sent without) recusals kept"

# An unknown certificate: a warning that names its row, and nothing stored.
prepare $lists/targets.csv $lists/inspectors.csv $lists/items.csv \
    $lists/plan.csv
{ cat "$room/recusals.csv"; echo HF9999,91140822MA0Y4CL145,; } \
    >"$room/unknown.csv"
refuse import "$dir" recusals "$room/unknown.csv"
row=$(wc -l <"$room/unknown.csv")
grep -q "^$row	执法证号	HF9999	" "$room/why" || fail "$(cat "$room/why")"
refuse activate "$dir" recusals 1
must import "$dir" recusals "$room/recusals.csv"
must activate "$dir" recusals 1

announce '"mode":"sealed","stratify":"risk","strata":[
    {"class":"internal","least":0,"name":"A","take":"5%"},
    {"class":"internal","least":0,"name":"B","take":"5%"},
    {"class":"internal","least":0,"name":"C","take":"5%"},
    {"class":"internal","least":0,"name":"D","take":"5%"}]'
freeze
# Nobody is recused from now on, but this draw does not know it.
head -n 1 "$room/recusals.csv" >"$room/nobody.csv"
y import "$dir" recusals "$room/nobody.csv" --accept-warnings \
    >"$room/out" 2>"$room/why"
must activate "$dir" recusals 2
draw
check drawn
replace_next A 0
replace_next C 0
stand_in_next 1000
stand_in_next $((number + 1))
check sealed
must open "$dir" 1
check opened
grep -q 'recused\\\\\\":\[[0-9]' "$room/opened.json" ||
    fail 'no recusal stands in an opened duty'
replace_next D 0
stand_in_next $((number + 1))
check later
