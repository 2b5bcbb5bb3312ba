#!/bin/sh
# fetch.sh OUT MIRROR: Debian 13's source of U-Boot in OUT, with Debian's patches applied. apt verifies it by the archive's signature. Its
# .dsc is not needed for that, and some mirrors have none.
set -eu
out=$1 mirror=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" source.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir "$work/files" "$work/tree"
sh "$here/../deb/apt.sh" arm64 "$work"
sh "$here/../card/sources.sh" "$mirror" main | sed 's/^deb /deb-src /' >"$work/sources.list"
export APT_CONFIG="$work/apt.conf"
apt-get -q update
(cd "$work/files" && for part in tar diff; do apt-get -q source --only-source --download-only --$part-only u-boot; done)
cd "$work/tree"
tar -xf "$work"/files/*.orig.tar.bz2 --strip-components=1
tar -xf "$work"/files/*.debian.tar.xz
grep -v '^#' debian/patches/series | while read -r name _; do
    [ -z "$name" ] || patch -s -p1 <"debian/patches/$name"
done
mv "$work/tree" "$out"
