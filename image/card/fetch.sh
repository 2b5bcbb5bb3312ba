#!/bin/sh
# fetch.sh OUT MIRROR: the arm64 packages of kernel.txt as .deb files in OUT. apt fetches and verifies them with lists of its own,
# so that this machine needs no foreign architecture.
set -eu
out=$1 mirror=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" fetch.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/parts" "$work/debs"
sh "$here/sources.sh" "$mirror" main non-free-firmware >"$work/sources.list"
cat >"$work/apt.conf" <<CONF
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "";
Acquire::Languages "none";
Dir::State::lists "$work/lists";
Dir::State::status "/dev/null";
Dir::Cache "$work";
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "$work/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$work/parts";
CONF
export APT_CONFIG="$work/apt.conf"
apt-get -qq update
# linux-image-arm64 is a name for the newest kernel: what it depends on is the kernel itself
kernel=$(apt-cache depends linux-image-arm64:arm64 | sed -n 's/^ *Depends: *//p')
cd "$work/debs"
apt-get -qq download $(sh "$here/words.sh" "$here/kernel.txt" | sed 's/$/:arm64/') "$kernel" >/dev/null
mv "$work/debs" "$out"
