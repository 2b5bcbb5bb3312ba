#!/bin/sh
# apt.sh ARCH FOLDER: FOLDER/apt.conf, with which apt fetches and verifies packages for ARCH from FOLDER/sources.list with lists of its own:
# neither root nor a foreign architecture on this machine is needed.
set -eu
arch=$1 apt=$2
mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/parts"
cat >"$apt/apt.conf" <<CONF
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Sandbox::User "";
Acquire::Languages "none";
Dir::State::lists "$apt/lists";
Dir::State::status "/dev/null";
Dir::Cache "$apt";
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$apt/parts";
CONF
