#!/bin/sh
# setup.sh VENV LOCKFILE: makes the virtual environment and fills it from a hashed lock file. Says what the machine lacks before
# a compiler error would.
set -eu
venv=$1
lock=$2
python=${PYTHON:-python3}

sh "$(dirname "$0")/needs.sh" setup

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
# PYPI=1 makes lgpio's source build link its own C library
PYPI=1 "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# pip compiles what it installs, but not a project that it installs in its place
"$venv/bin/python" -m compileall -q appliance drivers
