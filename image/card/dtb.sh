#!/bin/sh
# dtb.sh OUT IN: Debian's device trees of the boards that Debian's kernel drives, with what the header needs beside what is on there:
# the names of the I2C buses as everybody knows them, and SPI with its two device nodes. I2C and the UART are on already.
set -eu
out=$1 in=$2
mkdir -p "$out"
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
