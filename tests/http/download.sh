#!/bin/sh
# What is taken home: CSV and workbook field by field, QR, printable record.
cd "$(dirname "$0")/../.." || exit 2
. tests/http/site.inc
LISTS=$room/lists
cp -r $lists "$LISTS"
{
    cat $lists/targets.csv
    echo '91140802MA0TE5T24R,"=1+1,""甲""",=类型,140802,A,危险化学品'
    echo '91140802MA0TE5T320,@乙13812345678店,个体工商户,140802,B,'
} >"$LISTS/targets.csv"
sed 's/,20,,/,362,,/' $lists/plan.csv >"$LISTS/plan.csv"
site_lists
site_draw 1 2027-02 02 '"columns":["code","name","type","district"],
    "disclosure":"waived",
    "strata":[{"class":"public","least":0,"name":"全部","take":"362"}]'
site_serve
ask() { python3 tests/http/download.py "$@" "$url" "$LISTS"; }
ask sealed
y open "$dir" 1 --by 甲 --by 乙
ask opened
kill $server
wait $server || true
site_serve --public-address https://draw.example/below
ask address
if "$Y" serve "$dir" --public-address 'javascript:x' >"$room/out" 2>&1; then
    fail 'an address that is none'
fi
