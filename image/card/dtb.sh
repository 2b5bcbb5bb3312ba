#!/bin/sh
# dtb.sh OUT IN: Debian's device trees of the boards that Debian's kernel drives, with what the header needs beside what is on there:
# the names of the I2C buses as everybody knows them, and SPI with its two device nodes. On the Pi 3, 4 and Zero 2 W I2C and the UART
# are on already. On the Pi 5 I2C gets its two pins; there the kernel has no UART and no SPI of the header.
set -eu
out=$1 in=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out/overlays"
for board in 2837-rpi-3-a-plus 2837-rpi-3-b 2837-rpi-3-b-plus 2837-rpi-cm3-io3 2837-rpi-zero-2-w 2711-rpi-4-b 2711-rpi-400 2711-rpi-cm4-io; do
    tree=$out/bcm$board.dtb
    install -m644 "$in/bcm$board.dtb" "$tree"
    fdtput -t s "$tree" /aliases i2c0 /soc/i2c@7e205000
    fdtput -t s "$tree" /aliases i2c1 /soc/i2c@7e804000
    spi=/soc/spi@7e204000
    fdtput -t s "$tree" /aliases spi0 $spi
    fdtput -t s "$tree" $spi status okay
    for select in 0 1; do
        fdtput -c "$tree" $spi/spidev@$select
        # the kernel refuses the word "spidev"; this is one of the names that it takes for it
        fdtput -t s "$tree" $spi/spidev@$select compatible lwn,bk4
        fdtput -t x "$tree" $spi/spidev@$select reg $select
        fdtput -t i "$tree" $spi/spidev@$select spi-max-frequency 10000000
    done
done

tree=$out/bcm2712-rpi-5-b.dtb
install -m644 "$in/bcm2712-rpi-5-b.dtb" "$tree"
rp1=/axi/pcie@1000120000/pci@0,0/dev@0,0/pci-ep-bus@1
pins=$rp1/pinctrl@400d0000/rp1-i2c1-default-state
handle=0x1d5 # no other node of the tree has so great a number
fdtput -c "$tree" $pins
fdtput -t s "$tree" $pins function i2c1
fdtput -t s "$tree" $pins groups i2c1_0 # pins 3 and 5 of the header
fdtput -t i "$tree" $pins drive-strength 12
fdtput "$tree" $pins bias-pull-up
fdtput -t x "$tree" $pins phandle $handle
fdtput -t x "$tree" $rp1/i2c@40074000 pinctrl-0 $handle
fdtput -t s "$tree" $rp1/i2c@40074000 pinctrl-names default
fdtput -t s "$tree" $rp1/i2c@40074000 status okay
fdtput -t s "$tree" /aliases i2c1 $rp1/i2c@40074000

# Boards of the chip's second stepping (D0: those with 2 and 16 GB, and newer ones) have a tree of their own, under a name that the Pi's
# firmware does not ask for. It takes the first one's, and lays this over it. Checked here to be the second: a kernel in which
# the two differ in more must not be built into a card unnoticed.
dtc -q -@ -I dts -O dtb -o "$out/overlays/bcm2712d0.dtbo" "$here/boot/bcm2712d0.dts"
work=$(mktemp -d -p "$out")
trap 'rm -rf "$work"' EXIT
fdtoverlay -i "$in/bcm2712-rpi-5-b.dtb" -o "$work/laid.dtb" "$out/overlays/bcm2712d0.dtbo"
for side in laid.dtb=$work/laid.dtb d0.dtb=$in/bcm2712-d-rpi-5-b.dtb; do
    dtc -q -s -I dtb -O dts "${side#*=}" >"$work/${side%%=*}.dts"
done
diff "$work/laid.dtb.dts" "$work/d0.dtb.dts" || {
    echo "offhook: boot/bcm2712d0.dts does not make the Pi 5's second device tree of the first: see above" >&2
    exit 1
}
