#!/bin/sh
# took.sh FRAGMENT CONFIG: fails where a line of a fragment is not what the configuration has in the end: a name that U-Boot does not know, or
# something that another setting wants otherwise.
set -eu
grep -E '^(CONFIG_|# CONFIG_)' "$1" | while read -r line; do
    grep -qxF "$line" "$2" && continue
    name=$(echo "$line" | grep -o 'CONFIG_[A-Z0-9_]*' | head -n 1)
    # what is switched off may be missing as well
    case $line in "#"*) grep -q "^$name=" "$2" || continue ;; esac
    echo "offhook: the loader's configuration has not taken: $line: it has: $(grep -w "$name" "$2" || echo nothing)" >&2
    echo wrong
done | { ! grep -q wrong; }
