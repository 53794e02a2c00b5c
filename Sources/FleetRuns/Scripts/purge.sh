# Removes fleet's folder from this host: purge.sh ROOT look|remove. Prints `folder=PLACE`, `size=KIB`, `package=NAME`,
# `runs=COUNT`, `machine=NAME` for others that had jobs in it, and what forbids to remove it: `strange=PLACE` that is not
# fleet's, `mount=PLACE` in it, what purge-needed.sh tells, and `never=PLACE` for a folder that fleet removes at no time.
# Nothing is printed where there is no folder. `empty=PLACE` tells that all went but the folder itself, which may be a
# mount point or lie in a folder of somebody else's. Ends with 73 and the reason when something of it stays.
forbidden=
forbid() {
    echo "$1"
    forbidden=yes
}
home=
[ -z "${HOME:-}" ] || home=$(cd "$HOME" 2>/dev/null && pwd -P)
[ -n "$home" ] || {
    say "there is no home folder ${HOME:-}"
    exit 73
}
case $1 in
/*) given=$1 ;;
*) given=$HOME/$1 ;;
esac
enter_root "$1"
read_machine
[ -n "$real" ] || {
    # What can't be entered is not nothing.
    [ ! -e "$given" ] || forbid "never=$given"
    exit 0
}
# Neither a folder with the home folder in it, nor that of somebody else.
case ${home%/}/ in "$root"/*) forbid "never=${root:-/}" ;; esac
[ -n "$forbidden" ] || [ -O "$root" ] || forbid "never=$root"
[ -z "$forbidden" ] || exit 0
expect_own "$root"

# mountinfo has blanks and backslashes as octal numbers, see proc(5), so that its words are paths.
tell_mounts() {
    written=$(printf '%s' "$root" | sed 's/\\/\\134/g; s/ /\\040/g; s/	/\\011/g')
    set -f
    for place in $(cut -d ' ' -f 5 /proc/self/mountinfo 2>/dev/null); do
        case $place in "$written"/*) forbid "mount=$place" ;; esac
    done
    set +f
}
# What was put aside goes back to its place, beside what has come there meanwhile.
put_back() {
    for entry in "$aside"/* "$aside"/.[!.]* "$aside"/..?*; do
        [ -e "$entry" ] || [ -L "$entry" ] || continue
        place=$top/${entry##*/}
        [ -e "$place" ] || [ -L "$place" ] || {
            mv "$entry" "$place"
            continue
        }
        for part in "$entry"/* "$entry"/.[!.]* "$entry"/..?*; do
            [ -e "$part" ] || [ -L "$part" ] || continue
            [ -e "$place/${part##*/}" ] || [ -L "$place/${part##*/}" ] || mv "$part" "$place/"
        done
        rmdir "$entry" 2>/dev/null
    done
    rmdir "$aside" 2>/dev/null
}
# A purge that was killed in the middle has left things aside.
top=$root
for aside in "$top"/.gone.*; do
    [ -d "$aside" ] && [ ! -L "$aside" ] || continue
    owner=${aside##*/.gone.}
    if lives "$owner" && { is_here "$owner" || is_new "$aside"; }; then
        say "another command removes it right now"
        exit 73
    fi
    put_back
done

tell_strangers
tell_mounts
echo "folder=$root"
tell_needs
echo "runs=$runs"
for other in $machines; do echo "machine=$other"; done
for folder in "$root/packages"/*/; do
    [ ! -d "$folder" ] || echo "package=$(basename "$folder")"
done
echo "size=$(du -sk "$root" 2>/dev/null | cut -f 1)"
[ "$2" = remove ] && [ -z "$forbidden" ] || exit 0

# Between the look and the end something may begin here. Names change in a moment, so all is put aside by rename(2) within
# the folder, which needs neither its parent nor another file system, and looked at again where nobody finds it any more.
aside=$top/.gone.$(identity $$)
mkdir "$aside" 2>/dev/null || {
    say "can't write to $top"
    exit 73
}
at_end() { put_back; }
for entry in "$top"/* "$top"/.[!.]* "$top"/..?*; do
    [ "$entry" != "$aside" ] || continue
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    said=$(mv "$entry" "$aside/" 2>&1) || {
        say "${said:-cannot move $entry}"
        exit 73
    }
done
root=$aside
tell_needs
root=$top
tell_needs
[ -z "$forbidden" ] || exit 0

# A worker may have left folders in which nobody may write.
rm -rf "$aside" 2>/dev/null || {
    chmod -R u+rwx "$aside"
    rm -rf "$aside"
} 2>/dev/null
[ ! -e "$aside" ] || {
    rest=$(rm -rf "$aside" 2>&1 | head -n 1)
    case $rest in *"$aside"*) rest=${rest%%"$aside"*}$top${rest#*"$aside"} ;; esac
    say "${rest:-cannot remove $top}"
    exit 73
}
at_end() { :; }
rmdir "$top" 2>/dev/null
if [ ! -d "$top" ]; then
    # What led there leads nowhere now.
    [ ! -L "$given" ] || rm -f "$given"
elif is_empty "$top"; then
    echo "empty=$top"
else
    say "somebody has put something into $top meanwhile"
    exit 73
fi
exit 0
