#!/bin/sh
# kernel.sh OUT MIRROR SUITE: Debian's kernel, the modules that the bench needs, gpio-sim built for it, and an initrd.
#
# Debian's kernels come without gpio-sim: it is built here from the distribution's own source package (GPL-2.0), for the
# guest alone, and never shipped. The flow handler that irq_sim.c calls is not exported to modules; generic_handle_irq() is.
set -eu
out=$1 mirror=$2 suite=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" kernel.XXXXXX)
trap 'umount "$work/root/dev" 2>/dev/null || true; rm -rf "$work"' EXIT

mmdebstrap --quiet --variant=apt --skip=cleanup/apt/lists \
    --aptopt='Acquire::Languages "none"' --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --include=gcc,make,kmod,linux-headers-amd64,busybox-static,cpio,xz-utils \
    "$suite" "$work/root" "deb $mirror $suite main"
version=$(basename "$work"/root/lib/modules/*)
package=$(chroot "$work/root" dpkg-query -W -f '${Version}' "linux-image-$version")
series=$(echo "$version" | cut -d. -f1,2)

# sources of the same build of the kernel as headers and image
cp /etc/resolv.conf "$work/root/etc/resolv.conf"
chroot "$work/root" sh -c "cd /tmp && apt-get download -q -o APT::Sandbox::User=root linux-source-$series=$package" >/dev/null
mkdir "$work/root/sim"
dpkg-deb --fsys-tarfile "$work"/root/tmp/linux-source-*.deb | tar -xO "./usr/src/linux-source-$series.tar.xz" |
    xz -dc -T0 | tar -x -C "$work/root/sim" --transform='s,.*/,,' --wildcards '*/drivers/gpio/gpio-sim.c' '*/kernel/irq/irq_sim.c'
sed -i 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/' "$work/root/sim/irq_sim.c"
grep -q generic_handle_irq "$work/root/sim/irq_sim.c"
printf 'obj-m := gpio-sim-bench.o\ngpio-sim-bench-y := gpio-sim.o irq_sim.o\n' >"$work/root/sim/Kbuild"
chroot "$work/root" make --silent -C "/lib/modules/$version/build" M=/sim modules
strip --strip-debug "$work/root/sim/gpio-sim-bench.ko"
cp "$work/root/sim/gpio-sim-bench.ko" "$work/root/lib/modules/$version/kernel/drivers/gpio/"
chroot "$work/root" depmod "$version"

# what is needed, unpacked: xz is slow without hardware virtualisation
pick() { # NAME MODULE...
    name=$1 destination="$work/root/$1" && shift
    for module in $(chroot "$work/root" modprobe --set-version "$version" --show-depends --all "$@" | awk '/^insmod/ {print $2}' | sort -u); do
        plain="$destination/${module%.xz}"
        mkdir -p "$(dirname "$plain")"
        case $module in *.xz) xz -dc "$work/root$module" >"$plain" ;; *) cp "$work/root$module" "$plain" ;; esac
    done
    cp "$work/root/lib/modules/$version/modules.order" "$work/root/lib/modules/$version/modules.builtin" \
        "$work/root/lib/modules/$version/modules.builtin.modinfo" "$destination/lib/modules/$version/"
    chroot "$work/root" depmod -b "/$name" "$version"
}
pick tree $(cat "$here/modules.txt")
pick initrd crc32c_generic virtio_pci virtio_blk ext4
mkdir -p "$work/done" "$work/root/initrd/bin"
cp "$work/root/bin/busybox" "$work/root/initrd/bin/"
cp "$here/init" "$work/root/initrd/init"
chroot "$work/root" sh -c 'cd /initrd && find . | cpio --quiet -o -H newc' >"$work/done/initrd"
mv "$work/root/tree" "$work/done/tree"
cp "$work/root/boot/vmlinuz-$version" "$work/done/vmlinuz"
mv "$work/done" "$out"
