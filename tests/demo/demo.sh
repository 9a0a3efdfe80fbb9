#!/bin/sh
# demo — a whole draw, by the clock on the wall, on a synthetic register:
# two lists in, a proof out, checked by two verifiers of two hands.
#
#     make demo             and then serve it, PORT=8686
#     make demo SERVE=0     stop after verification
#     DEMO_DIR=build/demo   made new each time
set -eu
cd "$(dirname "$0")/../.."
yaohao=build/yaohao
lists=tests/vectors/register
out=${DEMO_DIR:-build/demo}
dir=$out/data

say() { printf '\n—— %s\n' "$*"; }

rm -rf "$out"
mkdir -p "$out"
say "1 建立演练目录"
"$yaohao" init "$dir" --origin demo.example/rehearsal --rehearsal
say "2 导入、启用名录与人员，公布事项清单和计划（附种子簿）"
for list in targets inspectors items plan; do
    "$yaohao" import "$dir" $list "$lists/$list.csv" --accept-warnings \
        >"$out/import-$list.txt" 2>"$out/warnings-$list.txt"
    tail -n 1 "$out/import-$list.txt"
done
"$yaohao" activate "$dir" targets 1
"$yaohao" activate "$dir" inspectors 1
"$yaohao" publish "$dir" items
"$yaohao" publish "$dir" plan

start=$(date +%s)
t0=$((start + 3)) t1=$((start + 6))
say "3 公告：封存 T0 = $(date -d @$t0 +%T)，揭示 T1 = $(date -d @$t1 +%T)"
cat >"$out/announce.json" <<END
{"batch":"2027-03","t0":$t0,"t1":$t1,"t4":$((t1 + 86400)),
 "strata":[{"name":"全部","class":"public","take":"3%","least":0}]}
END
"$yaohao" announce "$dir" "$out/announce.json"
say "4 封存名单"
"$yaohao" freeze "$dir" 1
say "5 揭示"
"$yaohao" reveal "$dir" 1
say "6 等信标"
"$yaohao" beacon "$dir" 1 --wait
say "7 抽取"
"$yaohao" draw "$dir" 1
say "8 公开"
"$yaohao" open "$dir" 1 --by 甲 --by 乙
"$yaohao" proof "$dir" 1 -o "$out/draw.proof.json"
say "9 核验（C）"
"$yaohao" verify "$out/draw.proof.json" --vkey "$dir/log.vkey" --rehearsal
if command -v node >/dev/null && [ -d audits/js/node_modules ]; then
    say "10 再核验（JavaScript，另一人写的）"
    node audits/js/verify.mjs "$out/draw.proof.json" \
        --vkey "$dir/log.vkey" --rehearsal
fi
say "证明在 $out/draw.proof.json，公钥在 $dir/log.vkey"
[ "${SERVE:-0}" = 1 ] || exit 0
exec "$yaohao" serve "$dir" --listen "127.0.0.1:${PORT:-8686}"
