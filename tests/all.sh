#!/bin/sh
# all — everything `make test` runs, one step after the other, none left out
# because an earlier one failed.  The last line counts what ran.
set -u
cd "$(dirname "$0")/.." || exit 2
MAKE=${MAKE:-make} JOBS=${JOBS:-1}
TALLY=build/tally
SERVE=0 # tests/demo/demo.sh: stop after the verification
export TALLY SERVE
mkdir -p build
: >"$TALLY"

# A step that counts its own tests through TALLY, or else counts as one.  One
# that fails without having counted a failure counts one.
step() {
    name=$1 before=$(wc -l <"$TALLY") begun=$(date +%s)
    shift
    echo "== $name"
    if "$@"; then result='1 passed, 0 failed, 0 skipped'
    else result='0 passed, 1 failed, 0 skipped'; fi
    counted=$(tail -n "+$((before + 1))" "$TALLY")
    case $result-$counted in
    1*-?* | 0*-*', '[1-9]*' failed'*) ;;
    *) echo "$result" >>"$TALLY" ;;
    esac
    echo "-- $name: $(tail -n 1 "$TALLY"), $(($(date +%s) - begun)) s"
}

step build $MAKE -s -j"$JOBS" all
step fault-build $MAKE -s fault
step tidy tests/tidy.sh
step werror $MAKE -s -j"$JOBS" BUILD=build/check WERROR=-Werror check-build
step unit $MAKE -s BUILD=build/check unit
step slow-build $MAKE -s -j"$JOBS" slow-build
step slow $MAKE -s slow
step sanitize-gcc $MAKE -s sanitize-gcc
step sanitize-clang $MAKE -s sanitize-clang
step fuzz $MAKE -s fuzz
step tidy-gcc $MAKE -s tidy-gcc
step tidy-clang $MAKE -s tidy-clang
step tidy-cppcheck $MAKE -s tidy-cppcheck

step js-modules $MAKE -s audits/js/node_modules/.package-lock.json \
    tests/node_modules/.package-lock.json

# What several scripts would make at the same time.
step helpers $MAKE -s -j"$JOBS" build/tests/agree/peer

# Scripts share nothing but what is built: JOBS of them at a time, the long
# ones first, what each says in one piece.
scripts() {
    for script in tests/*/*.test.mjs tests/*.test.mjs tests/*/*.sh \
        tests/*.sh audits/js/test/*.test.mjs; do
        case $script in
        tests/all.sh | tests/run.sh | tests/tidy.sh | */run.sh | *'*'*) ;;
        tests/bench/*) ;;
        *) echo "$script" ;;
        esac
    done
}
# shellcheck disable=SC2016
scripts | xargs -P "$JOBS" -n 1 sh -c '
    begun=$(date +%s) said=$(JOBS=1 tests/run.sh "$1")
    [ $? -le 1 ] || echo "0 passed, 1 failed, 0 skipped" >>"$TALLY"
    echo "== $1
$said
-- $1: $(($(date +%s) - begun)) s"' sh

awk '{ p += $1; f += $3; s += $5 }
    END { printf "%d passed, %d failed, %d skipped\n", p, f, s
          exit f != 0 }' "$TALLY"
