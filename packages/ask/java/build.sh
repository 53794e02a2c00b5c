#!/bin/sh
# Builds ./classes for any Java from 11 on.
set -eu
cd "$(dirname "$0")"
rm -rf ../classes
javac --release 11 -g:none -Xlint:all -Werror -encoding UTF-8 -d ../classes ./*.java
