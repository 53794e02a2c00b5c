#!/bin/sh
# Installs a package that was carried here by hand, as `fleet push` would. Run it on the host it was made for:
#   sh install.sh [ROOT]
# ROOT is fleet's folder there; what the inventory says when left out. Needs tar, gzip and the usual small tools.
set -u
here=$PWD
cd "$(dirname "$0")" || exit 1
. ./settings
spanish=
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in es*) spanish=yes ;; esac
# English, Spanish.
tell() { if [ -n "$spanish" ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }
usage() {
    tell "sh install.sh [ROOT]: installs $name $version in fleet's folder ROOT, $root when left out" \
        "sh install.sh [ROOT]: instala $name $version en la carpeta de fleet ROOT, $root si se omite"
}
case ${1-} in
-h | --help)
    usage
    exit 0
    ;;
-*)
    usage >&2
    exit 2
    ;;
esac
[ "$#" -le 1 ] || {
    usage >&2
    exit 2
}
case ${1-} in
'') ;;
/*) root=$1 ;;
*) root=$here/$1 ;;
esac

sha256() {
    if command -v sha256sum >/dev/null; then sha256sum "$1"; elif command -v openssl >/dev/null; then
        openssl dgst -sha256 -r "$1"
    else shasum -a 256 "$1"; fi
}
for file in payload.tar.gz image.tar; do
    [ -f "$file" ] || continue
    case $file in payload*) expected=$payload_digest ;; *) expected=$image_digest ;; esac
    case $(sha256 "$file") in
    "$expected"*) ;;
    *)
        tell "$file is damaged: copy the archive again" "$file está dañado: copia el archivo otra vez" >&2
        exit 1
        ;;
    esac
done

words=$(sh -c "$(cat install-release.sh)" fleet bundle "$root" "$name" "$version" "$name@$version" gzip '' install \
    "by hand" '' "$signers" "$control" <payload.tar.gz 2>&1)
status=$?
printf '%s\n' "$words" | grep -v -e '^@' -e '^$' >&2
if [ "$status" -ne 0 ]; then
    [ "$status" -ne 82 ] || tell "another user could replace what is in that folder" \
        "otro usuario podría reemplazar lo que hay en esa carpeta" >&2
    tell "$name $version was not installed; what was there before is still there and current" \
        "no se instaló $name $version; lo que había antes sigue allí y vigente" >&2
    exit "$status"
fi
case $root in /*) place=$root ;; *) place=\~/$root ;; esac
tell "$name $version is installed and current in $place" "$name $version está instalado y vigente en $place"
if [ -f image.tar ]; then
    loaded=
    for engine in docker podman; do
        command -v "$engine" >/dev/null && "$engine" load -q -i image.tar >/dev/null 2>&1 || continue
        loaded=yes
        tell "its image is loaded into $engine" "su imagen está cargada en $engine"
    done
    [ -n "$loaded" ] || tell "neither docker nor podman took its image; it runs without" \
        "ni docker ni podman aceptaron su imagen; funciona sin ella"
fi
tell "Next, on the machine with fleet: fleet inventory check --hosts $host, then fleet run $name --hosts $host" \
    "Después, en la máquina con fleet: fleet inventory check --hosts $host, y fleet run $name --hosts $host"
