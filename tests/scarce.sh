#!/bin/sh
# Too few inspectors and too few reserves: the freeze says so, open seats are
# filled by hand, places without a reserve stay empty; sealed strata, and
# both verifiers at every stage.
cd "$(dirname "$0")/.." || exit 2
. tests/ceremony.inc
lists=tests/vectors/after

# Stratum A has 10 rows, B has 30; three and two inspectors, capped.
{ head -n 1 $lists/targets.csv; grep ',A$' $lists/targets.csv | head -n 10
  grep ',B$' $lists/targets.csv | head -n 30; } >"$room/targets.csv"
inspectors() { # $1: cap
    echo 姓名,执法证号,单位,部门,区划,年度任务上限
    for i in 0 1 2; do echo "甲$i,HF100$i,市场监管局,市场监管局,,$1"; done
    for i in 3 4; do echo "乙$i,HF100$i,消防救援支队,消防救援支队,,"; done
}
inspectors 5 >"$room/inspectors.csv"
sed 's/,5%$/,12/' $lists/plan.csv >"$room/plan.csv"
prepare "$room/targets.csv" "$room/inspectors.csv" $lists/items.csv \
    "$room/plan.csv"
announce '"mode":"sealed","stratify":"risk","strata":[
    {"class":"internal","least":0,"name":"A","take":"8"},
    {"class":"internal","least":0,"name":"B","take":"4"}]'

# 24 seats of one department, of which three people may take 15.
outlook() { must freeze "$dir" 1 --trial; }
outlook
grep -q '试抽 200 次，200 次有空缺' "$room/why" || fail "$(cat "$room/why")"
next=2
take_inspectors() { # $1: the rows of the next version
    echo "$1" >"$room/inspectors.csv"
    must import "$dir" inspectors "$room/inspectors.csv" --accept-warnings
    must activate "$dir" inspectors $next
    next=$((next + 1))
}
take_inspectors "$(inspectors 12)"
outlook
grep -q 怎样抽都派得满 "$room/why" || fail "$(cat "$room/why")"
take_inspectors "$(inspectors 12 | sed '/HF1001/d; /HF1002/d')"
outlook
grep -q '40 户单独抽中也派不满.*市场监管局' "$room/why" ||
    fail "$(cat "$room/why")"
take_inspectors "$(inspectors 5)"
freeze
grep -q 可能有空缺 "$room/why" || fail 'no word of open seats'
refuse freeze "$dir" 1 --trial
draw
check drawn

direct() { # $1 stratum, $2 position, $3 seat
    y direct "$dir" 1 "$1" "$2" "$3" --unit 邻县市场监管局 \
        --reason 本县无合格人员 $by >"$room/out" 2>"$room/why"
}
direct_next() { # the first open seat of stratum $1, from position $2 on
    position=$2
    while [ "$position" -lt 30 ]; do
        for seat in 0 1 2; do
            direct "$1" "$position" $seat && told &&
                say "direct $1 $position $seat" && return 0
        done
        position=$((position + 1))
    done
    return 1
}
direct_next A 0 || direct_next B 0 || fail 'no open seat'
direct A 0 3 && fail 'a fourth seat'
check direct

# Two reserves in A; the third place stays empty.
replace_next A 0
replace_next A $((position + 1))
replace_next A $((position + 1))
grep -q 从缺 "$room/why" || fail "a reserve too many: $(cat "$room/why")"
replace A "$position" && fail 'dropped twice'
check exhausted

# One post only; then nobody is left for it, and a unit is named.
stand_in() { # $1 certificate, $2 stratum:position
    y standin "$dir" 1 "$1" --target "$2" --reason 回避 $by \
        >"$room/out" 2>"$room/why"
}
position=0 who=HF1003 other=HF1004
until stand_in $who "B:$position"; do
    position=$((position + 1))
    if [ $position = 30 ] && [ $who = HF1003 ]; then # he has no post in B
        position=0 who=HF1004 other=HF1003
    fi
    [ $position -lt 30 ] || fail "$(cat "$room/why")"
done
told
grep -q $other "$room/why" || fail "$(cat "$room/why")"
stand_in $who "B:$position" && fail 'gave up a post he had left'
stand_in $other "B:$position" || fail "$(cat "$room/why")"
grep -q 无人可换 "$room/why" || fail "$(cat "$room/why")"
direct B "$position" 2 || fail "$(cat "$room/why")"
check sealed
must open "$dir" 1
check opened
replace_next B 0
direct_next B 0 || direct_next A 0 || say 'no open seat is left'
check later
must annul "$dir" 1 --authority 上级机关 --document 1 --file "$room/paper" $by
check annulled
