# Removes the images of releases that are gone: image-forget.sh ROOT NAME:TAG...
# Only those that fleet has loaded, and none that a container holds.
enter_root "$1"
shift
for image in "$@"; do
    for engine in docker podman; do
        record=$root/images/$engine/${image%:*}/${image##*:}
        [ -f "$record" ] && "$engine" image rm "$image" >/dev/null 2>&1 && rm -f "$record"
    done
done
exit 0
