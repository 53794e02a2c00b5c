# Removes old releases: prune.sh ROOT KEEP MODE [NAME...], MODE `remove` or `show`. All packages without a name.
# Keeps the current one, the KEEP that were current last, and what a job, a schedule or Slurm still uses. With a KEEP of 0
# the current one goes as well, and with the last release the package. Prints removed=NAME VERSION KIB and, of those that
# would have gone, used=NAME VERSION KIB.
enter_root "$1"
keep=$2 mode=$3
shift 3
[ "$#" -gt 0 ] || for home in "$root"/packages/*/; do
    home=${home%/}
    # What bears no package's name is none.
    case ${home##*/} in [-.]* | *[!A-Za-z0-9._-]*) continue ;; esac
    [ -d "$home" ] && set -- "$@" "${home##*/}"
done
# Python environments belong to their requirements, and go with the last version that uses them.
forget_environments() {
    # An earlier fleet made one for each version.
    clear "$root/venvs/$name/$version"
    for users in "$root/venvs/$name"/*/.versions; do
        grep -qsxF "$version" "$users" || continue
        grep -vxF "$version" "$users" >"$users.new" || {
            clear "${users%/.versions}"
            continue
        }
        mv "$users.new" "$users"
    done
}
result=0
for name in "$@"; do
    home=$root/packages/$name
    [ -d "$home" ] || continue
    lock=$home/.lock
    if ! take_lock; then
        if can_lock; then
            say "$name: a push is under way"
            result=79
        else
            say "can't write to $home"
            result=73
        fi
        continue
    fi
    echo "prune, $(date '+%Y-%m-%d %H:%M:%S')" >"$lock.info"
    show_life
    current=
    [ "$keep" -eq 0 ] || current=$(readlink "$home/current") || current=
    kept=0
    for version in $(by_recency); do
        case $version in [-.]* | *[!A-Za-z0-9._-]*) continue ;; esac
        if [ "$version" = "$current" ]; then
            kept=$((kept + 1))
            continue
        fi
        kept=$((kept + 1))
        [ "$kept" -le "$keep" ] && continue
        size=$(du -sk "$home/$version" 2>/dev/null | cut -f1)
        grep -qsF "\"version\":\"$version\"" "$root"/runs/*/job.json "$root"/schedules/*/*.input \
            "$root"/slurm/*/*.input && {
            echo "used=$name $version ${size:-0}"
            continue
        }
        if [ "$mode" = remove ]; then
            # From one moment to the next it is no release any more.
            mv "$home/$version" "$home/.gone.$nonce" && clear "$home/.gone.$nonce"
            forget_environments
            rm -f "$home/.unsynced.$version"
            [ -e "$home/$version" ] && say "can't remove $home/$version" && result=73 && continue
        fi
        echo "removed=$name $version ${size:-0}"
    done
    # Pushes that nobody took up again.
    [ "$mode" = remove ] && find "$root/incoming" -maxdepth 1 -name "$name@*" -mtime +1 2>/dev/null |
        while IFS= read -r old; do clear "$old"; done
    if [ "$keep" -eq 0 ] && [ "$mode" = remove ] && [ -z "$(by_recency)" ]; then
        # Nothing is left that anybody could use, whatever lies there still.
        for old in "$root/incoming/$name@"* "$home"/*/ "$home"/.[!.]*/; do
            [ ! -e "$old" ] || [ -L "${old%/}" ] || clear "${old%/}"
        done
        rm -f "$home/current" "$home/.history" "$home/.held" "$home"/.unsynced.*
        let_go
        rmdir "$home" "$root/venvs/$name" 2>/dev/null
        [ ! -d "$home" ] || say "$home could not be removed"
    else
        [ "$keep" -gt 0 ] || [ "$mode" = show ] || [ -e "$home/current" ] || rm -f "$home/current"
        let_go
    fi
done
exit "$result"
