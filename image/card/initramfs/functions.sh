# The functions by which init gets from a kernel to a root. Each prints its error on standard error and returns its status; none exits.
# Where the kernel's folders are: tests lay out their own.
PROC=${PROC:-/proc}
SYS=${SYS:-/sys}
DEV=${DEV:-/dev}
RANDOM_SOURCE=${RANDOM_SOURCE:-/dev/random} # not urandom: on a first boot it answers before there is anything to answer with

option() { # NAME: the value of NAME=value on the kernel's command line; the last one holds
    tr -s ' \t\n' '\n' <"$PROC/cmdline" | sed -n "s/^$1=//p" | tail -n 1
}

signature() { # DISK: the eight hexadecimal digits by which its partition table is known
    od -An -tx4 -j440 -N4 "$DEV/$1" 2>/dev/null | tr -d ' '
}

numbered() { # DISK'S FOLDER, NUMBER: the kernel's name of a partition of that disk
    for partition in "$1"/*/partition; do
        if [ "$(cat "$partition" 2>/dev/null)" = "$2" ]; then
            basename "$(dirname "$partition")"
            return 0
        fi
    done
    return 1
}

partition_of_id() { # PARTUUID, as SIGNATURE-NUMBER: the kernel's name of that partition
    for disk in "$SYS"/class/block/*; do
        if ! [ -e "$disk/partition" ] && [ "$(signature "$(basename "$disk")")" = "${1%-*}" ]; then
            numbered "$disk" "$(printf %d "0x${1#*-}")" && return 0
        fi
    done
    return 1
}

sibling() { # PARTITION NUMBER: the kernel's name of another partition of the same disk
    numbered "$(dirname "$(readlink -f "$SYS/class/block/$1")")" "$2"
}

wait_for_partition() { # PARTUUID TENTHS: as partition_of_id, for a card that takes a moment to answer
    tenths=$2
    until partition_of_id "$1"; do
        [ "$tenths" -gt 0 ] || return 1
        tenths=$((tenths - 1))
        sleep 0.1
    done
}

mend() { # DEVICE CHECKER...: replays the journal; mends what is left to mend. What cannot be checked, mounting decides.
    device=$1 && shift
    "$@" -p "$device" >/dev/null
    [ $? -lt 4 ] && return 0
    echo "the data partition is damaged: mending it" >&2
    "$@" -fy "$device" >/dev/null
    [ $? -lt 4 ]
}

identity() { # ETC: this device's machine id, made once. A cut of the power leaves the old one, the new one or none; none is made anew.
    if grep -qxE '[0-9a-f]{32}' "$1/machine-id" 2>/dev/null; then return 0; fi
    id=$(head -c 16 "$RANDOM_SOURCE" | od -An -v -tx1 | tr -d ' \n')
    [ ${#id} = 32 ] || return 1
    echo "$id" >"$1/machine-id.new" && chmod 444 "$1/machine-id.new" && sync && mv "$1/machine-id.new" "$1/machine-id"
}

folders() { # DATA: what the data partition consists of
    mkdir -p "$1/etc" "$1/etc.work" "$1/lib" && chmod 755 "$1/etc" "$1/lib" && chmod 700 "$1/etc.work"
}
