#!/bin/sh
# cached.sh MIRROR: prints the folder with the loader, as build.sh makes it; built where it is not yet in the cache of the card's parts, under a
# hash of its recipe and of the compiler. FRESH=1: built anew.
set -eu
umask 022
mirror=$1
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/offhook/image
mkdir -p "$cache"
exec 8>"$cache/loader.lock" && flock 8
recipe=$({ cat "$here"/*.* "$here/../deb/apt.sh" "$here/../card/sources.sh"; echo "$mirror"; aarch64-linux-gnu-gcc --version; } | sha256sum | cut -c1-16)
made=$cache/loader-$recipe
if [ ! -e "$made" ] || [ -n "${FRESH:-}" ]; then
    sh "$here/../../scripts/told.sh" "$cache/loader.log" sh "$here/build.sh" "$made" "$mirror" >&2 8>&-
fi
touch "$made"
echo "$made"
