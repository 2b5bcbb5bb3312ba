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

size_of_root() { # DEVICE: how many blocks of 4 KiB the EROFS on it has
    [ "$(od -An -tx4 -j1024 -N4 "$1" 2>/dev/null | tr -d ' ')" = e0f5e1e2 ] || return 1
    [ "$(od -An -tu1 -j1036 -N1 "$1" | tr -d ' ')" = 12 ] || return 1
    od -An -tu4 -j1060 -N4 "$1" | tr -d ' '
}

proof_of() { # DEVICE BLOCKS: the text behind the root, where it is whole: what slot.sh writes
    text=$(dd if="$1" bs=4096 skip="$2" count=1 2>/dev/null | tr -d '\000') || return 1
    lines=$(echo "$text" | sed '/^check=/,$d')
    [ "$(echo "$text" | sed -n 's/^check=//p')" = "$(echo "$lines" | sha256sum | cut -c1-64)" ] || return 1
    echo "$lines"
}

verity_of() { # DEVICE: dm-verity's table for the root on it. A block that is not what it was restarts the machine; so does one not read.
    blocks=$(size_of_root "$1") || { echo "no root is on $1" >&2 && return 1; }
    proof=$(proof_of "$1" "$blocks") || { echo "what proves the root on $1 is damaged" >&2 && return 1; }
    said() { echo "$proof" | sed -n "s/^$1=//p"; }
    [ "$(said offhook-slot):$(said blocks):$(said hash_start)" = "1:$blocks:$((blocks + 1))" ] || { echo "the proof on $1 is of another root" >&2 && return 1; }
    echo "0 $((blocks * 8)) verity 1 $1 $1 4096 4096 $blocks $((blocks + 1)) sha256 $(said root) $(said salt) 2 restart_on_corruption restart_on_error"
}

mend() { # DEVICE CHECKER...: replays the journal; mends what is left to mend. What cannot be checked, mounting decides.
    device=$1 && shift
    "$@" -p "$device" >/dev/null
    [ $? -lt 4 ] && return 0
    echo "the data partition is damaged: mending it" >&2
    "$@" -fy "$device" >/dev/null
    [ $? -lt 4 ]
}

emptied() { # DATA TRIM...: what a factory reset is about (appliance/card/reset). Whatever is cut short is done again; what stays is the answer.
    data=$1 && shift
    [ -e "$data/reset" ] || return 0
    find "$data" -mindepth 1 -maxdepth 1 ! -name reset ! -name lost+found -exec rm -rf {} +
    rm -rf "$data"/lost+found/*
    [ -z "$(ls -A "$data" | grep -vxE 'reset|lost\+found')" ] || { echo "the data partition cannot be emptied" >&2 && return 1; }
    sync && "$@" >/dev/null 2>&1 # a card that knows how forgets what was there; that another cannot is no failure
    mv "$data/reset" "$data/reset.done" && sync
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
