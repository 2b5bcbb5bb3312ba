#!/bin/sh
# build.sh ARCH...: builds dist/offhook_VERSION_ARCH.deb and dist/offhook-kiosk_VERSION_all.deb for Debian 13 and Raspberry Pi OS of the same base (Python 3.13).
# ARCH is amd64 or arm64, on a machine of either kind with Debian 12 or 13; no root. The same sources give the same bytes on
# the same machine. PYTHON: an interpreter with pip, setuptools and wheel.
set -eu
umask 022
export LC_ALL=C TZ=UTC PIP_DISABLE_PIP_VERSION_CHECK=1
cd "$(dirname "$0")/../.."
here=image/deb
work=build/deb
python=${PYTHON:-.venv/bin/python}

# Debian 13 has these as new as we need them (docs/service.md says which and why): they are dependencies of the package.
FROM_DEBIAN='evdev pyudev pyserial jinja2 markupsafe'
# Not for 3.13 in the registry: built here.
BUILT='lgpio'
# Only for building.
TOOLS='setuptools wheel packaging'

platform() { # ARCH: sets everything that differs
    arch=$1
    case $arch in
    amd64) triplet=x86_64-linux-gnu machine=x86_64 ;;
    arm64) triplet=aarch64-linux-gnu machine=aarch64 ;;
    *) echo "offhook: make deb builds for amd64 and arm64, not for $arch" >&2 && exit 2 ;;
    esac
    cc=$triplet-gcc
    root=$work/$arch/root
    lib=$root/usr/lib/offhook
}

own_wheel() { # from a copy: setuptools leaves its build folder behind and takes up what an earlier one left
    rm -rf $work/source $work/own
    mkdir -p $work/source $work/own
    cp -R pyproject.toml README.md LICENSE appliance drivers $work/source
    find $work/source -name __pycache__ -prune -exec rm -rf {} +
    "$python" -m pip wheel -qq --no-deps --no-build-isolation --no-index -w $work/own $work/source
}

wheels() { # other people's, for the target, each held to its hash
    rm -rf "$work/$arch/wheels"
    "$python" $here/locked.py without "$FROM_DEBIAN $BUILT $TOOLS" >$work/wheels.txt
    "$python" -m pip download -qq --no-deps --require-hashes --only-binary=:all: -r $work/wheels.txt -d "$work/$arch/wheels" \
        --implementation cp --python-version 3.13 --abi cp313 --abi abi3 --abi none \
        --platform "manylinux_2_28_$machine" --platform "manylinux_2_17_$machine" --platform "manylinux2014_$machine" \
        --platform "manylinux_2_26_$machine" --platform "manylinux_2_27_$machine" --platform "manylinux_2_34_$machine"
}

lgpio() { # the C library and its Python module in one file
    "$python" $here/locked.py only "$BUILT" >$work/built.txt
    rm -rf "$work/$arch/lgpio" $work/sdist && mkdir -p "$work/$arch/lgpio"
    "$python" -m pip download -qq --no-deps --no-build-isolation --require-hashes --no-binary=:all: -r $work/built.txt -d $work/sdist
    tar -xzf $work/sdist/lgpio-*.tar.gz -C "$work/$arch/lgpio" --strip-components=1
    sh $here/headers.sh "$arch" $work
    headers=$PWD/$work/headers-$arch/usr/include
    lgpio_changes "$work/$arch/lgpio/src"
    (
        cd "$work/$arch/lgpio"
        swig -python -o lgpio_wrap.c lgpio.i
        "$cc" -shared -fPIC -O2 -g0 -DNDEBUG -pthread -fstack-protector-strong -D_FORTIFY_SOURCE=2 -Wl,-z,relro,-z,now,--build-id=none \
            -ffile-prefix-map="$PWD"=. -ffile-prefix-map="$headers"=/usr/include -I src -I "$headers" -I "$headers/python3.13" \
            lgpio_wrap.c src/lg*.c src/rgpiod.c -o "_lgpio.cpython-313-$triplet.so" -lrt -ldl
    )
    install -m644 -t "$lib/python" "$work/$arch/lgpio/lgpio.py" "$work/$arch/lgpio/_lgpio.cpython-313-$triplet.so"
    cp -R "$work/$arch/lgpio/lgpio.egg-info" "$lib/python"
}

lgpio_changes() { # SRC: each is checked to be there, so that another version of lgpio cannot lose one silently
    # It wakes up every 0.5 ms although an edge wakes it anyway; only an edge that waits to be sorted needs that. 5 ms is how
    # long it may take to notice that a line is to be let go, and letting go waits for that: up to 10 times 1 ms instead of 0.2.
    sed -i 's/retval = ppoll(/tspec.tv_nsec = count ? 500000 : 5000000; &/' "$1/lgPthAlerts.c"
    sed -i '/waiting for inactive/,/break;/s/usleep(200)/usleep(1000)/' "$1/lgGpio.c"
    # The kernel keeps 16 edges of a line unless asked for more, and drops the oldest: a bouncing contact makes more than that
    # before a busy machine gets to read them, and a dropped edge makes a bounce look like a steady level.
    sed -i '/flags = xMakeFlags(lFlags|eFlags)/,/GPIO_V2_GET_LINE_IOCTL/s/req.num_lines = 1;/& req.event_buffer_size = 256;/' "$1/lgGpio.c"
    # It sorts edges by the difference of their time stamps, cut to 32 bits: after a stall of more than 2.1 s, in which a button
    # was pressed and let go, it hands over the release first.
    sed -i '/int tscomp/,/^}/s/return .*/return (e1->report.timestamp > e2->report.timestamp) - (e1->report.timestamp < e2->report.timestamp);/' "$1/lgPthAlerts.c"
    grep -q 'timestamp) - (e1' "$1/lgPthAlerts.c"
    grep -q 'count ? 500000' "$1/lgPthAlerts.c" && grep -q 'usleep(1000)' "$1/lgGpio.c" && grep -q event_buffer_size "$1/lgGpio.c"
}

files() {
    rm -rf "$root"
    mkdir -p "$lib/python"
    for wheel in "$work/$arch"/wheels/*.whl $work/own/*.whl; do
        "$python" -m zipfile -e "$wheel" "$lib/python"
    done
    rm -rf "$lib"/python/*.data "$lib"/python/trio/_tests
    # Pillow's parts for pictures from outside, with the libraries that only they use: we draw, and open none.
    for part in PIL/_avif PIL/_imagingcms PIL/_imagingtk PIL/_webp pillow.libs/libavif pillow.libs/liblcms2 pillow.libs/libwebp \
        pillow.libs/libsharpyuv; do
        rm "$lib/python/$part"*
    done
    lgpio
    "$triplet-strip" --strip-unneeded $(find "$lib/python" -name '*.so' -o -name '*.so.*')
    install -Dm755 $here/offhook "$root/usr/bin/offhook"
    install -Dm755 -t "$lib" $here/hid-telephony $here/card-changed
    install -Dm644 -t "$root/usr/lib/systemd/system" systemd/*.service systemd/*.timer systemd/*.path systemd/*.socket
    install -Dm644 systemd/70-offhook.rules "$root/usr/lib/udev/rules.d/70-offhook.rules"
    install -Dm644 systemd/offhook.sysusers "$root/usr/lib/sysusers.d/offhook.conf"
    install -Dm644 systemd/offhook.tmpfiles "$root/usr/lib/tmpfiles.d/offhook.conf"
    install -Dm644 systemd/offhook.modules-load "$root/usr/lib/modules-load.d/offhook.conf"
    install -Dm644 systemd/offhook.system.conf "$root/usr/lib/systemd/system.conf.d/offhook.conf"
    papers
}

papers() {
    doc=$root/usr/share/doc/offhook
    install -Dm644 -t "$doc" docs/*.md
    install -Dm644 $here/room.toml "$doc/examples/room.toml"
    install -Dm644 image/card/room.toml "$doc/examples/card/room.toml"
    install -Dm644 $here/copyright "$doc/copyright"
    changelog | gzip -9n >"$doc/changelog.gz"
    install -Dm644 $here/lintian-overrides "$root/usr/share/lintian/overrides/offhook"
}

changelog() {
    printf 'offhook (%s) stable; urgency=medium\n\n  * See CHANGELOG.md of the source.\n\n' "$version"
    printf ' -- The offhook project <offhook@example.com>  %s\n' "$(date -R -d "@$SOURCE_DATE_EPOCH")"
}

control() {
    mkdir -p "$root/DEBIAN"
    size=$(du -sk --apparent-size "$root" | cut -f1)
    sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" $here/control.in >"$root/DEBIAN/control"
    install -m755 $here/postinst $here/prerm $here/postrm "$root/DEBIAN"
    (cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum) >"$root/DEBIAN/md5sums"
}

package() {
    chmod -R u=rwX,go=rX "$root"
    mkdir -p dist
    dpkg-deb --root-owner-group -Zxz --build "$root" "dist/offhook_${version}_$arch.deb" >/dev/null
    echo "dist/offhook_${version}_$arch.deb"
}

for arch in "$@"; do platform "$arch"; done # a wrong word is said before anything is done
# a candidate comes before its release: to Debian, only what has a tilde does
version=$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"].replace("rc", "~rc"))')
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}
export SOURCE_DATE_EPOCH
mkdir -p $work
own_wheel
for arch in "$@"; do
    platform "$arch"
    wheels
    files
    control
    package
done
sh image/deb/kiosk.sh "$version"
