#!/bin/sh
# demo — the whole protocol on the synthetic register, on the real clock:
# a log, the lists, the plan, one draw from announcement to opening, its
# proof checked by both verifiers, one altered byte refused.
#     PORT=8686    where to serve afterwards
#     SERVE=0      stop after the verification
set -eu
cd "$(dirname "$0")/.."
YAOHAO=${YAOHAO:-build/yaohao}
DATA=tests/vectors/register
ROOM=$(mktemp -d)
DIR=$ROOM/log
trap 'rm -rf "$ROOM"' EXIT INT TERM

say() { printf '\n== %s\n' "$*"; }

say '1 建立演练目录：密钥、数据库、日志'
"$YAOHAO" init "$DIR" --origin yaohao.local/demo/rehearsal --rehearsal

say '2 导入名录、人员、事项清单和计划，公布后两样'
"$YAOHAO" import "$DIR" targets $DATA/targets.csv --accept-warnings
"$YAOHAO" activate "$DIR" targets 1
"$YAOHAO" import "$DIR" inspectors $DATA/inspectors.csv --accept-warnings
"$YAOHAO" activate "$DIR" inspectors 1
"$YAOHAO" import "$DIR" items $DATA/items.csv --accept-warnings
"$YAOHAO" publish "$DIR" items
"$YAOHAO" import "$DIR" plan $DATA/plan.csv --accept-warnings
"$YAOHAO" publish "$DIR" plan

now=$(date +%s)
# The first batch of the plan and its quotas, one stratum a risk class.
awk -F, -v now="$now" '
    NR == 2 { batch = $1 }
    NR > 1 && $1 == batch {
        strata = strata sprintf("%s{\"class\":\"internal\",\"least\":0," \
            "\"name\":\"%s\",\"take\":\"%s\"}", strata == "" ? "" : ",",
            $7, $6)
    }
    END {
        printf "{\"batch\":\"%s\",\"disclosure\":\"waived\"," \
            "\"strata\":[%s],\"stratify\":\"risk\"," \
            "\"t0\":%d,\"t1\":%d,\"t4\":%d}\n",
            batch, strata, now + 3, now + 6, now + 86400
    }' $DATA/plan.csv >"$ROOM/A.json"

say '3 公告'
number=$("$YAOHAO" announce "$DIR" "$ROOM/A.json")
say "4 封存名单（第 $number 号）"
"$YAOHAO" freeze "$DIR" "$number"
say '5 揭示承诺过的随机数'
"$YAOHAO" reveal "$DIR" "$number"
say '6 等信标'
"$YAOHAO" beacon "$DIR" "$number" --wait
say '7 抽取'
"$YAOHAO" draw "$DIR" "$number"
say '8 一次公开'
"$YAOHAO" open "$DIR" "$number" --by 甲 --by 乙
"$YAOHAO" proof "$DIR" "$number" -o "$ROOM/draw.proof.json"

say '9 核验：两套独立的程序'
"$YAOHAO" verify "$ROOM/draw.proof.json" --vkey "$DIR/log.vkey" --rehearsal
if [ -d audits/js/node_modules ]; then
    node audits/js/verify.mjs "$ROOM/draw.proof.json" \
        --vkey "$DIR/log.vkey" --rehearsal
else
    echo '（audits/js 尚未安装，略过第二套）'
fi

say '10 改一个字，核验就不成立'
sed 's/slots/slotz/' "$ROOM/draw.proof.json" >"$ROOM/bad.proof.json"
if "$YAOHAO" verify "$ROOM/bad.proof.json" --rehearsal; then
    echo '改过的证明没有被拒绝' >&2
    exit 1
fi

[ "${SERVE:-1}" = 0 ] && exit 0
exec "$YAOHAO" serve "$DIR" --listen "127.0.0.1:${PORT:-8686}"
