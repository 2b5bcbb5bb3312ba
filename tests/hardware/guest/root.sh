#!/bin/sh
# root.sh OUT MIRROR SUITE PACKAGE...: the guest's Debian as a tar, with systemd and whatever the firmware's package depends on.
set -eu
out=$1 mirror=$2 suite=$3
shift 3
packages=$(echo systemd systemd-sysv udev dbus iproute2 kmod procps python3 python3-evdev python3-coverage "$@" | tr ' ' ,)
mmdebstrap --quiet --format=tar --variant=minbase \
    --aptopt='Acquire::Languages "none"' --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --include="$packages" "$suite" "$out.new" "deb $mirror $suite main"
mv "$out.new" "$out"
