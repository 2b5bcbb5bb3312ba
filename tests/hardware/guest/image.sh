#!/bin/sh
# image.sh OUT ROOT_TAR KERNEL DEB: a disk with the guest's Debian, the firmware's package, and the bench's agent.
set -eu
out=$1 root=$2 kernel=$3 deb=$4
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" image.XXXXXX)
trap 'rm -rf "$work"' EXIT

tar -x -C "$work" --numeric-owner -f "$root"
cp -r "$kernel/tree/lib/modules" "$work/usr/lib/"
# as on a Pi, apart from the services that are not to start in here
printf '#!/bin/sh\nexit 101\n' >"$work/usr/sbin/policy-rc.d"
chmod +x "$work/usr/sbin/policy-rc.d"
cp "$deb" "$work/offhook.deb"
chroot "$work" dpkg --install /offhook.deb
rm "$work/offhook.deb" "$work/usr/sbin/policy-rc.d"

mkdir -p "$work/opt/bench" "$work/etc/systemd/system/offhook.service.d"
cp -r "$here/agent" "$work/opt/bench/"
cp "$here/bench.service" "$work/etc/systemd/system/"
cp "$here/bench.conf" "$work/etc/systemd/system/offhook.service.d/"
cp "$here/cpuinfo" "$here/coveragerc" "$work/opt/bench/"
cp "$here/coverage.pth" "$work/usr/lib/python3/dist-packages/"  # the firmware's Python is isolated from PYTHONPATH
mkdir -p -m 1777 "$work/var/lib/bench-coverage"
chroot "$work" systemctl enable --quiet bench.service
chroot "$work" systemctl disable --quiet offhook.service  # the bench writes its configuration first
chroot "$work" systemctl mask --quiet getty@tty1 serial-getty@ttyS0 systemd-timesyncd apt-daily.timer apt-daily-upgrade.timer
printf '[Match]\nName=eth0\n[Network]\nDHCP=no\nAddress=10.0.2.15/24\nGateway=10.0.2.2\nLinkLocalAddressing=no\n' \
    >"$work/etc/systemd/network/10-bench.network"
chroot "$work" systemctl enable --quiet systemd-networkd
mkdir -p "$work/var/log/journal"
echo softdog >"$work/etc/modules-load.d/bench.conf"
echo bench >"$work/etc/hostname"
: >"$work/etc/fstab"
truncate -s 1G "$out.new"
mke2fs -q -F -t ext4 -d "$work" "$out.new"
mv "$out.new" "$out"
