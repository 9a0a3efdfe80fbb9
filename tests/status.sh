#!/bin/sh
# status — what it says of a draw at every stage, and when a step is late.
cd "$(dirname "$0")/.." || exit 2
. tests/ceremony.inc
lists=tests/vectors/after

# $1: part of the line of draw 1 in the list and alone; $2: the next verb.
tells() {
    for words in "$dir" "$dir 1"; do
        # shellcheck disable=SC2086
        must status $words
        grep -q "^第 1 号  2027-01  .*$1" "$room/out" ||
            fail "not “$1”: $(cat "$room/out")"
        grep -q "^    yaohao $2 $dir" "$room/out" ||
            fail "not $2: $(cat "$room/out")"
    done
    say "$1"
}

prepare $lists/targets.csv $lists/inspectors.csv $lists/items.csv \
    $lists/plan.csv
refuse status "$dir" 1
must status "$dir"
! grep -q ^抽取 "$room/out" || fail 'a draw that nobody announced'
announce '"strata":[{"class":"public","least":0,"name":"全部","take":"5%"}]'
tells '已公告。北京时间 2027-03-02 17:00:00 之前封存' freeze
cp -r "$dir" "$room/late"
freeze
tells '已封存。北京时间 2027-03-02 17:01:00 之前揭示' reveal
draw
tells '已抽取。北京时间 2027-04-01 17:00:00 之前' open
must open "$dir" 1
must status "$dir"
grep -q '^已公开、作废或撤销的有 1 次。$' "$room/out" ||
    fail "$(cat "$room/out")"

# An answer that cannot be written whole is no success.
proof() { "$Y" proof "$dir" 1 "$@" >/dev/full 2>"$room/why"; }
! proof || fail 'a full disk is no failure'
grep -q 输出没有写完 "$room/why" || fail "$(cat "$room/why")"
! proof -o "$room/nowhere/p" || fail 'nowhere is a place'
grep -q "不能写 $room/nowhere/p" "$room/why" || fail "$(cat "$room/why")"

# Another account is told so, not that there is no directory.
other() { "$@"; }
[ "$(id -u)" != 0 ] || other() { setpriv --reuid 65534 --clear-groups "$@"; }
cp -r "$room/late" "$room/shut"
chmod 0 "$room/shut"
if other test -x "$Y"; then
    ! other "$Y" status "$room/shut" 2>"$room/why" || fail 'no permission'
    grep -q 没有权限读 "$room/why" || fail "$(cat "$room/why")"
fi
chmod 700 "$room/shut"

# What stands in the way of every step is told, and no step.
broken() { # $1: a file under the directory, $2: what is said of it
    cp -r "$room/late" "$room/broken"
    case $1 in
    guard.db) rm "$room/broken/$1" ;;
    secret/*) cp "$dir/$1" "$room/broken/$1" ;;
    *) echo broken >"$room/broken/$1" ;;
    esac
    for words in "status $room/broken" "freeze $room/broken 1"; do
        # shellcheck disable=SC2086
        if y $words >"$room/out" 2>"$room/why" &&
            [ "$1 ${words%% *}" != 'secret/store.key status' ]; then
            fail "$words: $1 is wrong, and nothing is told"
        fi
        ! grep -q 'yaohao freeze' "$room/out" || [ "$1" = secret/store.key ] ||
            fail "$(cat "$room/out")"
    done
    grep -q "$2" "$room/why" || fail "not “$2”: $(cat "$room/why")"
    rm -rf "$room/broken"
    say "$2"
}
now=$announced
must init "$room/other" --origin other.test/log --rehearsal
dir=$room/other
broken yaohao.db 已损坏或不是数据库
broken guard.db 守护文件
broken secret/store.key '不能揭示。请放回 init 时的 secret/store.key'

now=$drawn
# Nobody froze: the one thing left is the void, and it is told as it works.
dir=$room/late
tells 已过期限，只能作废： 'void'
must void "$dir" 1 --cause freeze-late --reason 理由 --by 甲 --by 乙
must status "$dir" 1
grep -q '  已作废。' "$room/out" || fail "$(cat "$room/out")"
