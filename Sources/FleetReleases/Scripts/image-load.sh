# Loads an image from standard input and names it: image-load.sh ROOT ENGINE FORMAT NAME TAG RELEASE ID...
# FORMAT is zstd or gzip, plain, or none where the image is there already. With a RELEASE, PACKAGE/VERSION, the input is a
# recipe: a tar with `list`, lines COUNT<tab>PATH, and `bytes`, of which so many come before that file of the release. The IDs are those that an engine may know the
# image by: it counts when it has one of them, whatever the engine said before.
enter_root "$1"
engine=$2 format=$3 name=$4 tag=$5 release=${6:+$root/packages/$6}
shift 6
decompress() {
    case $format in
    zstd) zstd -dc ;;
    gzip) gzip -dc ;;
    plain) cat ;;
    esac
}
tab=$(printf '\t')
assemble() {
    at=1
    while IFS=$tab read -r count path; do
        tail -c "+$at" "$parts/bytes" | head -c "$count"
        at=$((at + count))
        [ -z "$path" ] || cat "$release/$path" || return 1
    done <"$parts/list"
}
tar_stream() {
    [ -n "$release" ] || { decompress; return; }
    decompress | tar -xf - -C "$parts" && assemble
}
if [ -n "$release" ]; then
    parts=$root/incoming/image.$nonce
    at_end() { rm -rf "$parts"; }
    mkdir -p "$parts" || exit 73
fi
if [ "$format" != none ]; then
    # A connection that is gone gives the engine a tar that is cut off, which it refuses.
    said=$({ tar_stream | "$engine" load -q; } 2>&1) || {
        say "$(printf '%s\n' "$said" | grep -v '^[[:space:]]*$' | tail -n 1)"
        exit 74
    }
fi
found=
for id in "$@"; do
    "$engine" image inspect "$id" >/dev/null 2>&1 && found=$id && break
done
[ -n "$found" ] || {
    say "$engine has loaded something else than was sent"
    exit 75
}
identify() { "$engine" image inspect --format '{{.Id}}' "$1" 2>/dev/null; }
before=$(identify "$name:$tag")
for label in "$tag" latest; do
    "$engine" tag "$found" "$name:$label" >/dev/null || exit 73
done
# One that was made anew under the same name leaves nothing behind, unless a container holds it.
[ -z "$before" ] || [ "$before" = "$(identify "$found")" ] || "$engine" image rm "$before" >/dev/null 2>&1
# When which one came: the images themselves have no times.
mkdir -p "$root/images/$engine/$name" && : >"$root/images/$engine/$name/$tag"
echo "id=$found"
exit 0
