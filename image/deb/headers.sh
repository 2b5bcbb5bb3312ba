#!/bin/sh
# headers.sh ARCH WORK: Python's headers as Debian 13 has them for ARCH, in WORK/headers-ARCH.
set -eu
arch=$1
work=$(realpath "$2")
headers=$work/headers-$arch
apt=$work/apt-$arch
if [ -e "$headers/usr/include/python3.13/Python.h" ]; then exit; fi
here=$(dirname "$0")
sh "$here/apt.sh" "$arch" "$apt"
mirror=$(sh "$here/mirror.sh")
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$apt/sources.list"
export APT_CONFIG="$apt/apt.conf"
apt-get -qq update
(cd "$apt/archives" && apt-get -qq download "libpython3.13-dev:$arch")
rm -rf "$headers" && mkdir -p "$headers"
dpkg-deb --fsys-tarfile "$apt"/archives/libpython3.13-dev_*.deb | tar -x -C "$headers" ./usr/include
