# What the scripts that run inside the booted machine share; Machine.boot puts it in front of each.
fact() { echo "$1=$2"; }
until_() { # SECONDS CONDITION: polls, as nothing in a shell can be told
    for _ in $(seq $(($1 * 20))); do
        if eval "$2"; then return 0; fi
        sleep 0.05
    done
    echo "not in $1 s: $2" >&2
    journalctl --no-pager -n 100 >&2
    return 1
}
