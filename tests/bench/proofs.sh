#!/bin/sh
# proofs — verification of a fully opened proof as a process, and a whole
# rehearsal on a real register where one lies beside the project, or under
# BENCH_DATA.
# shellcheck source=tests/bench/table.inc
. "$(dirname "$0")/table.inc"

"$bin/generate" targets 10000 7 >"$dir/targets.csv"
"$bin/generate" inspectors 40 7 >"$dir/inspectors.csv"
"$Y" rehearse --targets "$dir/targets.csv" --inspectors "$dir/inspectors.csv" \
    --rate 3% --team 2 --out "$dir/out" >"$dir/say" 2>&1
count=$(grep -o crew_blind "$dir/out/draw.proof.json" | wc -l)
for program in "$Y verify" build/verify-static; do
    # shellcheck disable=SC2086
    row "核验 ${program##*/}: $count 户 opened" '≤ 0.020 s' \
        "$(repeat true --runs 10 $program "$dir/out/draw.proof.json" \
            --vkey "$dir/out/log.vkey" --rehearsal)"
done

real=${BENCH_DATA:-../shared/data}/registry/yuncheng-enterprises.csv
name="演练 rehearse: 8,296 户 real register"
if [ -e "$real" ]; then
    # Its codes name districts far and near: inspectors for all of them.
    awk -F, -v OFS=, 'NR > 1 { $5 = "" } 1' "$dir/inspectors.csv" \
        >"$dir/everywhere.csv"
    anew() { rm -rf "$dir/real"; }
    row "$name" '≤ 2 s' "$(repeat anew "$Y" rehearse --targets "$real" \
        --inspectors "$dir/everywhere.csv" --rate 3% --team 2 \
        --out "$dir/real")"
else
    skip "$name" '≤ 2 s' "$real"
fi
