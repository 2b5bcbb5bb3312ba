#!/bin/sh
# initramfs.sh OUT KERNEL ROOT: the initial file system: busybox, the root's dmsetup with its libraries, the modules of initramfs/modules.txt
# unpacked, init and its steps.
set -eu
out=$1 kernel=$2 root=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" initramfs.XXXXXX)
trap 'rm -rf "$work"' EXIT
version=$(basename "$kernel"/lib/modules/*)
mkdir -p "$work/bin" "$work/dev" "$work/proc" "$work/sys" "$work/run" "$work/root" "$work/lib/modules/$version"
install -m755 "$kernel/busybox" "$work/bin/busybox"
install -m755 "$root/usr/sbin/dmsetup" "$work/bin/dmsetup"
# what it is linked with, by the words of the linker itself, which is an arm64 program
linker=/lib/ld-linux-aarch64.so.1
{ chroot "$root" $linker --list /usr/sbin/dmsetup | sed -n 's/.*=> \([^ ]*\) .*/\1/p'; echo $linker; } | while read -r library; do
    install -Dm755 "$root$library" "$work$library"
done
install -m755 "$here/initramfs/init" "$work/init"
install -m644 "$here/initramfs/functions.sh" "$work/functions.sh"
sh "$here/read-list.sh" "$here/initramfs/modules.txt" >"$work/modules.txt"
modprobe -d "$kernel" --set-version "$version" --show-depends --all $(cat "$work/modules.txt") >"$work/needed"
sed -n 's/^insmod \([^ ]*\).*/\1/p' "$work/needed" | sort -u | while read -r module; do
    plain=$work/${module#"$kernel/"}
    mkdir -p "$(dirname "$plain")"
    xz -dc "$module" >"${plain%.xz}"
done
rm "$work/needed"
cp "$kernel/lib/modules/$version"/modules.order "$kernel/lib/modules/$version"/modules.builtin* "$work/lib/modules/$version/"
depmod -b "$work" "$version"
find "$work" -exec touch -hcd "@$SOURCE_DATE_EPOCH" {} +
(cd "$work" && find . | sort | cpio --quiet -o -H newc --owner=0:0 --reproducible) | zstd -q -19 -o "$out" -f
