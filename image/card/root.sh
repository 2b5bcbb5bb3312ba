#!/bin/sh
# root.sh OUT BASE KERNEL DISK DEB...: the root as a folder: Debian, kernel modules and Wi-Fi firmware, the firmware's packages, the card's own files,
# and nothing that ought to be made on each device. The package's scripts run under emulation. KEYRING=FILE: certificates (PEM) of those whose
# bundles the card takes.
set -eu
out=$1 base=$2 kernel=$3 disk=$4
shift 4
here=$(cd "$(dirname "$0")" && pwd)

unpacked() {
    rm -rf "$out" && mkdir -p "$out"
    tar -x -C "$out" --numeric-owner -f "$base"
    cp -a "$kernel"/lib/. "$out/usr/lib/"
    for paper in "$kernel"/copyright/*; do install -Dm644 "$paper" "$out/usr/share/doc/$(basename "$paper")/copyright"; done
}

with_the_firmware() {
    mkdir "$out/debs" && cp "$@" "$out/debs"
    DEBIAN_FRONTEND=noninteractive chroot "$out" sh -c 'dpkg --install /debs/*.deb'
    rm -r "$out/debs"
    cp -RT "$here/root" "$out"
    sed -i "s/@DISK@/$disk/" "$out/etc/fstab"
    mkdir -p "$out/data" "$out/boot/firmware" "$out/usr/lib/card"
    [ -z "${KEYRING:-}" ] || install -Dm644 "$KEYRING" "$out/usr/share/offhook/update/keyring.pem"
    echo offhook >"$out/etc/hostname"
    printf '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n' >"$out/etc/hosts"
    ln -sf ../run/systemd/resolve/stub-resolv.conf "$out/etc/resolv.conf"
}

units() {
    on() { systemctl --root="$out" --quiet enable "$@"; }
    off() { systemctl --root="$out" --quiet disable "$@"; }
    on systemd-networkd.service systemd-resolved.service systemd-timesyncd.service nftables.service ssh.service \
        offhook.service offhook-deputy.socket offhook-return.service card-grow.service offhook-update.timer offhook-update.path offhook-confirm.service
    for unit in offhook-card.service offhook-card.path offhook-password.service offhook-fleet.timer seatd.service offhook-kiosk.service offhook-kiosk-restart.timer; do
        [ ! -e "$out/usr/lib/systemd/system/$unit" ] || on "$unit"
    done
    # what a card does not do: wait for a network, log in at a screen, look after ext4 under LVM, back up dpkg's lists, keep crash dumps
    off systemd-networkd-wait-online.service wpa_supplicant.service remote-fs.target e2scrub_reap.service e2scrub_all.timer \
        dpkg-db-backup.timer systemd-pstore.service getty@tty1.service
    systemctl --root="$out" --quiet mask ldconfig.service systemd-firstboot.service systemd-journal-catalog-update.service \
        systemd-update-done.service systemd-hwdb-update.service # made here, or written where nobody writes
}

without_what_is_each_devices_own() {
    : >"$out/etc/machine-id"
    rm -f "$out"/etc/ssh/ssh_host_* "$out"/var/lib/systemd/random-seed "$out"/etc/*- "$out"/etc/.pwd.lock
    rm -rf "$out"/usr/lib/card/dpkg
    mv "$out/var/lib/dpkg" "$out/usr/lib/card/dpkg"
    rm -rf "$out"/usr/lib/card/dpkg/*-old "$out"/usr/lib/card/dpkg/lock* "$out"/etc/apt/sources.list*
    for folder in var tmp run boot dev; do find "$out/$folder" -mindepth 1 -delete; done
    mkdir "$out/boot/firmware"
}

unpacked
with_the_firmware "$@"
units
without_what_is_each_devices_own
