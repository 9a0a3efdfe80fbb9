#!/bin/sh
# risk — a stratum of a risk class may have another public name: then nothing
# that is published tells the class; where it has none, that is said.
cd "$(dirname "$0")/.." || exit 2
# shellcheck source=tests/ceremony.inc
. tests/ceremony.inc
lists=tests/vectors/register
plan=$room/plan.csv

# $1 names of the strata of A to D, $2 members of a stratum more, of %s
strata() {
    rates='3% 5% 10% 20%' classes='A B C D'
    printf '"stratify":"risk","disclosure":"waived","strata":['
    for name in $1; do
        rate=${rates%% *} rates=${rates#* }
        class=${classes%% *} classes=${classes#* }
        [ -z "$2" ] || printf '{"value":"%s",' "$class"
        [ -n "$2" ] || printf '{'
        printf '"class":"internal","least":0,"name":"%s","take":"%s"},' \
            "$name" "$rate"
    done
    printf '{"class":"internal","least":0,"name":"未分类","take":"5%%"}]'
}
begin() {
    prepare $lists/targets.csv $lists/inspectors.csv $lists/items.csv "$plan"
}

cp $lists/plan.csv "$plan"
begin
announce "$(strata 'A B C D' '')"
grep -q '注意：层名就是名录里的风险等级' "$room/why" ||
    fail "not told: $(cat "$room/why")"
rm -rf "$dir"

sed 's/,A,全市/,甲层,全市/; s/,B,全市/,乙层,全市/
    s/,C,全市/,丙层,全市/; s/,D,全市/,丁层,全市/' $lists/plan.csv >"$plan"
now=2027-03-01T08:00:00Z
begin
announce "$(strata '甲层 乙层 丙层 丁层' value)"
! grep -q 注意 "$room/why" || fail "told in vain: $(cat "$room/why")"
freeze
draw
now=2027-03-20T09:00:00Z
# shellcheck disable=SC2086
must open "$dir" 1 $by
check opened
grep -q '"stratum\\":\\"甲层' "$room/opened.json" || fail 'no stratum 甲层'
! grep -qE '"(name|stratum)\\":\\"[ABCD]\\"' "$room/opened.json" ||
    fail 'a class is published'
say ok
