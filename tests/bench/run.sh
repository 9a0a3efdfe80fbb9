#!/bin/sh
# run — one table of how fast we are, ready for the README: medians of three
# rounds, our peers measured in the same run, ratios beside them.
#
#     tests/bench/run.sh [SCRIPT...]     all of them, or those named
#     BENCH_SMALL=1 tests/bench/run.sh   a hundredth of the sizes, to try it
set -eu
cd "$(dirname "$0")/../.."
make -s build/yaohao build/verify-static \
    build/tests/bench/generate build/tests/bench/measure \
    build/tests/bench/team_bench build/tests/bench/tree_bench \
    build/tests/bench/crowd
[ $# -gt 0 ] || set -- core lists proofs http

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sed -n 1p)
load() { cut -d' ' -f1 /proc/loadavg; }
sha=无
grep -qE ' (sha_ni|sha2)( |$)' /proc/cpuinfo && sha=有
start=$(load)
printf '%s\n' \
    '| 项目 what | 我们 ours | 同行 peer | 比 ratio | 目标 goal |' \
    '|---|---|---|---|---|'
for script; do sh "tests/bench/$script.sh"; done
printf '\n%s，%s，%s 核 cores，SHA 指令 instructions %s，%s MiB；%s %s %s → %s。\n' \
    "$(date -u +%Y-%m-%d)" "$model" "$(nproc)" "$sha" \
    "$(awk '/^MemTotal/ { print int($2 / 1024) }' /proc/meminfo)" \
    "三次的中位数，括号里是处理器秒数 medians of three, processor seconds in brackets;" \
    "负载 load" "$start" "$(load)"
