#!/bin/sh
# initramfs.sh OUT KERNEL: the initial file system: busybox, the modules of initramfs/modules.txt unpacked, init and its steps.
set -eu
out=$1 kernel=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" initramfs.XXXXXX)
trap 'rm -rf "$work"' EXIT
version=$(basename "$kernel"/lib/modules/*)
mkdir -p "$work/bin" "$work/dev" "$work/proc" "$work/sys" "$work/run" "$work/root" "$work/lib/modules/$version"
install -m755 "$kernel/busybox" "$work/bin/busybox"
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
