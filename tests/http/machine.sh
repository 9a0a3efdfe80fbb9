#!/bin/sh
# Machine faces: every answer of the API at every stage against the OpenAPI
# document; feed, calendar, maps, security contact.
cd "$(dirname "$0")/../.." || exit 2
. tests/http/site.inc
y init "$dir" --origin site.test --rehearsal
# No address: a script is no link of a feed, map or calendar.
echo '{"site":"javascript:alert(1)//x"}' >"$dir/office.json"
site_serve
ask() { python3 tests/http/machine.py "$@" "$url" "$room"; }
ask empty
kill $server
wait $server || true
rm -rf "$dir" "$room/ids.json"
site_lists
cat >"$dir/office.json" <<END
{"name":"试验局","site":"https://draw.example/","telephone":"0359-0000000",
 "security_contact":"mailto:security@draw.example",
 "security_expires":"2099-01-01T00:00:00Z"}
END
site_serve
ask lists
site_draw 1 2027-02 02 '"strata":[{"class":"public","least":0,
    "name":"全部","take":"20"}]'
ask sealed
y open "$dir" 1 --by 甲 --by 乙
ask opened
now=2027-03-03T08:00:00Z
printf '{"batch":"2027-03","t0":"2027-03-03T09:00:00Z",
    "t1":"2027-03-03T09:01:00Z","t4":"2027-05-01T09:00:00Z","strata":[
    {"class":"public","least":0,"name":"全部","take":"3%%"}]}' >"$room/A.json"
y announce "$dir" "$room/A.json"
ask announced
now=2027-03-03T09:30:00Z
y void "$dir" 2 --cause freeze-late --reason 封存逾期 --by 甲 --by 乙
ask void
