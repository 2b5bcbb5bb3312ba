#!/bin/sh
# inputs.sh: one hash of what decides how a card is made and starts, beside Debian and the firmware itself. `tested` has the one of the
# card that `make test-image` passed last.
set -eu
cd "$(dirname "$0")/../.."
export LC_ALL=C
find image systemd appliance/card tests/image -name __pycache__ -prune -o -type f ! -path image/card/tested ! -path "image/fleet/*" -print |
    sort | xargs -d '\n' sha256sum | sha256sum | cut -c1-64
