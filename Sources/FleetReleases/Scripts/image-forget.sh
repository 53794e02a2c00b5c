# Removes the images of releases that are gone: image-forget.sh ROOT NAME:TAG... Those of engines are NAME/ENGINE:TAG.
# Only those that fleet has loaded, and none that a container holds.
enter_root "$1"
shift
identify() { "$engine" image inspect --format '{{.Id}}' "$1" 2>/dev/null; }
for image in "$@"; do
    name=${image%:*} tag=${image##*:}
    for engine in docker podman; do
        for record in "$root/images/$engine/$name/$tag" "$root/images/$engine/$name"/*/"$tag"; do
            [ -f "$record" ] || continue
            own=${record#"$root/images/$engine/"}
            own=${own%/*}
            id=$(identify "$own:$tag")
            "$engine" image rm "$own:$tag" >/dev/null 2>&1 || continue
            rm -f "$record"
            [ -z "$id" ] || [ "$id" != "$(identify "$own:latest")" ] ||
                "$engine" image rm "$own:latest" >/dev/null 2>&1
        done
    done
done
exit 0
