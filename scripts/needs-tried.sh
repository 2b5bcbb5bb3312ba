#!/bin/sh
# needs-tried.sh [SUITE...]: whether needs.txt is complete. In a throw-away Debian (12 and 13, unless SUITE says which) with git, make and python3,
# each target says what it needs; exactly that is installed, and then nothing may be missing any more. Root, and a mirror of Debian.
set -eu
cd "$(dirname "$0")/.."

inside() { # ROOT: mmdebstrap calls this once ROOT is there
    root=$1
    mkdir -p "$root/checkout"
    cp -R scripts "$root/checkout/"
    cp /etc/hosts "$root/etc/hosts"
    for target in test deb test-deb test-hardware image test-image; do
        packages=$(chroot "$root" sh /checkout/scripts/needs.sh --packages $target)
        echo "needs of $target: $packages"
        # shellcheck disable=SC2086 # a list of words
        [ -z "$packages" ] || DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -qqy install --no-install-recommends $packages
        left=$(chroot "$root" sh /checkout/scripts/needs.sh --packages $target)
        [ -z "$left" ] || { echo "$target: still missing: $left" && exit 1; }
    done
}

if [ "${1:-}" = --inside ]; then
    inside "$2"
    exit
fi
[ "$#" -gt 0 ] || set -- bookworm trixie
mirror=$(sh image/deb/mirror.sh)
mkdir -p build
for suite; do
    sh scripts/told.sh "build/needs-$suite.log" mmdebstrap --variant=minbase --include=git,make,python3 \
        --skip=cleanup/apt --format=null --customize-hook='sh scripts/needs-tried.sh --inside "$1"' \
        "$suite" /dev/null "deb $mirror $suite main"
    grep '^needs of ' "build/needs-$suite.log"
done
