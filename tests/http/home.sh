#!/bin/sh
# home — the first page names the deadline that comes first, whichever of the
# draws it belongs to; the plans say which year has none.
# shellcheck source=tests/http/site.inc
. "$(dirname "$0")/site.inc"
cd "$(dirname "$0")/../.." || exit 2
LISTS=$room/lists
mkdir "$LISTS"
cp $lists/targets.csv $lists/inspectors.csv $lists/items.csv "$LISTS"
year=$(date -u +%Y)
{
    echo 编号,年度,名称,事项,部门,数量或比例
    for n in 1 2 3 4 5 6 7; do
        echo "B$n,$((year - 1)),登记事项抽查,DJ-01,市场监管局,3%"
    done
} >"$LISTS/plan.csv"
at() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }
today=$(date -u +%s)
now=$(at "$today")
site_lists
# $1 batch, $2 days from now
announce() {
    t0=$((today + $2 * 86400))
    printf '{"batch":"%s","strata":[{"class":"public","least":0,"name":"全部",
        "take":"3%%"}],"t0":%s,"t1":%s,"t4":%s}' \
        "$1" $t0 $((t0 + 60)) $((t0 + 864000)) >"$room/A.json"
    y announce "$dir" "$room/A.json"
}
next() { # $1 draw, $2 name of the step
    curl -sf "$url/api/v1/summary" >"$room/answer"
    grep -q "\"next_draw\":$1,\"next_name\":\"$2\"" "$room/answer" ||
        fail "not $1 $2: $(tail -c 200 "$room/answer")"
}
announce B1 9
announce B2 2
for n in 3 4 5 6 7; do announce B$n 5; done
site_serve
next 2 封存名单
y freeze "$dir" 2
next 2 揭示随机数
curl -sf "$url/" | grep -q '第&nbsp;2&nbsp;号抽取</a>：揭示随机数的期限' ||
    fail 'the page does not name the step'
# The log began last year in time, or after this year's deadline.
plans() { curl -sf "$url/api/v1/plans/years" >"$room/answer"; }
plans
[ "$today" -lt "$(date -u -d "$year-03-31T16:00:00Z" +%s)" ] ||
    ! grep -q missing "$room/answer" || fail 'a plan that is not owed'
kill $server
wait $server || true
rm -rf "$dir"
now=$((year - 1))-01-05T08:00:00Z
site_lists
site_serve
plans
grep -q "\"missing\":{\"is_late\":[01],\"year\":$year}" "$room/answer" ||
    fail "no year is missing: $(head -c 200 "$room/answer")"
curl -sf "$url/plans" | grep -q '还没有公布；期限是' ||
    fail 'the page does not say so'
say ok
