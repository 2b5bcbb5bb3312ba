#!/bin/sh
# headers.sh ARCH WORK: Python's headers as Debian 13 has them for ARCH, in WORK/headers-ARCH. apt fetches and verifies them with lists of its
# own, so that neither root nor a foreign architecture on this machine is needed.
set -eu
arch=$1
work=$(realpath "$2")
headers=$work/headers-$arch
apt=$work/apt-$arch
if [ -e "$headers/usr/include/python3.13/Python.h" ]; then exit; fi
mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/parts"
mirror=$(sh "$(dirname "$0")/mirror.sh")
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$apt/sources.list"
cat >"$apt/apt.conf" <<CONF
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "";
Acquire::Languages "none";
Dir::State::lists "$apt/lists";
Dir::State::status "/dev/null";
Dir::Cache "$apt";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$apt/parts";
CONF
export APT_CONFIG="$apt/apt.conf"
apt-get -qq update
(cd "$apt/archives" && apt-get -qq download "libpython3.13-dev:$arch")
rm -rf "$headers" && mkdir -p "$headers"
dpkg-deb --fsys-tarfile "$apt"/archives/libpython3.13-dev_*.deb | tar -x -C "$headers" ./usr/include
