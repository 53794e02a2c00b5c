# Removes old images of a package: image-prune.sh ROOT ENGINE NAME KEEP CURRENT
# Of those that came last KEEP stay, and the CURRENT one does. Tells each that went as removed=TAG, and as used=TAG one
# that a container holds.
enter_root "$1"
engine=$2 name=$3 keep=$4 current=$5
home=$root/images/$engine/$name
[ -d "$home" ] || exit 0
kept=0
for tag in $(ls -t "$home"); do
    [ "$tag" = "$current" ] && continue
    kept=$((kept + 1))
    [ "$kept" -le "$keep" ] && continue
    if ! "$engine" image inspect "$name:$tag" >/dev/null 2>&1 || "$engine" image rm "$name:$tag" >/dev/null 2>&1; then
        rm -f "$home/$tag"
        echo "removed=$tag"
    else
        echo "used=$tag"
    fi
done
exit 0
