#!/bin/sh
# words.sh FILE...: the words in lists of packages or modules, one a line, without the comments.
set -eu
sed 's/#.*//' "$@" | tr -s ' \t' '\n' | sed '/^$/d'
