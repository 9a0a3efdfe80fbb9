#!/bin/sh
# Receipts with the real verbs: of the drawn, of a reserve, of a changed
# crew; both checkers take each and refuse it with any letter changed; who is
# not drawn and who does not exist get one answer.
cd "$(dirname "$0")/.." || exit 2
. tests/ceremony.inc
lists=tests/vectors/after

receipt() { y receipt "$dir" 1 "$1" >"$room/r" 2>"$room/why"; }

# The first code, from line $2 of the list on, whose receipt is of $1.
receipt_of() {
    line=$2
    while code=$(sed -n "${line}s/,.*//p" "$targets") && [ -n "$code" ]; do
        if receipt "$code" && grep -q "^$1" "$room/why"; then return 0; fi
        line=$((line + 1))
    done
    fail "no receipt of $1"
}

# Both verifiers on receipt $1 beside proof $2: is the exit $3?
judge() {
    for program in "$Y verify" "node $JS"; do
        exit=0
        $program "$room/$2.json" --rehearsal --receipt "$1" >"$room/said" ||
            exit=$?
        [ "$exit" = "$3" ] || fail "receipt beside $2: exit $exit by" \
            "$program: $(tail -n 3 "$room/said")"
    done
}

# What both say of the receipt in hand beside proof $1: does it hold $2?
tells() {
    for program in "$Y verify" "node $JS"; do
        $program "$room/$1.json" --rehearsal --receipt "$room/r" |
            grep -q "$2" || return 1
    done
}

holds() { # the receipt in hand beside proof $1; not with letters $2 changed
    judge "$room/r" "$1" 0
    len=$(wc -c <"$room/r")
    for at in $2; do
        at=$((at * (len - 2) / 100 + 1)) to=A
        [ "$(cut -c "$at" "$room/r")" != A ] || to=B
        sed "s/./$to/$at" "$room/r" >"$room/bad"
        judge "$room/bad" "$1" 1
    done
    say "$1: the receipt holds, $len letters"
}

head -n 101 $lists/targets.csv >"$room/targets.csv"
prepare "$room/targets.csv" $lists/inspectors.csv $lists/items.csv \
    $lists/plan.csv
announce '"strata":[{"class":"public","least":0,"name":"全部","take":"5%"}]'
freeze
receipt 91140822MA0Y4CL145 && fail 'a receipt before the draw'
draw
check drawn

receipt_of 抽中 2
holds drawn '0 1 30 60 90 100'
first=$code
cp "$room/r" "$room/first"
# As people type it, and into a file.
y receipt "$dir" 1 " $(echo "$first" | tr '[:upper:]' '[:lower:]')" \
    -o "$room/same" 2>"$room/why"
cmp "$room/first" "$room/same" || fail 'typed otherwise, another receipt'

# Not drawn, and not there at all: the same answer.
: >"$room/answers"
silent=0
for other in $(sed -n '2,$s/,.*//p' "$targets"); do
    receipt "$other" && continue
    cat "$room/why" >>"$room/answers"
    silent=$((silent + 1))
    [ $silent -lt 10 ] || break
done
[ $silent = 10 ] || fail 'nearly all are drawn'
receipt 91140000X && fail 'a code that is not there has a receipt'
cat "$room/why" >>"$room/answers"
[ "$(sort -u "$room/answers" | wc -l)" = 1 ] || fail 'an oracle'

# His crew changes: the old receipt is out of date, the new one holds.
stand_in_until() {
    number=1000
    while receipt "$first" && ! grep -q 已换 "$room/why"; do
        stand_in_next $number
        number=$((number + 1))
    done
}
stand_in_until
replace_next 全部 0
check sealed
judge "$room/first" sealed 1
receipt "$first"
holds sealed 99
receipt_of 递补 2
holds sealed 50
judge "$room/r" drawn 1

# Who dropped out is told so, and nobody else.
line=1 gone=0
while line=$((line + 1)) && [ $line -le 101 ]; do
    receipt "$(sed -n "${line}s/,.*//p" "$targets")" || continue
    grep -q '^抽中' "$room/why" || continue
    $Y verify "$room/sealed.json" --rehearsal --receipt "$room/r" \
        >"$room/said"
    if grep -q "位置 $position；" "$room/said"; then
        tells sealed 后来退出 || fail "position $position, unsaid"
        gone=$((gone + 1))
    elif grep -q 后来退出 "$room/said"; then fail "line $line, said"
    fi
done
[ $gone = 1 ] || fail "$gone receipts at position $position"

must open "$dir" 1
check opened
receipt "$code"
holds opened 70
