#!/bin/sh
# js_test — the second verifier: its own tests, then both verifiers side by
# side on genuine proofs, on a forgery for each rule and on random changes.
# MUTANTS=N sets how many changes.
set -u
cd "$(dirname "$0")/../audits/js" || exit 2
command -v node >/dev/null 2>&1 || exit 77
[ -d node_modules/@noble/curves ] ||
    npm ci --silent --no-audit --no-fund >/dev/null 2>&1 || exit 77
result=$(mktemp) || exit 2
trap 'rm -f "$result"' EXIT

node --test --test-reporter=tap test/*.test.mjs >"$result" 2>&1
grep -E '^ *not ok|^ *error:' "$result"
passed=$(sed -n 's/^# pass //p' "$result")
failed=$(sed -n 's/^# \(fail\|cancelled\) //p' "$result" |
    awk '{ n += $1 } END { print n + 0 }')
passed=${passed:-0} skipped=0
[ "$passed" -gt 0 ] || failed=$((failed + 1))

other=../../build/verify-static
if [ ! -x "$other" ]; then skipped=1
elif node agree.mjs "$other" "${MUTANTS:-60}"; then passed=$((passed + 1))
else failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
