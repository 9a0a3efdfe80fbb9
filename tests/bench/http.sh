#!/bin/sh
# http — the same bytes from us and from nginx, on one machine in one run:
# requests a second and the slowest hundredth, then a thousand draws of which
# each is asked for the first time, then what memory does in five minutes.
#
#     BENCH_DIR=DIR      a data directory with draws, instead of a new one
#     BENCH_SOAK_S=300   seconds of the last part
# shellcheck source=tests/bench/table.inc
. "$(dirname "$0")/table.inc"

for tool in nginx wrk curl; do
    PATH=$PATH:/usr/sbin command -v $tool >/dev/null && continue
    skip "HTTP" '≥ 1.0' "apt-get install nginx-light wrk curl"
    exit 0
done
PATH=$PATH:/usr/sbin
run_s=$((scale == 1 ? 10 : 1))
soak_s=${BENCH_SOAK_S:-$((scale == 1 ? 300 : 5))}
count=$((1000 / scale))
ours=$((20000 + $$ % 6000)) theirs=$((26000 + $$ % 6000))
server= peer=
# shellcheck disable=SC2154
trap '[ -z "$server" ] || kill "$server" 2>/dev/null
    [ -z "$peer" ] || kill "$peer" 2>/dev/null
    rm -rf "$dir"' EXIT

# ---- a log with draws ------------------------------------------------------
if [ -n "${BENCH_DIR:-}" ]; then cp -a "$BENCH_DIR" "$dir/data"
else
    "$bin/generate" targets 400 7 >"$dir/targets.csv"
    "$bin/generate" inspectors 40 7 >"$dir/inspectors.csv"
    echo '编号,抽查领域,抽查事项,抽查依据,抽查主体,抽查对象,类别,抽查方式
01,餐饮,餐饮检查,食品安全法第一百一十条,市场监管局,企业,一般,实地检查' \
        >"$dir/items.csv"
    { echo '编号,年度,名称,事项,部门,数量或比例'
      for i in $(seq -f %04g $count); do
          echo "2027-$i,2027,抽查$i,01,市场监管局,5%"
      done; } >"$dir/plan.csv"
    y() { "$Y" "$@" --now 2027-03-01T00:00:00Z >"$dir/say" 2>&1; }
    y init "$dir/data" --origin bench.test/log --rehearsal
    for kind in targets inspectors items plan; do
        y import "$dir/data" $kind "$dir/$kind.csv" --accept-warnings
        case $kind in
        items | plan) y publish "$dir/data" $kind ;;
        *) y activate "$dir/data" $kind 1 ;;
        esac
    done
    "$bin/crowd" "$dir/data" $count 2
fi

start() {
    "$Y" serve "$dir/data" --listen 127.0.0.1:$ours >"$dir/ready" &
    server=$!
    until [ -s "$dir/ready" ]; do sleep 0.1; done
}
stop() { kill "$server"; wait "$server" || true; server=; : >"$dir/ready"; }

# ---- nginx, with the same bytes --------------------------------------------
cat >"$dir/nginx.conf" <<END
worker_processes 2; daemon off; pid $dir/nginx.pid; error_log $dir/nginx.log;
events { worker_connections 4096; }
http {
    access_log off; sendfile on; tcp_nopush on; tcp_nodelay on;
    open_file_cache max=10000 inactive=600s; open_file_cache_valid 600s;
    keepalive_requests 1000000000; default_type application/json;
    client_body_temp_path $dir/t1; proxy_temp_path $dir/t2;
    fastcgi_temp_path $dir/t3; uwsgi_temp_path $dir/t4; scgi_temp_path $dir/t5;
    server { listen 127.0.0.1:$theirs reuseport; root $dir/www; }
}
END
# The folder of this run is its owner's alone.
if [ "$(id -u)" = 0 ]; then sed -i '1s/^/user root; /' "$dir/nginx.conf"; fi
start_peer() {
    nginx -c "$dir/nginx.conf" 2>/dev/null &
    peer=$!
    until [ -s "$dir/nginx.pid" ]; do sleep 0.1; done
}
stop_peer() { kill "$peer"; wait "$peer" || true; peer=; rm -f "$dir/nginx.pid"; }
take() { # PATH: what we answer becomes nginx's file
    mkdir -p "$dir/www$(dirname "$1")"
    curl -sf "http://127.0.0.1:$ours$1" -o "$dir/www$1"
}

# ---- how many in a second --------------------------------------------------
# Seconds for 100,000 requests, so that less is better, and the slowest
# hundredth in milliseconds.
hammer() { # PORT PATH
    wrk -t1 -c64 -d${run_s}s --latency "http://127.0.0.1:$1$2" |
        awk '/99%/ { at = $2; ms = at + 0
                     if (at ~ /us$/) ms /= 1000
                     else if (at ~ /[0-9]s$/) ms *= 1000 }
             /Requests\/sec/ { rate = $2 } /Non-2xx/ { exit 1 }
             END { printf "%.1f %.2f\n", rate, ms }'
}
middle() { sort -n -k"$2" "$1" | sed -n "$(((rounds + 1) / 2))p" |
    cut -d' ' -f"$2"; }
compare() { # NAME PATH
    : >"$dir/us"; : >"$dir/nginx"
    for _ in $(seq $rounds); do
        hammer $ours "$2" >>"$dir/us"
        hammer $theirs "$2" >>"$dir/nginx"
    done
    bytes=$(wc -c <"$dir/www$2")
    echo "$(middle "$dir/us" 1) $(middle "$dir/us" 2)" \
        "$(middle "$dir/nginx" 1) $(middle "$dir/nginx" 2)" |
        awk -v name="HTTP $1: $bytes B; nginx" '{
            printf "| %s | %d/s (p99 %.1f ms) | %d/s (%.1f ms) | ", name, $1,
                $2, $3, $4
            printf "%.2f (p99 %.2f) | ≥ 1.0 (≤ 1) |\n", $1 / $3, $2 / $4 }'
}

# ---- each for the first time -----------------------------------------------
cat >"$dir/first.lua" <<'END'
local ffi = require("ffi")
ffi.cdef[[ typedef struct { long s, ns; } ts; int clock_gettime(int, ts *); ]]
local count, prefix = tonumber(os.getenv("COUNT")), "/api/v1/draws/"
local asked, got, since = 0, 0, 0
local function now()
    local t = ffi.new("ts")
    ffi.C.clock_gettime(1, t)
    return tonumber(t.s) + tonumber(t.ns) / 1e9
end
function request()
    if asked == 0 then since = now() end
    asked = asked + 1
    return wrk.format("GET", prefix .. ((asked - 1) % count + 1))
end
function response(status)
    if status ~= 200 then io.stderr:write("status ", status, "\n") end
    got = got + 1
    if got == count then
        local f = io.open(os.getenv("OUT"), "a")
        f:write(string.format("%.6f 0 0\n", now() - since))
        f:close()
        wrk.thread:stop()
    end
end
END
first() { # PORT FILE
    COUNT=$count OUT=$2 wrk -t1 -c64 -d4s -s "$dir/first.lua" \
        "http://127.0.0.1:$1/" >"$dir/say"
}

memory() { awk '/^VmRSS/ { print $2 }' "/proc/$server/status"; }
soak() {
    for part in 1 2 3 4 5; do
        i=0
        until [ $i -ge 10 ]; do
            i=$((i + 1))
            path=/api/v1/draws/$((part * i % count + 1))
            case $i in
            3) path=/api/v1/draws/1/targets/CODE$part$i ;;
            5) path=/api/v1/draws/1/proof ;;
            7) path=/draws/1 ;;
            9) path=/nothing/$part$i ;;
            esac
            wrk -t1 -c64 -d$((soak_s / 50 + 1))s "http://127.0.0.1:$ours$path" \
                >"$dir/say"
        done
        echo "$part $(memory)"
    done
}

start
for path in /log/checkpoint /log/tile/0/000 /api/v1/draws/1/verdict /draws/1; do
    take $path 2>/dev/null || [ $path != /log/tile/0/000 ] ||
        take /log/tile/0/000.p/8
done
mkdir -p "$dir/www/api/v1/draws" "$dir/www/first/api/v1/draws"
for i in $(seq $count); do
    echo "url=http://127.0.0.1:$ours/api/v1/draws/$i"
    echo "output=$dir/www/first/api/v1/draws/$i"
done | curl -sfK -
start_peer
tile=/log/tile/0/000
[ -e "$dir/www$tile" ] || tile=$tile.p/8
compare checkpoint /log/checkpoint
compare tile $tile
compare 'draw JSON' /api/v1/draws/1/verdict
compare 'draw HTML' /draws/1
stop
stop_peer
sed -i "s|root $dir/www;|root $dir/www/first;|" "$dir/nginx.conf"
: >"$dir/us"
: >"$dir/nginx"
for _ in $(seq $rounds); do
    start
    first $ours "$dir/us"
    stop
    start_peer
    first $theirs "$dir/nginx"
    stop_peer
done
echo "$(median "$dir/us") $(median "$dir/nginx")" |
    awk -v name="HTTP $count 个抽取各第一次 each asked the first time; nginx" \
        '{ printf "| %s | %.2f s | %.2f s | %.2f | ≤ 2 |\n",
               name, $1, $4, $1 / $4 }'
start
soak >"$dir/soak"
awk -v s="$soak_s" 'NR == 1 { a = $2 } { b = $2 }
    END { printf "| HTTP %d s 负载下的内存 memory under load | %.1f → %.1f MiB " \
        "(%+.1f %%) | — | — | < 5 %% |\n", s, a / 1024, b / 1024,
        (b - a) * 100 / a }' "$dir/soak"
