#!/bin/sh
# setup.sh VENV LOCKFILE: makes the virtual environment and fills it from a hashed lock file. Says what the machine lacks before
# a compiler error would.
set -eu
venv=$1
lock=$2
python=${PYTHON:-python3}

lack() {
    echo "offhook: $1" >&2
    echo "  on Debian or Raspberry Pi OS: sudo apt install $2" >&2
    exit 1
}

command -v "$python" >/dev/null || lack "python3 is missing" python3
"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' ||
    { echo "offhook: $("$python" --version) found, Python 3.11 to 3.13 is needed; set PYTHON=" >&2; exit 1; }
"$python" -c 'import ensurepip, venv' 2>/dev/null || lack "the venv module is missing" python3-venv
# evdev is a C extension that its authors publish as source only
command -v "${CC:-cc}" >/dev/null || lack "a C compiler is missing (python-evdev is built from source)" gcc
header=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include") + "/Python.h")')
[ -e "$header" ] || lack "the Python headers are missing ($header)" python3-dev
echo '#include <linux/input.h>' | "${CC:-cc}" -E - >/dev/null 2>&1 ||
    lack "the kernel's user-space headers are missing (linux/input.h)" linux-libc-dev
if [ "$(uname -m)" = aarch64 ] && "$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 13))'; then
    command -v swig >/dev/null || lack "swig is missing (lgpio is built from source on Python 3.13)" swig
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
# PYPI=1 makes lgpio's source build link its own C library
PYPI=1 "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
