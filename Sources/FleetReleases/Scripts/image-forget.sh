# Removes the images of releases that are gone: image-forget.sh ROOT NAME:TAG... Those of engines are NAME/ENGINE:TAG.
# Only those that fleet has loaded, and none that a container holds. An engine that does not answer is told as
# problem=ENGINE REASON, and asked no more.
enter_root "$1"
shift
identify() { patient "$engine" image inspect --format '{{.Id}}' "$1" 2>/dev/null; }
for engine in docker podman; do
    asked=
    for image in "$@"; do
        name=${image%:*} tag=${image##*:}
        for record in "$root/images/$engine/$name/$tag" "$root/images/$engine/$name"/*/"$tag"; do
            [ -f "$record" ] || continue
            have "$engine" || continue 3
            [ -n "$asked" ] || list_images "$engine" || {
                echo "problem=$engine $problem"
                continue 3
            }
            asked=yes
            own=${record#"$root/images/$engine/"}
            own=${own%/*}
            id=$(identify "$own:$tag")
            within 60 "$engine" image rm "$own:$tag" >/dev/null 2>&1 || continue
            rm -f "$record"
            [ -z "$id" ] || [ "$id" != "$(identify "$own:latest")" ] ||
                within 60 "$engine" image rm "$own:latest" >/dev/null 2>&1
        done
    done
done
exit 0
