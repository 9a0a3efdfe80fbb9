#!/bin/sh
# core — a tree beside openssl's own block rate, picking, and teams.
# shellcheck source=tests/bench/table.inc
. "$(dirname "$0")/table.inc"

# Seconds that openssl takes for as many blocks, from its rate in large
# pieces on one core; it counts the processor's time.
openssl_seconds() {
    openssl speed -seconds 1 -bytes 16384 -evp sha256 -mr 2>/dev/null |
        awk -F: -v blocks="$1" '/^\+F:/ {
            s = blocks * 64 / $NF; printf "%.5f %.5f 0\n", s, s }'
}

leaves=$((1000000 / scale))
: >"$dir/tree"
: >"$dir/openssl"
for _ in $(seq $rounds); do
    "$bin/tree_bench" $leaves >>"$dir/tree"
    blocks=$(awk 'END { print $3 }' "$dir/tree")
    openssl_seconds "$blocks" >>"$dir/openssl"
done
row "树 tree: 10^6 × 65 B; openssl speed 同样块数 as many blocks" '≤ 1.3' \
    "$(median "$dir/tree" | cut -d' ' -f1-3)" "$(median "$dir/openssl")"

seed=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
row "pick 100,000 / 1.8·10^8" '≤ 0.05 s' "$(repeat true \
    "$Y" pick --seed $seed --count 180000000 --take $((100000 / scale)))"

"$bin/team_bench" $scale $rounds | while IFS='	' read -r name goal took; do
    row "$name" "$goal" "$took"
done
