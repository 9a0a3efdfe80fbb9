#!/bin/sh
# A log is served while it grows; what the guard refuses.
set -eu
cd "$(dirname "$0")/../.."
Y=${1:-build/yaohao}
D=$(mktemp -d); PID=
trap '[ -z "$PID" ] || kill "$PID"; rm -rf "$D"' EXIT
fail() { echo "serve: $*" >&2; exit 1; }
{ echo 统一社会信用代码,名称
  for i in $(seq 1001 1200); do echo "91140800MA0TE5$i,运城试验${i}公司"; done
} > "$D/t.csv"
printf '姓名,执法证号,单位,部门\n甲,1,局,市场监管局\n乙,2,局,市场监管局\n' > "$D/i.csv"
printf '编号,抽查领域,抽查事项,抽查依据,抽查主体,抽查对象,类别,抽查方式\n01,餐饮,餐饮检查,食品安全法第一百一十条,市场监管局,企业,一般,实地检查\n' > "$D/items.csv"
printf '编号,年度,名称,事项,部门,数量或比例\n2027-01,2027,餐饮抽查,01,市场监管局,5%%\n' > "$D/plan.csv"
$Y init "$D/d" --origin draw.test/http --rehearsal >/dev/null
PORT=$((20000 + $$ % 12000))
U=http://127.0.0.1:$PORT
$Y serve "$D/d" --listen 127.0.0.1:$PORT > "$D/ready" & PID=$!
for _ in $(seq 100); do [ -s "$D/ready" ] && break; sleep 0.2; done
[ "$(cat "$D/ready")" = "ready $U" ] || fail "no ready line"
code() { curl -s --path-as-is -o "$D/body" -D "$D/head" -w '%{http_code}' "$@"; }
is() { want=$1; shift; got=$(code "$@"); [ "$got" = "$want" ] || fail "$* gave $got, not $want"; }
is 200 $U/healthz
is 200 $U/log/checkpoint; grep -qi '^cache-control: no-cache' "$D/head"
is 200 $U/log/tile/0/000.p/1; [ "$(wc -c < "$D/body")" = 32 ] || fail "tile"
grep -qi immutable "$D/head"; grep -qi nosniff "$D/head"
is 200 $U/log/tile/entries/000.p/1
is 404 $U/log/tile/0/001; grep -qi '^cache-control: no-store' "$D/head"
is 404 $U/log/tile/00/000.p/1
is 400 $U/log//checkpoint
is 400 $U/log/%2e%2e/x
is 400 $U/log/../x
is 400 "$U/healthz?x"
is 400 "$U/a%00b"
is 414 "$U/$(printf '%01100d' 0)"
is 405 -X POST $U/healthz
is 400 -H 'Content-Length: 0' -H 'Content-Length: 0' $U/healthz
raw() {
    { printf "GET /healthz HTTP/1.1\r\n$1\r\n\r\n"; sleep 0.3; } |
        curl -s --max-time 2 telnet://127.0.0.1:$PORT > "$D/raw" || true
    head -n 1 "$D/raw" | grep -q ' 400 ' || fail "accepted: $1"
}
raw 'Host: a\r\nHost: b'
raw 'Host: a\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0'
raw 'Host: a\r\nContent-Length: 0\r\nContent-Length: 0'
is 400 -X POST -H 'Transfer-Encoding: chunked' -d x $U/healthz
is 431 -H "X: $(printf '%05000d' 0)" $U/healthz
is 404 $U/api/v1/draws/1
is 200 $U/api/v1/draws; [ "$(cat "$D/body")" = '[]' ] || fail "draws"
is 200 $U/api/v1/items
for k in targets inspectors; do
    $Y import "$D/d" $k "$D/$(echo $k | cut -c1).csv" --accept-warnings >/dev/null 2>&1
    $Y activate "$D/d" $k 1 >/dev/null
done
for k in items plan; do
    $Y import "$D/d" $k "$D/$k.csv" --accept-warnings >/dev/null 2>&1
    $Y publish "$D/d" $k >/dev/null
done
is 200 $U/api/v1/items; grep -q 食品安全法 "$D/body" || fail "items"
is 200 $U/api/v1/plans; grep -q 2027-01 "$D/body" || fail "plans"
kill -TERM $PID; wait $PID || fail "exit $?"
PID=
# Where descriptors are few, idle readers leave some for files of the log.
: > "$D/ready"
(ulimit -n 128; exec $Y serve "$D/d" --listen 127.0.0.1:$PORT) > "$D/ready" & PID=$!
for _ in $(seq 100); do [ -s "$D/ready" ] && break; sleep 0.2; done
python3 - "$PORT" "$(ls "$D/d/files" | head -n 1)" <<'END' || fail 'few files'
import http.client, socket, sys, time
first = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
first.request("GET", "/healthz")
first.getresponse().read()
idle = []
for _ in range(200):
    idle.append(socket.create_connection(("127.0.0.1", int(sys.argv[1]))))
    time.sleep(0.005)
time.sleep(0.5)
first.request("GET", "/log/files/" + sys.argv[2])
answer = first.getresponse()
assert answer.status == 200, answer.status
END
kill -TERM $PID; wait $PID || fail "exit $?"
PID=
echo "serve: ok"
