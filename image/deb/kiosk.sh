#!/bin/sh
# kiosk.sh VERSION: builds dist/offhook-kiosk_VERSION_all.deb: units, policies and a pointer without a pixel, for any machine. Its program is
# the firmware's own. Called by build.sh, with SOURCE_DATE_EPOCH.
set -eu
umask 022
export LC_ALL=C TZ=UTC
cd "$(dirname "$0")/../.."
version=$1
here=image/deb/kiosk
root=build/deb/kiosk/root

pointer() { # an Xcursor(3) file: header, one entry of its table, one picture of one transparent pixel
    printf 'Xcur\020\0\0\0\0\0\001\0\001\0\0\0'
    printf '\002\0\375\377\030\0\0\0\034\0\0\0'
    printf '\044\0\0\0\002\0\375\377\030\0\0\0\001\0\0\0\001\0\0\0\001\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
}

changelog() {
    printf 'offhook-kiosk (%s) stable; urgency=medium\n\n  * See CHANGELOG.md of the source.\n\n' "$version"
    printf ' -- The offhook project <offhook@example.com>  %s\n' "$(date -R -d "@$SOURCE_DATE_EPOCH")"
}

files() {
    rm -rf "$root"
    install -Dm644 -t "$root/usr/lib/systemd/system" systemd/kiosk/*.service systemd/kiosk/*.timer
    install -Dm644 systemd/kiosk/70-offhook-kiosk.rules "$root/usr/lib/udev/rules.d/70-offhook-kiosk.rules"
    install -Dm644 systemd/kiosk/offhook-kiosk.sysusers "$root/usr/lib/sysusers.d/offhook-kiosk.conf"
    install -Dm644 systemd/kiosk/offhook-kiosk.modules-load "$root/usr/lib/modules-load.d/offhook-kiosk.conf"
    install -Dm755 -t "$root/usr/lib/offhook" $here/kiosk-output
    install -Dm644 $here/policies.json "$root/etc/chromium/policies/managed/offhook-kiosk.json"
    mkdir -p "$root/usr/share/offhook-kiosk/cursors/default/cursors"
    pointer >"$root/usr/share/offhook-kiosk/cursors/default/cursors/left_ptr"
    doc=$root/usr/share/doc/offhook-kiosk
    install -Dm644 image/deb/copyright "$doc/copyright"
    changelog | gzip -9n >"$doc/changelog.gz"
}

control() {
    mkdir -p "$root/DEBIAN"
    size=$(du -sk --apparent-size "$root" | cut -f1)
    sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$size/" $here/control.in >"$root/DEBIAN/control"
    install -m755 $here/postinst $here/prerm $here/postrm "$root/DEBIAN"
    echo /etc/chromium/policies/managed/offhook-kiosk.json >"$root/DEBIAN/conffiles"
    (cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
}

files
control
chmod -R u=rwX,go=rX "$root"
mkdir -p dist
dpkg-deb --root-owner-group -Zxz --build "$root" "dist/offhook-kiosk_${version}_all.deb" >/dev/null
echo "dist/offhook-kiosk_${version}_all.deb"
