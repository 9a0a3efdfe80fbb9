#!/bin/sh
# calculator — pick and drand as programs: answers, exits, complaints.
set -u
cd "$(dirname "$0")/.." || exit 2
yaohao=${YAOHAO:-build/yaohao}
passed=0 failed=0

# expect EXIT ARGUMENT...
expect() {
    want=$1
    shift
    "$yaohao" "$@" >/dev/null 2>&1
    got=$?
    if [ "$got" = "$want" ]; then passed=$((passed + 1))
    else failed=$((failed + 1)); echo "exit $got, not $want: $*"; fi
}

zeros=$(printf '0%.0s' $(seq 64))
expect 0 --help
expect 0 help
expect 2
expect 2 nonsense
expect 2 --nonsense
expect 0 pick --help
expect 0 pick --seed "$zeros" --count 10 --take 10
expect 0 pick --seed "$zeros" --count 0 --take 0
expect 2 pick --seed "$zeros" --count 10 --take 11
expect 2 pick --seed "$zeros" --count 10
expect 2 pick --seed "${zeros}0" --count 10 --take 1
expect 2 pick --seed "${zeros%0}A" --count 10 --take 1
expect 2 pick --seed "$zeros" --count 010 --take 1
expect 2 pick --seed "$zeros" --count -1 --take 0
expect 2 pick --seed "$zeros" --count 9007199254740992 --take 1
expect 0 pick --seed "$zeros" --count 9007199254740991 --take 1
expect 2 pick --seed "$zeros" --count 10 --take 1 more

# Every position once, whatever order.
sorted=$("$yaohao" pick --seed "$zeros" --count 5000 --take 5000 | sort -n)
if [ "$sorted" = "$(seq 0 4999)" ]; then passed=$((passed + 1))
else failed=$((failed + 1)); echo "5000 of 5000 is not an order"; fi
if "$yaohao" pick --seed "$zeros" --count 9 --take 9 >/dev/full 2>&1
then failed=$((failed + 1)); echo "a full disk went unnoticed"
else passed=$((passed + 1)); fi

# The same positions as an independent reference.
python3 - "$yaohao" >/dev/null <<'END' || { failed=$((failed + 1))
import json, subprocess, sys
def run(seed, count, take):
    out = subprocess.run([sys.argv[1], 'pick', '--seed', seed, '--count',
        str(count), '--take', str(take)], capture_output=True, check=True)
    return [int(x) for x in out.stdout.split()]
import hashlib
def hash_of(tag, *xs):
    t = tag.encode()
    s = bytes([len(t)]) + t
    for x in xs: s += len(x).to_bytes(4, 'big') + x
    return hashlib.sha256(s).digest()
def sample(seed, n, k):
    d, out = {}, []
    for i in range(k):
        h = hash_of('draw', seed, i.to_bytes(8, 'big'))
        j = i + int.from_bytes(h, 'big') % (n - i)
        out.append(d.get(j, j))
        d[j] = d.get(i, i)
    return out
for n, k in [(1, 1), (2, 2), (8295, 249), (180000000, 500),
             (9007199254740991, 50)]:
    seed = hashlib.sha256(str(n).encode()).digest()
    assert run(seed.hex(), n, k) == sample(seed, n, k), (n, k)
END
    echo "pick differs from the reference"; passed=$((passed - 1)); }
passed=$((passed + 1))

real=95a9f9f5b231b7714de1553105d8ffdf3dcda24cfdb1e689319bccf79a9c8ce4
real=${real}30a91b811fbfaf763900bc998b5d686a
expect 0 drand --chain quicknet --round 42 --signature $real
expect 1 drand --chain quicknet --round 43 --signature $real
expect 1 drand --chain quicknet --round 42 --signature b5${real#95}
expect 1 drand --chain quicknet --round 42 --signature c0${real#95}
expect 2 drand --chain quicknet --round 42 --signature ${real%a}
expect 2 drand --chain quicknet --round 42 --signature ${real%a}A
expect 2 drand --chain quicknet --round 0 --signature $real
expect 2 drand --chain quicknet --round 9007199254740992 --signature $real
expect 2 drand --chain test --round 42 --signature $real
expect 2 drand --chain quicknet --signature $real
expect 2 drand

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
