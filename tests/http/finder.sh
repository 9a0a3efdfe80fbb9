#!/bin/sh
# Search and one firm's page: what is found, what is proved, and that a
# sealed draw changes no byte of any answer about a code.
cd "$(dirname "$0")/../.." || exit 2
. tests/http/site.inc
site_lists
site_draw 1 2027-02 02 '"strata":[{"class":"public","least":0,
    "name":"全部","take":"20"}]'
y open "$dir" 1 --by 甲 --by 乙
site_draw 2 2027-03 03 '"columns":["code","name","type","district"],
    "strata":[{"class":"public","least":0,"name":"全部","take":"3%"}]'
site_serve
ask() { python3 tests/http/finder.py "$1" "$url" "$room" $lists/targets.csv; }
ask before-any-of-2
y open "$dir" 2 --by 甲 --by 乙
ask before
# A new version of the register, which no opened list holds.
sed 's/合成/新版/' $lists/targets.csv >"$room/later.csv"
y import "$dir" targets "$room/later.csv" --accept-warnings
y activate "$dir" targets 2
site_draw 3 2027-01 04 '"stratify":"risk","disclosure":"waived","strata":[
    {"class":"internal","least":0,"name":"A","take":"3%"},
    {"class":"internal","least":0,"name":"B","take":"5%"},
    {"class":"internal","least":0,"name":"C","take":"10%"},
    {"class":"internal","least":0,"name":"D","take":"20%"},
    {"class":"internal","least":0,"name":"未分类","take":"5%"}]'
ask sealed
y open "$dir" 3 --by 甲 --by 乙
ask opened
