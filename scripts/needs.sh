#!/bin/sh
# needs.sh [--packages] TARGET...: says all that this machine lacks for targets of the Makefile, out of needs.txt; 1 if one cannot be made.
# --packages: only the names of Debian's packages that are missing, for apt-get.
set -eu
list=$(dirname "$0")/needs.txt
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
python=${PYTHON:-python3}
compiler=${CC:-cc}

# The checks: each is true where what it looks for is there.
has_command() { # NAME...: one of them is enough
    for name; do command -v "$name" >/dev/null && return; done
    return 1
}
has_file() { [ -e "$1" ]; }
has_python() { # FIRST LAST; a missing one is said by its package
    ! has_command "$python" || "$python" -c 'import sys; first, last = (tuple(map(int, word.split("."))) for word in sys.argv[1:])
sys.exit(not first <= sys.version_info[:2] <= last)' "$@"
}
has_module() { "$python" -c "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]" "$@" 2>/dev/null; }
has_python_header() { has_file "$("$python" -c 'import sysconfig; print(sysconfig.get_path("include") + "/Python.h")' 2>/dev/null)"; }
has_library() { "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }
has_compiler() { has_command "$compiler"; }
has_include() { echo "#include <$1>" | "${2:-$compiler}" -E - >/dev/null 2>&1; }
has_lgpio() { # where the registry has no wheel, swig
    [ "$(uname -m)" != aarch64 ] || ! "$python" -c 'import sys; sys.exit(sys.version_info[:2] < (3, 13))' || has_command swig
}
has_cross() { # ARCHITECTURE CHECK ARGUMENT...: a check that counts on other machines only
    [ "$(dpkg --print-architecture)" = "$1" ] || { shift && has "$@"; }
}
has_arm64_programs() { [ "$(uname -m)" = aarch64 ] || grep -qs '^enabled' /proc/sys/fs/binfmt_misc/qemu-aarch64; }
has_emulator() { has_arm64_programs || has_file /usr/lib/binfmt.d/qemu-aarch64.conf; }
has_machine() { [ "$(uname -m)" = "$1" ]; }
has_root() { [ "$(id -u)" = 0 ]; }
has_free() { # GIBIBYTES, here and where what took long is kept, unless something is kept there already
    cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}
    [ ! -d "$cache/offhook" ] || return 0
    while [ ! -d "$cache" ]; do cache=$(dirname "$cache"); done
    for folder in . "$cache"; do
        [ "$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 {print $4}')" -ge $(($1 * 1048576)) ] || return 1
    done
}
has() { # CHECK ARGUMENT...
    check=has_$1 && shift
    "$check" "$@"
}

lines() { # TARGET...: their lines of the list, those of the targets they name first, each once
    awk -v targets="$*" '
        function visit(target, number, names, i) {
            if (!(target in known)) { print "offhook: needs.txt has no " target >"/dev/stderr"; exit failed = 2 }
            number = split(known[target], names, " ")
            for (i = 1; i <= number; i++) visit(names[i])
            number = split(needs[target], names, "\n")
            for (i = 1; i < number; i++) if (!seen[names[i]]++) print names[i]
        }
        /^#/ || /^ *$/ { next }
        /^[a-z0-9-]+:/ { target = $1; sub(/:$/, "", target); sub(/^[^:]*: */, ""); known[target] = $0; next }
        { needs[target] = needs[target] $0 "\n" }
        END { if (!failed) { number = split(targets, wanted, " "); for (i = 1; i <= number; i++) visit(wanted[i]) } exit failed }
    ' "$list"
}

look() { # WHY PACKAGE CHECK ARGUMENT...: notes the line if what it looks for is not there
    why=${1# } package=${2#\?} optional=$2
    shift 2
    ! has "$@" || return 0
    if [ "$package" = - ]; then
        line="  $why"
    else
        case " $packages " in *" $package "*) return 0 ;; esac
        packages="$packages $package"
        line=$(printf '  %-23s %s' "$package" "$why")
    fi
    case $optional in
    '?'*) wanted="$wanted$line
" ;;
    *) needed="$needed$line
" ;;
    esac
}

only_packages="" packages="" needed="" wanted=""
[ "${1:-}" != --packages ] || { only_packages=yes && shift; }
wanting=$(lines "$@")
while IFS='|' read -r left why; do
    # shellcheck disable=SC2086 # words
    look "$why" $left
done <<LINES
$wanting
LINES
if [ -n "$only_packages" ]; then
    echo "${packages# }"
    exit
fi
[ -z "$needed" ] || printf 'offhook: this machine lacks what is needed for %s:\n%s' "$*" "$needed" >&2
[ -z "$wanted" ] || printf 'offhook: without these, %s leaves something out:\n%s' "$*" "$wanted" >&2
[ -z "$packages" ] || echo "on Debian or Raspberry Pi OS: sudo apt install$packages" >&2
[ -z "$needed" ]
