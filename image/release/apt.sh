#!/bin/sh
# apt.sh GPG_KEY: dist/apt, a signed apt repository of the packages in dist/ and of those that it has from before: a folder that any web
# server can serve. GPG_KEY: an id or a fingerprint in the keyring of gpg. DIST: in place of dist. VALID_DAYS: for how long a list is good
# (60): after that apt says that it is old, so that nobody can hold a box at it; make repo renews it.
set -eu
umask 022
export LC_ALL=C
key=${1:-}
[ -n "$key" ] || { echo "offhook: apt.sh GPG_KEY; expected GPG_KEY=, the id of a key of gpg" >&2 && exit 2; }
dist=$(realpath "${DIST:-$(dirname "$0")/../../dist}")
valid=$((${VALID_DAYS:-60} * 86400))
repo=$dist/apt
pool=pool/main/o/offhook
mkdir -p "$repo/$pool"
find "$dist" -maxdepth 1 -name 'offhook*.deb' -exec cp -p {} "$repo/$pool/" \;
cd "$repo"
ls "$pool"/*.deb >/dev/null 2>&1 || { echo "offhook: no package in $dist; expected make deb first" >&2 && exit 2; }
for arch in amd64 arm64; do
    list=dists/stable/main/binary-$arch
    mkdir -p "$list"
    apt-ftparchive --arch "$arch" packages "$pool" >"$list/Packages.new"
    xz -9 --keep --stdout "$list/Packages.new" >"$list/Packages.xz.new"
    mv "$list/Packages.xz.new" "$list/Packages.xz" && mv "$list/Packages.new" "$list/Packages"
done
apt-ftparchive -o APT::FTPArchive::Release::Origin=offhook -o APT::FTPArchive::Release::Label=offhook \
    -o APT::FTPArchive::Release::Suite=stable -o APT::FTPArchive::Release::Codename=stable \
    -o APT::FTPArchive::Release::Architectures="amd64 arm64" -o APT::FTPArchive::Release::Components=main \
    -o APT::FTPArchive::Release::ValidTime="$valid" release dists/stable >Release.new
gpg --batch --yes --local-user "$key" --digest-algo SHA512 --clearsign --output InRelease.new Release.new
gpg --batch --yes --local-user "$key" --digest-algo SHA512 --armor --detach-sign --output Release.gpg.new Release.new
mv Release.new dists/stable/Release && mv Release.gpg.new dists/stable/Release.gpg && mv InRelease.new dists/stable/InRelease
gpg --batch --yes --export --output offhook-archive-keyring.gpg.new "$key" && mv offhook-archive-keyring.gpg.new offhook-archive-keyring.gpg
echo "$repo: $(find "$pool" -name '*.deb' | wc -l) packages"
