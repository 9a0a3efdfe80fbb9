#!/bin/sh
# light — verify loads no library that only serving needs; where the one for
# serving is broken, serve says which and verify goes on.
set -eu
cd "$(dirname "$0")/.."
Y=${YAOHAO:-build/yaohao}
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
proof=audits/examples/worked/draw.proof.json
fail() { echo "light: $*"; exit 1; }
verify() { "$Y" verify $proof --rehearsal >"$room/out" 2>&1 ||
    fail "verify: $(cat "$room/out")"; }

LD_DEBUG=libs LD_DEBUG_OUTPUT="$room/libs" "$Y" verify $proof --rehearsal \
    >"$room/out" 2>&1 || fail "verify: $(cat "$room/out")"
grep -q 'calling init.*libsodium' "$room"/libs.* ||
    fail "nothing is known of what was loaded"
for heavy in libmicrohttpd libgnutls libcrypto; do
    if grep "calling init.*$heavy" "$room"/libs.*
    then fail "verify loads $heavy"; fi
done

"$Y" init "$room/data" --origin light.test/rehearsal --rehearsal >"$room/out"
: >"$room/libmicrohttpd.so.12"
export LD_LIBRARY_PATH="$room"
verify
code=0
"$Y" serve "$room/data" >"$room/out" 2>&1 || code=$?
[ $code = 1 ] || fail "serve without its library: exit $code"
grep -q 'libmicrohttpd.so.12：请安装' "$room/out" ||
    fail "serve does not say what is missing: $(cat "$room/out")"
