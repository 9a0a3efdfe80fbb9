#!/bin/sh
# What follows a draw, with the real verbs: drop-outs and stand-ins before and
# after the opening, a decree at the end; both verifiers read each proof.
#
#     tests/after.sh TARGETS.csv INSPECTORS.csv ITEMS.csv PLAN.csv
#     CLASS=internal: sealed rows
cd "$(dirname "$0")/.." || exit 2
. tests/ceremony.inc
lists=tests/vectors/after
[ $# = 4 ] || set -- $lists/targets.csv $lists/inspectors.csv \
    $lists/items.csv $lists/plan.csv
prepare "$@"
announce '"strata":[{"class":"'"${CLASS:-public}"'","least":0,"name":"全部",
    "take":"5%"}]'
replace 全部 0 && fail 'replaced before the draw'
freeze
draw

refuse replace "$dir" 1 全部 0 --reason 停业 --date 2027-03-01 \
    --source 登记机关 --evidence "$room/paper" $by
refuse annul "$dir" 1 --authority 上级 --document 1 --file "$room/paper" $by
replace_next 全部 0
stand_in_next 1000
replace_next 全部 $((position + 1))
stand_in_next $((number + 1))
refuse standin "$dir" 1 HF$number --reason 回避 --by 甲 --by 甲
refuse standin "$dir" 1 HF$number --reason '病假，电话13800138000' $by
grep -q '像手机号码；它会公布' "$room/why" || fail "$(cat "$room/why")"
check sealed
must open "$dir" 1
check opened
replace_next 全部 $((position + 1))
stand_in_next $((number + 1))
check later
must annul "$dir" 1 --authority 上级机关 --document 〔2027〕1号 \
    --file "$room/paper" $by
check annulled
replace 全部 0 && fail 'replaced after the annulment'
exit 0
