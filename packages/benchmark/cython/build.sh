#!/bin/sh
# Compiles walk.pyx for this machine's Python: build.sh FOLDER, where the module goes. Exits with 3, having said what is
# missing, where it can't. No fused multiply-add and no reassociation, for the bits.
set -eu
export LC_ALL=C
cd "$(dirname "$0")"
folder=$1
python=${PYTHON:-python3}

lacks() {
    echo "no $1" >&2
    exit 3
}
if "$python" -c 'import Cython' 2>/dev/null; then
    cython="$python -m cython"
else
    cython=$(command -v cython3 || command -v cython) || lacks "Cython (Debian: cython3)"
fi
command -v cc >/dev/null || lacks "C compiler (Debian: gcc)"
headers=$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
[ -e "$headers/Python.h" ] || lacks "headers of Python (Debian: python3-dev)"
suffix=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("EXT_SUFFIX"))')

source=$(mktemp -d)
trap 'rm -rf "$source"' EXIT
$cython -3 walk.pyx -o "$source/walk.c"
# The same name everywhere, for the same bytes.
(cd "$source" && cc -O3 -ffp-contract=off -fwrapv -fPIC -shared -s -w -Wl,--build-id=none \
    "-I$headers" walk.c -lm -o module)
mv "$source/module" "$folder/walk$suffix"
