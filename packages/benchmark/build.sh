#!/bin/sh
# Builds ./particles, the static executable of the native engine: Embedded Swift and the C library, nothing else, for
# any x86-64 Linux. The same sources give the same bytes in every folder.
set -eu
export LC_ALL=C
cd "$(dirname "$0")"

library=$(swiftc -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')

cd native
# The compiler puts a hash of its output's name into the output, so the name is always the same.
object=particles.o
trap 'rm -f "$object"' EXIT
swiftc -O -wmo -parse-as-library -enable-experimental-feature Embedded -module-name particles -I CLibrary \
    -c *.swift -o "$object"
# The tables hold what String knows of Unicode; the linker takes the few that are used.
"$library/../../bin/clang" -static -s -Wl,--gc-sections -Wl,--build-id=none "$object" \
    "$library/embedded/x86_64-unknown-linux-gnu/libswiftUnicodeDataTables.a" -lm -o ../particles
