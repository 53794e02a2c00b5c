# Removes fleet's folder from this host: purge.sh ROOT look|remove. Prints `folder=PLACE`, `size=KIB`, `package=NAME`,
# `runs=COUNT`, and what forbids to remove it: `job=ID` that runs, `schedule=ID` that cron starts, `strange=NAME` that is
# not fleet's, and `never=PLACE` for a folder that fleet removes at no time. Nothing is printed where there is no folder.
# Ends with 73 and the reason when something of it stays.
case $1 in
/*) given=$1 ;;
*) given=${HOME:-$(cd && pwd)}/$1 ;;
esac
enter_root "$1"
[ -n "$real" ] || exit 0
forbidden=
forbid() {
    echo "$1"
    forbidden=yes
}
home=$(cd && pwd -P)
# Neither a folder with the home folder in it, nor that of somebody else.
case ${home%/}/ in "$root"/*) forbid "never=${root:-/}" ;; esac
[ -n "$forbidden" ] || [ -O "$root" ] || forbid "never=$root"
[ -z "$forbidden" ] || exit 0
expect_own "$root"

# A folder that holds anything else is not fleet's alone.
for entry in "$root"/* "$root"/.[!.]* "$root"/..?*; do
    [ -e "$entry" ] || [ -L "$entry" ] || continue
    case ${entry##*/} in
    packages | runs | venvs | images | incoming | schedules | slurm | .fleet-trial.*) ;;
    *) forbid "strange=${entry##*/}" ;;
    esac
done
echo "folder=$root"
runs=0
for run in "$root/runs"/*/; do
    [ -d "$run" ] || continue
    runs=$((runs + 1))
    id=${run%/}
    id=${id##*/}
    find_state
    # One of Slurm's runs on another machine, and Slurm alone knows whether it still does.
    [ "$state" = dead ] && [ -d "$root/slurm/${id%%.*}" ] && state=running
    [ "$state" != running ] || forbid "job=$id"
done
echo "runs=$runs"
for folder in "$root/packages"/*/; do
    [ ! -d "$folder" ] || echo "package=$(basename "$folder")"
done
for folder in "$root/schedules"/*/; do
    [ -d "$folder" ] || continue
    name=$(basename "$folder")
    crontab -l 2>/dev/null | grep -qF "# fleet $name" && forbid "schedule=$name"
done
echo "size=$(du -sk "$root" 2>/dev/null | cut -f 1)"
[ "$2" = remove ] && [ -z "$forbidden" ] || exit 0

# A worker may have left folders in which nobody may write.
rm -rf "$root" 2>/dev/null || { chmod -R u+rwx "$root" && rm -rf "$root"; } 2>/dev/null
[ ! -e "$root" ] || {
    rest=$(rm -rf "$root" 2>&1 | head -n 1)
    say "${rest:-cannot remove $root}"
    exit 73
}
# What led there leads nowhere now.
[ ! -L "$given" ] || rm -f "$given"
exit 0
