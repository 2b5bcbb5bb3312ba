#!/bin/sh
# kernel.sh OUT DEBS KEPT...: out of the unpacked packages, what the card needs: OUT/vmlinuz (gzip), OUT/dtb, OUT/firmware (the Pi's own, for the boot
# partition), OUT/lib (modules and Wi-Fi firmware, for the root), OUT/busybox, OUT/versions.
set -eu
out=$1 debs=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" kernel.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/all" "$work/done/lib/firmware" "$work/done/copyright"
for deb in "$debs"/*.deb; do
    echo "unpacking $(basename "$deb")" >&2
    dpkg-deb -x "$deb" "$work/all"
    dpkg-deb -f "$deb" Package Version Architecture Source | sed 's/: */=/' | paste -sd ' '
done | sort >"$work/done/versions"
version=$(basename "$work"/all/usr/lib/modules/*)
# compressed: 19 MB instead of 52 to be read from a card; the Pi's firmware, the loader and QEMU unpack it
gzip -9n <"$work/all/usr/lib/modules/$version/vmlinuz" >"$work/done/vmlinuz"
mv "$work/all/usr/lib/modules/$version/dtb/broadcom" "$work/done/dtb"
mv "$work/all/usr/lib/raspi-firmware" "$work/done/firmware"
mv "$work/all/bin/busybox" "$work/done/busybox" 2>/dev/null || mv "$work/all/usr/bin/busybox" "$work/done/busybox"
cp -a "$work/all/usr/lib/firmware/brcm" "$work/all/usr/lib/firmware/cypress" "$work/done/lib/firmware/"
for paper in "$work"/all/usr/share/doc/*/copyright; do
    cp "$paper" "$work/done/copyright/$(basename "$(dirname "$paper")")"
done

# modules: all but what is dropped, and with each that is kept whatever it depends on
echo "choosing modules" >&2
all=$work/all/usr/lib/modules/$version
ln -s usr/lib "$work/all/lib" 2>/dev/null || true
depmod -b "$work/all" "$version"
keep() { (cd "$all/kernel" && find "$@" -name '*.ko*') | sort; }
keep . | sed 's,^\./,,' >"$work/every"
sh "$here/read-list.sh" "$here/dropped.txt" | sed 's,^,^,; s,$,/,' >"$work/dropped"
{ grep -v -f "$work/dropped" "$work/every"; keep $(sh "$here/read-list.sh" "$@"); } | sort -u |
    sed 's,.*/,,; s,\.ko.*,,' >"$work/wanted"
xargs modprobe -d "$work/all" --set-version "$version" --show-depends --all <"$work/wanted" >"$work/needed"
sed -n "s,^insmod .*/$version/\([^ ]*\).*,\1,p" "$work/needed" | sort -u >"$work/kept"
echo "copying $(wc -l <"$work/kept") modules"
destination=$work/done/lib/modules/$version
mkdir -p "$destination"
(cd "$all" && tar -cf "$work/modules.tar" -T "$work/kept" modules.order modules.builtin modules.builtin.modinfo)
tar -xf "$work/modules.tar" -C "$destination"
depmod -b "$work/done" "$version"
rm -rf "$out"
mv "$work/done" "$out"
