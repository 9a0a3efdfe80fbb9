#!/bin/sh
# quarantine — an old backup put back stops the log, status says what to do,
# and the newest database put back ends it.
set -eu
cd "$(dirname "$0")/.."
Y=${YAOHAO:-build/yaohao}
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
dir=$room/data
fail() { echo "quarantine: $*"; exit 1; }
y() { "$Y" "$@" --now 2027-03-01T08:00:00Z >"$room/out" 2>&1 ||
    fail "$* $(cat "$room/out")"; }
status() { code=0; "$Y" status "$dir" >"$room/out" 2>"$room/why" || code=$?; }
restore() { rm -f "$dir"/yaohao.db*; cp "$1" "$dir/yaohao.db"; }

y init "$dir" --origin quarantine.test/rehearsal --rehearsal
y backup "$dir" "$room/old.db"
y import "$dir" items tests/vectors/register/items.csv --accept-warnings
y publish "$dir" items
y backup "$dir" "$room/new.db"
status
[ "$code" = 0 ] || fail "a whole log: exit $code"
restore "$room/old.db"
status
[ "$code" = 4 ] || fail "an old backup: exit $code"
for word in 保留现场 guard.db 审计方 以新的; do
    grep -q "$word" "$room/out" || fail "status does not say $word"
done
if "$Y" publish "$dir" items --now 2027-03-01T08:00:00Z >"$room/out" 2>&1
then fail "an old backup was written to"; fi
restore "$room/new.db"
status
[ "$code" = 0 ] || fail "the newest database: exit $code"
echo "3 passed, 0 failed, 0 skipped"
