#!/bin/sh
# base.sh OUT MIRROR LIST...: Debian 13 for arm64 as a tar, out of lists of packages. Their scripts run under emulation: minutes.
set -eu
out=$1 mirror=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
packages=$(sh "$here/read-list.sh" "$@" | tr '\n' ',')
trap 'rm -f "$out.new"' EXIT
mmdebstrap --verbose --mode=root --architectures=arm64 --variant=essential --format=tar \
    --aptopt='Acquire::Languages "none"' --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --include="${packages%,}" trixie "$out.new" - <<SOURCES
$(sh "$here/sources.sh" "$mirror" main)
SOURCES
mv "$out.new" "$out"
