#!/bin/sh
# size — a draw whose proof would be too long is announced with a warning,
# not frozen, and can be voided; a smaller one of the same list goes on.
set -eu
cd "$(dirname "$0")/.." || exit 2
Y=${YAOHAO:-build/yaohao}
lists=tests/vectors/register
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
dir=$room/data now=2027-01-05T00:00:00Z
y() { "$Y" "$@" --now "$now" >"$room/out" 2>&1; }
fail() { echo "size: $*"; cat "$room/out"; exit 1; }

awk 'BEGIN { print "代码,名称,区划"
    for (i = 0; i < 250000; i++) print "P:" i ",合成名称" i ",140802" }' >"$room/t.csv"
cat >"$room/plan.csv" <<END
编号,年度,名称,事项,部门,数量或比例
大,2027,全部检查,DJ-01,市场监管局,80%
小,2027,少些,DJ-01,市场监管局,1%
END
y init "$dir" --origin size.test/rehearsal --rehearsal || fail init
y import "$dir" targets "$room/t.csv" --accept-warnings || fail targets
for list in inspectors items; do
    y import "$dir" $list $lists/$list.csv --accept-warnings || fail $list
done
y import "$dir" plan "$room/plan.csv" --accept-warnings || fail plan
y activate "$dir" targets 1 && y activate "$dir" inspectors 1 || fail activate
y publish "$dir" items && y publish "$dir" plan || fail publish
announce() {
    printf '{"batch":"%s","strata":[{"class":"public","least":0,%s,%s}' \
        "$1" "\"name\":\"全部\",\"take\":\"$2\"}]" \
        '"t0":1799110800,"t1":1799110860,"t4":1801000000' >"$room/A.json"
    y announce "$dir" "$room/A.json" || fail "announce $1"
}
announce 大 80%
grep -q '约 5[0-9][0-9] MiB，上限是 512 MiB' "$room/out" || fail 'not warned'
announce 小 1%
! grep -q MiB "$room/out" || fail 'warned without a cause'
now=2027-01-05T00:30:00Z
! y freeze "$dir" 1 || fail 'frozen, and could not be proved'
grep -q 'void --cause freeze-late' "$room/out" || fail 'no way on'
y freeze "$dir" 2 || fail 'the small one is not frozen'
now=2027-01-05T02:00:00Z
y void "$dir" 1 --cause freeze-late --reason 分成几次 --by 甲 --by 乙 ||
    fail void
