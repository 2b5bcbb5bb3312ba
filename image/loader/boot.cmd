# Which slot starts, in the words of U-Boot's shell. builtin.py makes one variable out of each part that begins with NAME=, and they are
# compiled in: nothing on the card can change them. Every path through them ends in a start or in `reset`.
#
# The state: BOOT_ORDER, the slots' names in the order in which they are tried, and BOOT_A_LEFT, BOOT_B_LEFT, how often each may still be
# tried, 0 to 9. RAUC writes them too. The numbers are read as decimal by `test` and as hexadecimal by `setexpr`: the same up to 9.
# ${device} and the addresses are the board's (rpi.env, qemu.env).

BOOT_ORDER=A B
BOOT_A_LEFT=3
BOOT_B_LEFT=3

bootcmd=run walk; reset

# Each slot in its turn; where one starts, nothing comes back from here.
walk=
for s in ${BOOT_ORDER}; do
    setenv slot ${s};
    run look;
    if test ${left} -gt 0; then
        run count;
        run fetch && run start;
        echo offhook: slot ${slot} does not start;
    fi;
done;
run refill

# What is known of ${slot}: its partition, and the tries that it has left; none where there is no such slot.
look=
setenv left 0;
if test "${slot}" = A; then setenv part 2; setenv left ${BOOT_A_LEFT}; fi;
if test "${slot}" = B; then setenv part 3; setenv left ${BOOT_B_LEFT}; fi;
if test ${left} -gt 9; then setenv left 9; fi

# Counted and saved before anything of the slot is read, so that whatever happens after it is counted. A card that cannot be written
# starts nevertheless, as often as it likes.
count=
setexpr left ${left} - 1;
setenv BOOT_${slot}_LEFT ${left};
echo offhook: slot ${slot}, then ${left} tries left;
saveenv || echo offhook: the state cannot be saved

# All of it has to be there and whole before any of it is started. U-Boot does not look at the check sum that gzip has, so the slot
# brings one of each file.
fetch=
setenv bootargs_slot; setenv crc_vmlinuz; setenv crc_initrd;
load ${device}:${part} ${text_addr} boot/cmdline.env &&
env import -t ${text_addr} ${filesize} bootargs_slot crc_vmlinuz crc_initrd &&
load ${device}:${part} ${kernel_addr_r} boot/vmlinuz &&
crc32 -v ${kernel_addr_r} ${filesize} ${crc_vmlinuz} &&
setenv kernel_comp_size ${filesize} &&
load ${device}:${part} ${ramdisk_addr_r} boot/initrd &&
crc32 -v ${ramdisk_addr_r} ${filesize} ${crc_initrd} &&
setenv initrd ${ramdisk_addr_r}:${filesize} &&
part uuid ${device}:${part} uuid &&
run tree

# The slot's device tree for this board; where it has none, the one that the firmware has passed.
tree=
setenv fdt ${fdt_addr};
if test -n "${fdtfile}"; then
    setexpr file sub "broadcom/" "" ${fdtfile};
    if test "${file}" = "bcm2711-rpi-cm4.dtb"; then setenv file bcm2711-rpi-cm4-io.dtb; fi;
    if test "${file}" = "bcm2837-rpi-cm3.dtb"; then setenv file bcm2837-rpi-cm3-io3.dtb; fi;
    if load ${device}:${part} ${fdt_addr_r} boot/dtb/${file}; then setenv fdt ${fdt_addr_r}; fi;
fi;
true

# Comes back only where the kernel is not one. ${bootargs_board} is the emulated board's alone.
start=
setenv bootargs ${bootargs_slot} root=PARTUUID=${uuid} rauc.slot=${slot} watchdog.open_timeout=60 ${bootargs_board};
booti ${kernel_addr_r} ${initrd} ${fdt}

# No slot has tries left, or none can be loaded: both get them again, in an order that has both. A box whose fault is elsewhere, or that
# was switched off six times before it was well, must not stop for ever. This is shown on the screen, and pauses for whoever reads it.
refill=
if test "${BOOT_ORDER}" != "B A"; then setenv BOOT_ORDER A B; fi;
if test ${BOOT_A_LEFT} -lt 1; then
    if test ${BOOT_B_LEFT} -lt 1; then setenv BOOT_A_LEFT 3; setenv BOOT_B_LEFT 3; fi;
fi;
saveenv;
setenv silent;
echo offhook: no slot of this card starts, all are tried again;
sleep ${pause}
