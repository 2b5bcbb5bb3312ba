#!/bin/sh
# build.sh DEB...: dist/offhook_VERSION_card.img.xz out of the firmware's packages and Debian's, with its manifest, its parts list (SBOM)
# and its SHA-256, and dist/offhook_VERSION_card-slot.img, which an update brings; with FLAVOUR=kiosk dist/offhook_VERSION_card-kiosk.img.xz, which can drive a screen of its own. Root, for mmdebstrap and the owners of files. What took long is kept in ${XDG_CACHE_HOME:-~/.cache}/offhook/image, each
# part under a hash of its recipe. STRICT=1: ends when Debian has other versions than versions.lock says; else it tells.
# FRESH=1: gets Debian's packages anew.
set -eu
umask 022
export LC_ALL=C TZ=UTC PATH="$PATH:/usr/sbin:/sbin"
debs=$(realpath "$@")
cd "$(dirname "$0")/../.."
here=image/card
disk=6f666801 # the table's signature: the partitions' names in cmdline.txt and fstab derive from it
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/offhook/image
python=$(realpath --no-symlinks "${PYTHON:-.venv/bin/python}")
packages=$here/packages.txt kept=$here/kept.txt lock=$here/versions.lock suffix="" root_size=384M settings=$here/room.toml
case ${FLAVOUR:-headless} in
headless) ;;
kiosk)
    packages="$packages $here/kiosk/packages.txt" kept="$kept $here/kiosk/kept.txt" lock=$here/kiosk/versions.lock
    suffix=-kiosk root_size=1024M settings="$settings $here/kiosk/room.toml"
    ;;
*) echo "offhook: there is a card for FLAVOUR=headless and FLAVOUR=kiosk, not for $FLAVOUR" >&2 && exit 2 ;;
esac

key() { # FILE...: what a part is made with
    { cat "$@"; echo "$mirror"; } | sha256sum | cut -c1-16
}

part() { # NAME KEY COMMAND...: made once; sets `made`
    made=$cache/$1-$2
    if [ ! -e "$made" ] || [ -n "${FRESH:-}" ]; then
        rm -rf "$made"
        log=$cache/$1.log && shift 2
        sh scripts/told.sh "$log" "$@" || exit 1
    fi
    touch "$made"
}

mirror=$(sh image/deb/mirror.sh)
version=$(dpkg-deb -f "$(echo "$debs" | head -n 1)" Version)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}
export SOURCE_DATE_EPOCH
mkdir -p "$cache" dist build
exec 9>"$cache/lock" && flock 9
find "$cache" -mindepth 1 -maxdepth 1 -name '*-*' -mtime +30 -exec rm -rf {} +
work=$(mktemp -d -p build image.XXXXXX)
trap 'rm -rf "$work"' EXIT

# shellcheck disable=SC2086 # lists of files, here and below
recipe=$(key $here/base.sh $packages $here/read-list.sh $here/sources.sh)
part "base$suffix" "$recipe" sh $here/base.sh "$cache/base$suffix-$recipe" "$mirror" $packages && base=$made
recipe=$(key $here/fetch.sh image/deb/apt.sh $here/kernel.txt $here/kernel.pref $here/read-list.sh $here/sources.sh)
part debs "$recipe" sh $here/fetch.sh "$cache/debs-$recipe" "$mirror" && unpacked=$made
recipe=$(key $here/kernel.sh $here/dropped.txt $kept "$unpacked"/*.deb)
part "kernel$suffix" "$recipe" sh $here/kernel.sh "$cache/kernel$suffix-$recipe" "$unpacked" $kept && kernel=$made

loader=$(PYTHON=$python sh image/loader/cached.sh "$mirror")

sh scripts/told.sh "$cache/root.log" sh $here/root.sh "$work/root" "$base" "$kernel" $disk $debs
name=dist/offhook_${version}_card$suffix
grep -h '^Package=' "$kernel/versions" "$loader/versions" >"$work/versions"
"$python" $here/manifest.py "$work/root" "$work/versions" $lock "$name"
cat $settings >"$work/room.toml"
install -Dm644 "$work/room.toml" "$work/root/usr/lib/card/room.toml" # what a factory reset puts on the card
sh $here/initramfs.sh "$work/initrd" "$kernel" "$work/root"
sh scripts/told.sh "$cache/slot.log" sh $here/slot.sh "$work/slot.img" "$work/root" "$kernel" "$work/initrd" "$version"
sh scripts/told.sh "$cache/pack.log" env "PYTHON=$python" sh $here/pack.sh "$work/card.img" "$work/slot.img" "$work/root" "$kernel" "$loader" $disk "$work/room.toml" $root_size
sh scripts/told.sh "$cache/xz.log" xz -T0 -"${XZ:-6}" --keep "$work/card.img"
mv "$work/card.img" "$name.img"
mv "$work/slot.img" "$name-slot.img"
cp "$loader/u-boot-qemu.bin" "$name-loader-qemu.bin"
mv "$work/card.img.xz" "$name.img.xz"
(cd dist && sha256sum "$(basename "$name").img.xz" >"$(basename "$name").img.xz.sha256")
ls -l "$name.img.xz" | awk '{printf "%s: %.0f MiB\n", $NF, $5 / 1048576}'
