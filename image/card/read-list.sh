#!/bin/sh
# read-list.sh FILE...: prints the entries of lists of packages or modules, one a line, without the comments.
set -eu
sed 's/#.*//' "$@" | tr -s ' \t' '\n' | sed '/^$/d'
