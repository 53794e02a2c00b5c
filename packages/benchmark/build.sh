#!/bin/sh
# Builds ./particles, the static executable of the native engine: Embedded Swift and the C library, nothing else, for
# any x86-64 Linux. The same sources give the same bytes in every folder.
# And compiled/, the module of the engine cython, when this machine has what that takes; in any case with what pip must
# install on a host whose Python that module does not fit.
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
cd ..

rm -rf compiled
mkdir compiled
unfit=
if cython/build.sh "$PWD/compiled"; then
    # Where Python and machine are those of the master, nothing needs to be installed.
    unfit=$(python3 -c 'import platform as p
print("; python_version != \"%s.%s\" or platform_machine != \"%s\"" % (p.python_version_tuple()[:2] + (p.machine(),)))')
else
    echo "the engine cython will be compiled on hosts"
fi
echo "Cython>=3.0,<4$unfit" >compiled/requirements.txt
