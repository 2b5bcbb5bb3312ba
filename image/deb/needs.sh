#!/bin/sh
# needs.sh: says what `make test-deb` lacks on this machine.
set -eu
lack() {
    echo "offhook: make test-deb needs $1" >&2
    exit 1
}
command -v mmdebstrap >/dev/null || lack "mmdebstrap: sudo apt install mmdebstrap"
command -v lintian >/dev/null || lack "lintian: sudo apt install lintian"
command -v systemd-nspawn >/dev/null || lack "systemd-nspawn: sudo apt install systemd-container"
[ "$(uname -m)" = x86_64 ] || lack "an x86-64 machine: what it boots is Debian for amd64"
[ "$(id -u)" = 0 ] || lack "root, for mmdebstrap and systemd-nspawn"
