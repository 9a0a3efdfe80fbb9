#!/bin/sh
# disk — a full disk and a read-only one, under every verb that writes: a
# stop that says what to do, nothing half done, and it goes on afterwards.
# Two writers, and a reader beside a writer, as well.
#
#     DISK_STEPS=all    every step of the ceremony and many sizes, not only
#                       the chosen ones
set -u
cd "$(dirname "$0")/../.." || exit 2
# A disk of our own needs a mount; without the right to it there is none.
if [ "${1:-}" != inside ]; then
    unshare -m true 2>/dev/null && exec unshare -m sh "$0" inside
    unshare -rm true 2>/dev/null && exec unshare -rm sh "$0" inside
    echo "skipped: no right to mount a small disk"
    exit 77
fi
build=build/fault
make="${MAKE:-make} -s BUILD=$build"
$make CFLAGS='-g -DYAOHAO_FAULT' $build/yaohao $build/tests/fault/witness ||
    exit 1
Y=$build/yaohao WITNESS=$build/tests/fault/witness
shared=/dev/shm
[ -w $shared ] || shared=${TMPDIR:-/tmp}
room=$(mktemp -d -p "$shared")
disk=$room/disk
trap 'umount "$disk" 2>/dev/null; rm -rf "$room"' EXIT
mkdir "$disk"
mount -t tmpfs -o size=4m none "$disk" ||
    { echo "skipped: no small disk"; exit 77; }
. tests/fault/ceremony.inc
chosen='init import-targets freeze cosign-freeze draw open backup'
sizes='0 16 48 80 128 256 1024'
if [ "${DISK_STEPS:-}" = all ]; then
    chosen=$steps
    sizes='0 4 8 16 32 48 64 80 96 128 160 192 256 384 512 1024'
fi
passed=0 failed=0

good() { passed=$((passed + 1)); }
bad() {
    echo "$name, $kib KiB: $*"
    cat "$room/why"
    failed=$((failed + 1))
}
free() { df --output=avail -k "$disk" | tail -n 1; }
leave() { # leave KIB: that much is free
    fill=$(($(free) - $1))
    [ $fill -le 0 ] || dd if=/dev/zero of="$disk/filler" bs=1k count=$fill \
        2>/dev/null
}
# Exit 1, and a sentence about the disk.
told() {
    [ "$1" = 1 ] || { bad "left $1"; return 1; }
    grep -q 磁盘 "$room/why" || { bad "does not name the disk"; return 1; }
}
# The same command again, unless what it writes is there already.
go_on() { # go_on NUMBER
    after=$(rows "$disk/d")
    healthy || { bad "the database is damaged"; return 1; }
    if [ "$name" = init ]; then
        "$Y" status "$disk/d" >"$room/out" 2>&1 || rm -rf "$disk/d"
    fi
    case $name-$before in
    import-*-"$after" | [!i]*-"$after" | init-*)
        step "$name" "$disk/d" >"$room/out" 2>"$room/why" || {
            [ "$name" = init ] || { bad "does not go on"; return 1; }
        } ;;
    *) # committed, not yet signed: the next verb that signs makes it good
        step "$name" "$disk/d" >"$room/out" 2>"$room/why" ;;
    esac
    state "$disk/d" | cmp -s - "$room/state-$1" ||
        { bad "other bytes"; return 1; }
}
full() { # full NUMBER: more and more room, until the step passes
    for kib in $sizes; do
        rm -f "$disk/filler"
        copy "$room/at-$1" "$disk/d"
        before=$(rows "$disk/d")
        leave $kib
        step "$name" "$disk/d" >"$room/out" 2>"$room/why"
        code=$?
        rm -f "$disk/filler"
        if [ $code = 0 ]; then
            state "$disk/d" | cmp -s - "$room/state-$1" && good ||
                bad "passed with other bytes"
            return
        fi
        told $code && go_on "$1" && good
    done
    bad "never passes"
}
read_only() { # read_only NUMBER
    kib=no
    copy "$room/at-$1" "$disk/d"
    before=$(rows "$disk/d")
    mount -o remount,ro "$disk"
    step "$name" "$disk/d" >"$room/out" 2>"$room/why"
    code=$?
    mount -o remount,rw "$disk"
    told $code && go_on "$1" && good
}

make_lists
number=0
for name in $steps; do
    copy "$room/d" "$room/at-$number"
    first_step "$name" "$room/d" || exit 1
    case " $(echo $chosen) " in
    *" $name "*) state "$room/d" >"$room/state-$number"
        full $number
        read_only $number ;;
    esac
    number=$((number + 1))
done
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
