#!/bin/sh
# told.sh LOG COMMAND...: runs a step that takes long, with what it says in LOG, which the step has its name from. Tells every half minute
# (EVERY=30) how long it has been at it and what it said last, in the end how long it took; where it fails, the end of LOG.
set -eu
log=$1
shift
name=$(basename "$log" .log)
began=$(date +%s)
took() { echo "$name: $(($(date +%s) - began)) s"; }
last() { tail -c 1000 "$log" | tr '\r' '\n' | grep . | tail -n 1 | cut -c 1-100; }

# the sleep may outlive this shell, and so holds nothing open that somebody reads to its end
while sleep "${EVERY:-30}" >/dev/null 2>&1 && kill -0 $$; do echo "$(took) so far: $(last)"; done &
teller=$!
trap 'kill $teller' EXIT
trap 'exit 130' INT TERM
if ! "$@" >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    echo "offhook: $name failed; the whole of it is in $log" >&2
    exit 1
fi
took
