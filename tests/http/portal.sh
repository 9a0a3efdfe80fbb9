#!/bin/sh
# Every public page on a year with six draws whose lists hold everything that
# somebody might type to break a page: see portal.py.
cd "$(dirname "$0")/../.." || exit 2
. tests/portal.inc
room=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$room"' EXIT
port=$((20000 + $$ % 12000))
portal_hostile "$room/data" "$room/lists"
y import "$dir" items "$room/lists/items2.csv" --accept-warnings
y publish "$dir" items
cat >"$dir/office.json" <<'END'
{"name":"示范市<b>市场监管局","telephone":"0359-0000000","extra":"x",
 "address":"公园路 1 号","site":"https://draw.example.gov.cn"}
END
"$Y" serve "$dir" --listen 127.0.0.1:$port >"$room/ready" & server=$!
for _ in $(seq 100); do [ -s "$room/ready" ] && break; sleep 0.2; done
python3 tests/http/portal.py look "http://127.0.0.1:$port"
