#!/bin/sh
# trees.sh OUT SOURCE: the boards' device trees for the boot partition, out of U-Boot's source: what the firmware passes to the loader. Linux
# gets the slot's own. The card is mmc 0 on every board; without the name it would be Wi-Fi's slot on a Pi 4.
set -eu
out=$1 source=$2/dts/upstream
mkdir -p "$out"
for board in 2837-rpi-3-a-plus 2837-rpi-3-b 2837-rpi-3-b-plus 2837-rpi-cm3-io3 2837-rpi-zero-2-w 2711-rpi-4-b 2711-rpi-400 2711-rpi-cm4-io; do
    tree=$out/bcm$board.dtb
    cpp -nostdinc -undef -D__DTS__ -x assembler-with-cpp -I "$source/include" -I "$source/src" "$source/src/arm64/broadcom/bcm$board.dts" |
        dtc -q -@ -I dts -O dtb -o "$tree" -
    case $board in
    2837*) card=/soc/mmc@7e202000 ;;
    2711*) card=/emmc2bus/mmc@7e340000 ;;
    esac
    [ "$(fdtget -d okay "$tree" $card status)" = okay ]
    fdtput -t s "$tree" /aliases mmc0 $card
done
