#!/bin/sh
# mutants — both verifiers side by side on genuine proofs, on a forgery for
# each rule and on random changes: the same exit and the same rule.
# MUTANTS=N sets how many changes.
set -u
cd "$(dirname "$0")/../../audits/js" || exit 2
if node agree.mjs ../../build/verify-static "${MUTANTS:-60}"; then
    echo '1 passed, 0 failed, 0 skipped'
else
    echo '0 passed, 1 failed, 0 skipped'
    exit 1
fi
