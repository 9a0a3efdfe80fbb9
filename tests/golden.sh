#!/bin/sh
# golden — the worked example of FORMAT 13 comes out byte for byte, and both
# verifiers accept it.  Published bytes may never change.
set -eu
cd "$(dirname "$0")/.."
seed=$(printf '01%.0s' $(seq 32))
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
build/yaohao rehearse --targets audits/examples/worked/targets.csv \
    --inspectors audits/examples/worked/inspectors.csv --rate 25% \
    --now 2027-04-12T02:00:00Z --entropy "$seed" --out "$room/out"
cmp "$room/out/draw.proof.json" audits/examples/worked/draw.proof.json
build/yaohao verify audits/examples/worked/draw.proof.json --rehearsal
[ ! -d audits/js/node_modules ] ||
    node audits/js/verify.mjs audits/examples/worked/draw.proof.json \
        --rehearsal
