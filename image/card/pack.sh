#!/bin/sh
# pack.sh OUT ROOT KERNEL INITRD DISK SETTINGS SIZE: the image OUT out of a root folder: no loop devices, no mounts. SETTINGS is the card's
# room.toml, SIZE that of the root partition.
set -eu
out=$1 root=$2 kernel=$3 initrd=$4 disk=$5 settings=$6 size=$7
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" pack.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/boot/a" "$work/in" "$work/tmp"

sed "s/@DISK@/$disk/" "$here/boot/cmdline.txt" >"$work/boot/a/cmdline.txt"
cp "$here/boot/config.txt" "$work/boot/"
cp "$settings" "$work/boot/room.toml"
cp "$kernel/vmlinuz" "$work/boot/a/vmlinuz"
cp "$initrd" "$work/boot/a/initrd"
sh "$here/dtb.sh" "$work/boot/a" "$kernel/dtb"
for file in bootcode.bin start.elf fixup.dat start4.elf fixup4.dat; do cp "$kernel/firmware/$file" "$work/boot/"; done
cp "$kernel/copyright/raspi-firmware" "$work/boot/LICENCE.txt"
find "$work/boot" -exec touch -hcd "@$SOURCE_DATE_EPOCH" {} +

mkfs.erofs -zlz4hc,9 -C65536 -T"$SOURCE_DATE_EPOCH" -U "$disk-0000-4000-8000-000000000000" -x1 "$work/in/root.erofs" "$root" >/dev/null
# groups of a big file system from the start, and room for the tables of up to 2 TiB, so that the kernel can grow it while it is mounted
truncate -s 64M "$work/in/data.ext4"
mke2fs -q -F -t ext4 -T default -b 4096 -m 1 -L data -U "$disk-0000-4000-8000-000000000001" -J size=8 \
    -E "resize=536870912,hash_seed=$disk-0000-4000-8000-000000000002,lazy_itable_init=1,root_owner=0:0" "$work/in/data.ext4"

sed "s/@DISK@/$disk/; s/@ROOT@/$size/" "$here/genimage.cfg" >"$work/genimage.cfg"
genimage --loglevel 1 --config "$work/genimage.cfg" --rootpath "$work/boot" --tmppath "$work/tmp" --inputpath "$work/in" --outputpath "$work/out"
mv "$work/out/card.img" "$out"
