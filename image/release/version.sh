#!/bin/sh
# version.sh [--tagged]: prints the version of this tree, which pyproject.toml has. Where HEAD has tags of versions, one has to be its own
# (v1.4.0); with --tagged there has to be one, nothing may be changed since, and CHANGELOG.md has to have the version.
set -eu
cd "$(dirname "$0")/../.."
wrong() {
    echo "offhook: $*" >&2
    exit 2
}
version=$(sed -n '/^\[project\]/,/^\[/s/^version = "\(.*\)"$/\1/p' pyproject.toml)
echo "$version" | grep -qxE '[0-9]+\.[0-9]+\.[0-9]+(rc[1-9][0-9]*)?' || wrong "pyproject.toml: version $version; expected one such as 1.4.0 or 1.4.0rc1"
tags=$(git tag --points-at HEAD --list 'v*')
if [ -n "$tags" ] || [ "${1:-}" = --tagged ]; then
    echo "$tags" | grep -qxF "v$version" || wrong "HEAD is tagged ${tags:-nothing}, and pyproject.toml says $version; expected the tag v$version"
fi
if [ "${1:-}" = --tagged ]; then
    [ -z "$(git status --porcelain --untracked-files=no)" ] || wrong "files are changed since v$version; expected a clean checkout"
    grep -q "^## $(echo "$version" | sed 's/\./\\./g')\( \|\$\)" CHANGELOG.md || wrong "CHANGELOG.md has no part \"## $version\"; expected what was Unreleased"
fi
echo "$version"
