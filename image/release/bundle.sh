#!/bin/sh
# bundle.sh SLOT KEY CERTIFICATE: dist/offhook_VERSION_arm64.raucb out of a slot of the card, signed; and beside it what is new, which is in
# it, too. DIST: in place of dist. A plain bundle: RAUC 1.13 cannot install others on the card's kernel.
set -eu
umask 022
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"
[ $# -eq 3 ] && [ -r "${1:-}" ] || { echo "offhook: bundle.sh SLOT KEY CERTIFICATE; expected a slot that make image has built, and KEY= and CERT=" >&2 && exit 2; }
slot=$(realpath "$1") key=$2 certificate=$3
here=$(cd "$(dirname "$0")" && pwd)
dist=$(realpath "${DIST:-$here/../../dist}")
version=$(sh "$here/version.sh")
# behind the EROFS, whose number of blocks is in its super block, is the block of text that slot.sh writes
blocks=$(od -An -tu4 -j1060 -N4 "$slot" | tr -d ' ')
inside=$(tail -c "+$((blocks * 4096 + 1))" "$slot" | head -c 4096 | tr -d '\0' | sed -n 's/^version=//p' | tr -d '~')
[ "${inside:-none}" = "$version" ] || { echo "offhook: $slot is of version ${inside:-none}, and this tree of $version; expected make image first" >&2 && exit 2; }
name=offhook_${version}_arm64
work=$(mktemp -d "$dist/bundle.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/in"
ln "$slot" "$work/in/slot.img" 2>/dev/null || cp "$slot" "$work/in/slot.img"
"${PYTHON:-python3}" "$here/changelog.py" "$version" >"$work/in/CHANGELOG.md"
cat >"$work/in/manifest.raucm" <<EOF
[update]
compatible=offhook-card-arm64
version=$version
description=offhook $version
build=$(git -C "$here" rev-parse HEAD 2>/dev/null || echo unknown)

[bundle]
format=plain

[image.rootfs]
filename=slot.img
EOF
rauc bundle --cert="$certificate" --key="$key" --mksquashfs-args="-comp zstd -Xcompression-level 15 -b 1M" "$work/in" "$work/$name.raucb" >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
}
mv "$work/in/CHANGELOG.md" "$dist/$name.changelog.md"
mv "$work/$name.raucb" "$dist/$name.raucb"
ls -l "$dist/$name.raucb" | awk '{printf "%s: %.0f MB\n", $NF, $5 / 1e6}'
