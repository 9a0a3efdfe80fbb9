#!/bin/sh
# void — proofs that end in a void, made by hand: the second verifier holds
# what the first one held.
set -eu
cd "$(dirname "$0")/.." || exit 2
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
${MAKE:-make} -s build/tests/void_test
KEEP=$room build/tests/void_test >"$room/said" 2>&1 ||
    { cat "$room/said"; exit 1; }
count=0
for proof in "$room"/*.json; do
    node "${VERIFY_JS:-audits/js/verify.mjs}" "$proof" --rehearsal \
        >"$room/said" || { cat "$room/said"; exit 1; }
    count=$((count + 1))
done
echo "void: $count proofs"
[ "$count" = 6 ]
