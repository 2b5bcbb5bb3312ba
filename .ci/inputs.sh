#!/bin/sh
# inputs.sh TARGET: one hash of what a heavy target depends on, out of heavy.txt.
# inputs.sh --files TARGET: these files. inputs.sh --due: the targets of whose files another hash has passed last (.ci/passed), or
# with ALL=1 every one.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C

targets() { sed -n 's/^\([a-z-]*\):$/\1/p' .ci/heavy.txt; }

words() { # TARGET: its paths
    awk -v target="$1:" '/^#/ { next } /^[a-z-]+:$/ { ours = $1 == target; next } ours { for (i = 1; i <= NF; i++) print $i }' .ci/heavy.txt
}

files() { # TARGET
    targets | grep -qx -- "$1" || { echo "offhook: heavy.txt has no $1" >&2 && exit 2; }
    # shellcheck disable=SC2046 # words
    find $(words "$1" | grep -v '^-') -name __pycache__ -prune -o -type f -print | sort -u |
        awk -v left="$(words "$1" | sed -n 's/^-//p' | tr '\n' ' ')" '
            BEGIN { number = split(left, out, " ") }
            { for (i = 1; i <= number; i++) if ($0 == out[i] || index($0, out[i] "/") == 1) next; print }'
}

hash() { # TARGET
    found=$(files "$1")
    echo "$found" | xargs -d '\n' sha256sum | sha256sum | cut -c1-64
}

due() { # TARGET HASH FILE
    [ -z "${ALL:-}" ] && [ "$2" = "$(cat "$3" 2>/dev/null)" ] || echo "$1"
}

case $1 in
--files) files "$2" ;;
--due)
    for target in $(targets); do due "$target" "$(hash "$target")" ".ci/passed/$target"; done
    # The card has its own, which are older and among its own inputs: to move them is to build and test a card anew.
    due test-image "$(sh image/card/inputs.sh)" image/card/tested
    ;;
*) hash "$1" ;;
esac
