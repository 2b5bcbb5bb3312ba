#!/bin/sh
# needs.sh: says all that `make image` lacks on this machine.
set -eu
packages=""
for pair in mmdebstrap:mmdebstrap genimage:genimage mcopy:mtools mkfs.vfat:dosfstools mkfs.erofs:erofs-utils mke2fs:e2fsprogs \
    fdtput:device-tree-compiler modprobe:kmod cpio:cpio xz:xz-utils zstd:zstd flock:util-linux systemctl:systemd; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%:*}" >/dev/null || packages="$packages ${pair#*:}"
done
if [ "$(uname -m)" != aarch64 ] && ! grep -qs '^enabled' /proc/sys/fs/binfmt_misc/qemu-aarch64; then
    packages="$packages qemu-user-static binfmt-support"
    missing_emulation=yes
fi
if [ -n "$packages" ]; then
    echo "offhook: make image needs what this machine lacks" >&2
    echo "  on Debian: sudo apt install$packages" >&2
    [ -z "${missing_emulation:-}" ] || echo "  and arm64 programs that run: sudo mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && sudo update-binfmts --enable qemu-aarch64" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "offhook: make image needs root, for mmdebstrap and the owners of files: sudo make image" >&2
    exit 1
fi
