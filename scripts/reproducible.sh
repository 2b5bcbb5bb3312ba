#!/bin/sh
# reproducible.sh ARCH: builds the package once more, from a copy of the sources elsewhere, with another umask, time zone and language;
# it must be, bit by bit, the one in dist/. PYTHON: as for image/deb/build.sh.
set -eu
cd "$(dirname "$0")/.."
arch=$1
python=$(cd "$(dirname "${PYTHON:-.venv/bin/python}")" && pwd)/$(basename "${PYTHON:-.venv/bin/python}")
first=$(ls -t dist/offhook_*_"$arch".deb | head -n 1)
again=build/again
rm -rf "$again" && mkdir -p "$again"
git ls-files -z | tar --null --files-from=- -cf - | tar -C "$again" -xf -
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
(cd "$again" && umask 077 && TZ=Pacific/Auckland LANG=C.UTF-8 PYTHON=$python sh image/deb/build.sh "$arch")
second=$again/dist/$(basename "$first")
sha256sum "$first" "$second"
kiosk=$(ls -t dist/offhook-kiosk_*_all.deb | head -n 1)
cmp "$kiosk" "$again/dist/$(basename "$kiosk")" || { echo "offhook: two builds of $kiosk differ" >&2 && exit 1; }
cmp "$first" "$second" || { echo "offhook: two builds of one commit differ; diffoscope $first $second says in what" >&2 && exit 1; }
