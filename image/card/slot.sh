#!/bin/sh
# slot.sh OUT ROOT KERNEL INITRD VERSION: a slot of the card, the one file that an update writes: the root as EROFS with /boot in it (kernel,
# initial file system, device trees, command line), a block of text, and the tree of hashes (dm-verity) that the text names.
# What reads the text is initramfs/functions.sh. Its root, the folder, has /boot afterwards.
set -eu
BLOCK=4096

boot() { # ROOT KERNEL INITRD
    here=$(cd "$(dirname "$0")" && pwd)
    cp "$2/vmlinuz" "$1/boot/vmlinuz"
    cp "$3" "$1/boot/initrd"
    sh "$here/dtb.sh" "$1/boot/dtb" "$2/dtb"
    {
        printf 'bootargs_slot=%s\n' "$(cat "$here/boot/cmdline.txt")"
        # the loader compares them; U-Boot unpacks a kernel without looking at its own
        for file in vmlinuz initrd; do printf 'crc_%s=%s\n' $file "$(crc32 "$1/boot/$file")"; done
    } >"$1/boot/cmdline.env"
    find "$1/boot" -exec touch -hcd "@$SOURCE_DATE_EPOCH" {} +
}

crc32() { # FILE: its CRC-32 in eight hexadecimal digits; gzip ends what it writes with it
    gzip -1 -c "$1" | tail -c 8 | head -c 4 | od -An -tx4 --endian=little | tr -d ' '
}

prove() { # FILE VERSION: appends to an EROFS the text and the tree
    blocks=$(($(stat -c %s "$1") / BLOCK))
    # the salt is the content's own hash: the same root gives the same slot
    salt=$(sha256sum "$1" | cut -c1-64)
    truncate -s $(((blocks + 1) * BLOCK)) "$1"
    hash=$(veritysetup format --no-superblock --data-block-size $BLOCK --hash-block-size $BLOCK --data-blocks "$blocks" \
        --hash-offset $(((blocks + 1) * BLOCK)) --hash sha256 --salt "$salt" "$1" "$1" | sed -n 's/^Root hash:[[:space:]]*//p')
    printf 'offhook-slot=1\nversion=%s\nblocks=%s\nhash_start=%s\nsalt=%s\nroot=%s\n' \
        "$2" "$blocks" $((blocks + 1)) "$salt" "$hash" >"$1.text"
    printf 'check=%s\n' "$(sha256sum <"$1.text" | cut -c1-64)" >>"$1.text"
    dd if="$1.text" of="$1" bs=$BLOCK seek="$blocks" conv=notrunc status=none
    rm "$1.text"
}

main() {
    boot "$2" "$3" "$4"
    rm -f "$1"
    mkfs.erofs -zlz4hc,9 -C65536 -T"$SOURCE_DATE_EPOCH" -U 6f666801-0000-4000-8000-000000000000 -x1 "$1" "$2" >/dev/null
    prove "$1" "$5"
}

[ $# -eq 0 ] || main "$@"
