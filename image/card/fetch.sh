#!/bin/sh
# fetch.sh OUT MIRROR: the arm64 packages of kernel.txt as .deb files in OUT.
set -eu
out=$1 mirror=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" fetch.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir "$work/debs"
sh "$here/../deb/apt.sh" arm64 "$work"
cp "$here/kernel.pref" "$work/parts/"
BACKPORTS=yes sh "$here/sources.sh" "$mirror" main non-free-firmware >"$work/sources.list"
export APT_CONFIG="$work/apt.conf"
apt-get -q update
# linux-image-arm64 is a name for the newest kernel: what it depends on, and that again, is the kernel itself in its parts
kernel=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    linux-image-arm64:arm64 | sed -n 's/^\(linux-[a-z]*-[0-9][^ :]*\).*/\1:arm64/p' | sort -u)
cd "$work/debs"
apt-get -q download $(sh "$here/read-list.sh" "$here/kernel.txt" | sed 's/$/:arm64/') $kernel
mv "$work/debs" "$out"
