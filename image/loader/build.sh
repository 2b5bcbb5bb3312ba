#!/bin/sh
# build.sh OUT MIRROR: the loader out of Debian 13's source of U-Boot: OUT/u-boot-rpi.bin for Raspberry Pi 3, 4 and Zero 2 W, OUT/u-boot-qemu.bin
# for QEMU's board virt, OUT/dtb (for the boot partition, see trees.sh), OUT/versions, OUT/copyright. The same bytes each time with the same compiler. PYTHON=python3.
set -eu
out=$1 mirror=$2
here=$(cd "$(dirname "$0")" && pwd)
export LC_ALL=C TZ=UTC KBUILD_BUILD_USER=offhook KBUILD_BUILD_HOST=offhook
work=$(mktemp -d -p "$(dirname "$out")" loader.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir "$work/done"
sh "$here/fetch.sh" "$work/source" "$mirror"
cd "$work/source"
version=$(dpkg-parsechangelog -S Version)
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -S Timestamp)
export SOURCE_DATE_EPOCH
# the board would have a driver for its good serial line selected: Bluetooth's, or the header's on a compute module
sed -i '/^config ARCH_BCM283X$/,/^config /{/select PL01X_SERIAL/d}' arch/arm/Kconfig

build() { # NAME DEFCONFIG HEADER
    echo "building the loader for $1"
    for header in "$here/state.h" "$here/$1.h"; do [ ! -e "$header" ] || cat "$header" >>"include/configs/$3"; done
    into=$work/$1
    mkdir "$into"
    "${PYTHON:-python3}" "$here/builtin.py" "$here/boot.cmd" "$here/$1.env" >"$into/builtin.txt"
    cat "$here/loader.config" "$here/$1.config" >"$into/fragment"
    make -s "O=$into" "$2"
    scripts/kconfig/merge_config.sh -m -O "$into" "$into/.config" "$into/fragment"
    make -s "O=$into" CROSS_COMPILE=aarch64-linux-gnu- olddefconfig
    sh "$here/took.sh" "$into/fragment" "$into/.config"
    make -s "O=$into" CROSS_COMPILE=aarch64-linux-gnu- -j"$(nproc)" u-boot.bin
    cp "$into/u-boot.bin" "$work/done/u-boot-$1.bin"
    strings -n 20 "$work/done/u-boot-$1.bin" | grep -q '^walk=for s in'
}

build rpi rpi_arm64_defconfig rpi.h
build qemu qemu_arm64_defconfig qemu-arm.h
sh "$here/trees.sh" "$work/done/dtb" "$work/source"
{
    echo "Package=u-boot Version=$version Architecture=source"
    aarch64-linux-gnu-gcc --version | head -n 1
} >"$work/done/versions"
cp debian/copyright "$work/done/copyright"
rm -rf "$out"
mv "$work/done" "$out"
