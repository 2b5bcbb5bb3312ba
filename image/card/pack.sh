#!/bin/sh
# pack.sh OUT SLOT ROOT KERNEL LOADER DISK SETTINGS SIZE: the image OUT, with SLOT as its first slot: no loop devices, no mounts. ROOT is the
# folder that the slot was made of, SETTINGS the card's room.toml, SIZE the room that each slot has. PYTHON=python3.
set -eu
out=$1 slot=$2 root=$3 kernel=$4 loader=$5 disk=$6 settings=$7 size=$8
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d -p "$(dirname "$out")" pack.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/boot/pi5" "$work/in" "$work/tmp"

[ "$(stat -c %s "$slot")" -le "$(numfmt --from=iec "$size")" ] || {
    echo "offhook: the slot has $(stat -c %s "$slot") bytes, more than the $size of root_size in build.sh" >&2
    exit 1
}
ln "$slot" "$work/in/slot.img"

cp "$here/boot/config.txt" "$work/boot/"
cp "$settings" "$work/boot/room.toml"
for file in bootcode.bin start.elf fixup.dat start4.elf fixup4.dat; do cp "$kernel/firmware/$file" "$work/boot/"; done
cp "$kernel/copyright/raspi-firmware" "$work/boot/LICENCE.txt"
# the other boards' firmware takes the loader, and for it one of these device trees; Linux gets that of its slot
cp "$loader/u-boot-rpi.bin" "$loader"/dtb/*.dtb "$work/boot/"
cp "$loader/copyright" "$work/boot/u-boot.txt"
# the Pi 5 has no second slot: its loader takes these, beside the root of slot A
cp "$root/boot/vmlinuz" "$root/boot/initrd" "$work/boot/pi5/"
cp -r "$root"/boot/dtb/. "$work/boot/pi5/"
echo "The Pi's firmware looks for this file before it takes an overlay from here." >"$work/boot/pi5/overlays/README"
echo "$(cat "$here/boot/cmdline.txt") root=PARTUUID=$disk-02 rauc.slot=A watchdog.open_timeout=60" >"$work/boot/pi5/cmdline.txt"
find "$work/boot" -exec touch -hcd "@$SOURCE_DATE_EPOCH" {} +

# groups of a big file system from the start, and room for the tables of up to 2 TiB, so that the kernel can grow it while it is mounted
truncate -s 64M "$work/in/data.ext4"
mke2fs -q -F -t ext4 -T default -b 4096 -m 1 -L data -U "$disk-0000-4000-8000-000000000001" -J size=8 \
    -E "resize=536870912,hash_seed=$disk-0000-4000-8000-000000000002,lazy_itable_init=1,root_owner=0:0" "$work/in/data.ext4"

sed "s/@DISK@/$disk/; s/@ROOT@/$size/" "$here/genimage.cfg" >"$work/genimage.cfg"
genimage --loglevel 1 --config "$work/genimage.cfg" --rootpath "$work/boot" --tmppath "$work/tmp" --inputpath "$work/in" --outputpath "$work/out"
"${PYTHON:-python3}" "$here/../loader/state.py" "$work/out/card.img"
mv "$work/out/card.img" "$out"
