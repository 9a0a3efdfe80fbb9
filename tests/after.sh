#!/bin/sh
# What follows a draw, with the real verbs: drop-outs and stand-ins before and
# after the opening, a decree at the end; both verifiers read each proof.
#
#     tests/after.sh TARGETS.csv INSPECTORS.csv ITEMS.csv PLAN.csv
#     YAOHAO, VERIFY_JS: other verifiers; CLASS=internal: sealed rows
set -eu
[ $# = 4 ] || set -- tests/vectors/after/targets.csv \
    tests/vectors/after/inspectors.csv tests/vectors/after/items.csv \
    tests/vectors/after/plan.csv
Y=${YAOHAO:-build/yaohao}
JS=${VERIFY_JS:-audits/js/verify.mjs}
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
dir=$room/data
by='--by 甲 --by 乙'

check() {
    "$Y" proof "$dir" 1 -o "$room/$1.json"
    "$Y" verify "$room/$1.json" --rehearsal >"$room/$1.c" ||
        { echo "after: $1: yaohao verify: $(cat "$room/$1.c")"; exit 1; }
    node "$JS" "$room/$1.json" --rehearsal >"$room/$1.js" ||
        { echo "after: $1: verify.mjs: $(cat "$room/$1.js")"; exit 1; }
    echo "after: $1: ok"
}

replace_next() { # the next position, from $1 on, that is a drawn one
    position=$1
    until "$Y" replace "$dir" 1 全部 "$position" --reason 注销 \
        --date 2027-03-01 --source 登记机关 --evidence "$room/paper" $by \
        2>"$room/why"; do
        position=$((position + 1))
        [ "$position" -lt 400 ] || { cat "$room/why"; exit 1; }
    done
    echo "after: replaced $position"
}

stand_in_next() { # the next certificate, from HF$1 on, that holds a post
    number=$1
    until "$Y" standin "$dir" 1 "HF$number" --reason 回避 $by \
        >"$room/count" 2>"$room/why"; do
        number=$((number + 1))
        [ "$number" -lt 1040 ] || { cat "$room/why"; exit 1; }
    done
    echo "after: HF$number gave up $(cat "$room/count") posts"
}

refuse() {
    if "$Y" "$@" 2>"$room/why"; then
        echo "after: not refused: $*"
        exit 1
    fi
}

"$Y" init "$dir" --origin after.test/log --rehearsal
"$Y" import "$dir" targets "$1" --accept-warnings >"$room/out"
"$Y" import "$dir" inspectors "$2" --accept-warnings >"$room/out"
"$Y" activate "$dir" targets 1
"$Y" activate "$dir" inspectors 1
"$Y" import "$dir" items "$3" --accept-warnings >"$room/out"
"$Y" publish "$dir" items
"$Y" import "$dir" plan "$4" --accept-warnings >"$room/out"
"$Y" publish "$dir" plan
now=$(date +%s)
cat >"$room/A.json" <<J
{"batch":"2027-01","strata":[{"class":"${CLASS:-public}","least":0,"name":"全部","take":"5%"}],"t0":$((now + 2)),"t1":$((now + 4)),"t4":$((now + 86400))}
J
echo 注销通知书 >"$room/paper"
"$Y" announce "$dir" "$room/A.json"
refuse replace "$dir" 1 全部 0 --reason 注销 --date 2027-03-01 \
    --source 登记机关 --evidence "$room/paper" $by
"$Y" freeze "$dir" 1
"$Y" reveal "$dir" 1
"$Y" beacon "$dir" 1 --wait
"$Y" draw "$dir" 1

refuse replace "$dir" 1 全部 0 --reason 停业 --date 2027-03-01 \
    --source 登记机关 --evidence "$room/paper" $by
refuse annul "$dir" 1 --authority 上级 --document 1 --file "$room/paper" $by
replace_next 0
stand_in_next 1000
replace_next $((position + 1))
stand_in_next $((number + 1))
refuse standin "$dir" 1 HF$number --reason 回避 --by 甲 --by 甲
check sealed
"$Y" open "$dir" 1
check opened
replace_next $((position + 1))
stand_in_next $((number + 1))
check later
"$Y" annul "$dir" 1 --authority 上级机关 --document 〔2027〕1号 \
    --file "$room/paper" $by
check annulled
refuse replace "$dir" 1 全部 0 --reason 注销 --date 2027-03-01 \
    --source 登记机关 --evidence "$room/paper" $by
