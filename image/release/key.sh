#!/bin/sh
# key.sh NAME: a maintainer's key for bundles and channel files: NAME.key, which stays with the maintainer, and NAME.pem, which goes into the
# keyring of cards. Good for ten years; whom a card trusts is what its keyring has, see docs/releasing.md.
set -eu
umask 077
name=${1:?offhook: key.sh NAME; expected a name for the key, such as offhook-2026}
[ ! -e "$name.key" ] && [ ! -e "$name.pem" ] || { echo "offhook: $name.key or $name.pem is there already; expected a new name" >&2 && exit 2; }
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=$(basename "$name")" \
    -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature -keyout "$name.key" -out "$name.pem" 2>/dev/null
chmod 644 "$name.pem"
openssl x509 -in "$name.pem" -noout -subject -enddate -fingerprint -sha256
