#!/bin/sh
# release.sh sign KEY | verify SIGNERS: writes and signs the checksums of the release in dist/, or checks both. KEY is a private key of SSH,
# or its public half where an agent or a token has the other; SIGNERS a file with a line `offhook ssh-ed25519 AAAA…`.
set -eu
how=${1:-} file=${2:-}
[ -n "$file" ] || { echo "offhook: release.sh sign KEY, or release.sh verify SIGNERS" >&2 && exit 2; }
[ -r "$file" ] || { echo "offhook: cannot read $file; expected a key of SSH (sign) or a list of signers (verify)" >&2 && exit 2; }
file=$(cd "$(dirname "$file")" && pwd)/$(basename "$file")
cd "${DIST:-$(dirname "$0")/../dist}"
case $how in
sign)
    find . -maxdepth 1 -type f -name 'offhook_*' | sed 's|^\./||' | LC_ALL=C sort | xargs -d '\n' sha256sum >SHA256SUMS
    rm -f SHA256SUMS.sig
    ssh-keygen -q -Y sign -f "$file" -n offhook-release SHA256SUMS
    cat SHA256SUMS
    ;;
verify)
    ssh-keygen -Y verify -f "$file" -I offhook -n offhook-release -s SHA256SUMS.sig <SHA256SUMS
    sha256sum --check --strict --ignore-missing SHA256SUMS
    ;;
*) echo "offhook: release.sh sign KEY, or release.sh verify SIGNERS, not $how" >&2 && exit 2 ;;
esac
