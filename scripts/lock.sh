#!/bin/sh
# Resolves the dependencies for every supported Python and machine into hashed lock files without any index address.
set -eu
uv=${UV:-uv}
build='setuptools>=77
wheel'
tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command 'make lock' "$@"
}
printf '%s\n' "$build" >"$tmp"
compile pyproject.toml "$tmp" -o requirements/runtime.txt --no-annotate
compile pyproject.toml --group dev "$tmp" -o requirements/dev.txt --no-annotate -c requirements/runtime.txt
compile pyproject.toml --group site "$tmp" -o requirements/site.txt --no-annotate -c requirements/dev.txt
for group in fuzz mutation audit; do
    compile pyproject.toml --group "$group" "$tmp" -o "requirements/$group.txt" --no-annotate -c requirements/dev.txt
done
