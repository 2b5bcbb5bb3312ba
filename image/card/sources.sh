#!/bin/sh
# sources.sh MIRROR COMPONENT...: Debian 13 with its security fixes, as apt writes it. All are on each mirror of Debian's, side by side;
# SECURITY_MIRROR names another place for the fixes. BACKPORTS=yes: with its backports, of which kernel.pref says what is taken.
set -eu
mirror=${1%/} && shift
keys='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
echo "deb $keys $mirror trixie $*"
echo "deb $keys $mirror trixie-updates $*"
echo "deb $keys ${SECURITY_MIRROR:-${mirror%/debian}/debian-security} trixie-security $*"
[ "${BACKPORTS:-no}" != yes ] || echo "deb $keys $mirror trixie-backports $*"
