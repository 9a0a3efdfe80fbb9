#!/bin/sh
# static — the static verifier needs nothing but itself: in an empty root it
# gives the same exits as yaohao verify.
set -u
cd "$(dirname "$0")/../.." || exit 2
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
out=$room/demo
DEMO_DIR=$out SERVE=0 sh tests/demo/demo.sh >/dev/null || exit 1
cp build/verify-static "$room/verify"
cp "$out"/draw.proof.json "$room/good"
cp "$out"/data/log.vkey "$room/vkey"
# One character of the file's middle becomes another.
python3 - "$room" <<'END'
import sys
text = bytearray(open(sys.argv[1] + '/good', 'rb').read())
at = text.index(b'"frozen"') + 120
text[at] = ord('1') if text[at] != ord('1') else ord('2')
open(sys.argv[1] + '/bad', 'wb').write(text)
END
enter() {
    if [ "$(id -u)" = 0 ]; then chroot "$room" "$@"
    else unshare --map-root-user chroot "$room" "$@"; fi
}

passed=0 failed=0
for arguments in "good --rehearsal --vkey vkey" "good --rehearsal" good \
    "bad --rehearsal" "missing --rehearsal" "good --nonsense"; do
    # shellcheck disable=SC2086
    enter /verify $arguments >"$room/static.txt" 2>/dev/null
    static=$?
    # shellcheck disable=SC2086
    (cd "$room" && "$OLDPWD/build/yaohao" verify $arguments) \
        >"$room/dynamic.txt" 2>/dev/null
    dynamic=$?
    if [ $static = $dynamic ] && cmp -s "$room/static.txt" "$room/dynamic.txt"
    then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "verify $arguments: exit $static in an empty root, else $dynamic"
    fi
    echo "verify $arguments: $static"
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
