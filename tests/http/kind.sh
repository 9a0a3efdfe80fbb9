#!/bin/sh
# kind — a list of products, whose id is kind:code: looked up by the id each
# is found, by the bare code none, in the list as among the drawn.
# shellcheck source=tests/http/site.inc
. "$(dirname "$0")/site.inc"
cd "$(dirname "$0")/../.." || exit 2
LISTS=$room/lists
mkdir "$LISTS"
cp $lists/inspectors.csv $lists/items.csv $lists/plan.csv "$LISTS"
awk 'BEGIN { print "代码,名称,区划"
    for (i = 10; i < 50; i++) print "P:" i ",产品" i ",140802" }' \
    >"$LISTS/targets.csv"
site_lists
site_draw 1 2027-02 02 '"columns":["kind","code","name"],
    "strata":[{"class":"public","least":0,"name":"全部","take":"20"}]'
y open "$dir" 1 --by 甲 --by 乙
site_serve
drawn=0 placed=0
for i in $(seq 10 49); do
    curl -sf "$url/api/v1/draws/1/targets/P%3A$i" >"$room/answer" ||
        fail "P:$i is not answered"
    ! grep -q '"drawn":1' "$room/answer" || drawn=$((drawn + 1))
    ! grep -q '"place":' "$room/answer" || placed=$((placed + 1))
    curl -sf "$url/api/v1/draws/1/targets/$i" >"$room/answer" ||
        fail "$i is not answered"
    ! grep -q '"drawn":1\|"place":' "$room/answer" || fail "$i is found"
done
curl -sf "$url/api/v1/draws/1/targets/P:10" >"$room/answer" ||
    fail 'a plain colon is refused'
curl -sf "$url/draws/1" | grep -o '"/targets/P:[0-9]*"' | tr -d '"' |
    sort -u >"$room/links"
[ "$(wc -l <"$room/links")" = 20 ] || fail 'the opened do not link to pages'
while read -r page; do
    curl -sf "$url$page" >"$room/answer" || fail "no page $page"
done <"$room/links"
[ $drawn = 20 ] || fail "$drawn of 20 are found as drawn"
[ $placed = 40 ] || fail "$placed of 40 are found in the list"
say ok
