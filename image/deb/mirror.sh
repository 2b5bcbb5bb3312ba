#!/bin/sh
# mirror.sh: where this machine gets Debian from, as its own apt is set up; DEBIAN_MIRROR says otherwise.
set -eu
if [ -n "${DEBIAN_MIRROR:-}" ]; then
    echo "$DEBIAN_MIRROR"
    exit
fi
# labels are known once apt has its lists; before that, the path that Debian's mirrors have must do
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1)
[ -n "$mirror" ] ||
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m 1 '/debian/*$' || true)
if [ -z "$mirror" ]; then
    echo "offhook: apt knows no mirror of Debian here: set DEBIAN_MIRROR" >&2
    exit 1
fi
echo "$mirror"
