# What masters have left on this host: runs.sh ROOT prints `job=ID STATE MINUTES` for each folder of a job, its state
# running, ended, or dead, and how long ago anybody looked after it.
enter_root "$1"
# One search for each span of minutes, FROM and TO, instead of some for each of thousands of folders.
idle() {
    find "$root/runs" -maxdepth 2 -name lease -mmin "+$1" ${2:+! -mmin "+$2"} 2>/dev/null |
        sed -n "s|.*/\([A-Za-z0-9._-]*\)/lease\$|\1 $1|p"
}
# ID MINUTES for each of which is known how long, and ID x, which sorts behind that, for all; names that no master makes
# are somebody else's.
listing() {
    for run in "$root/runs"/*/; do
        run=${run%/}
        run=${run##*/}
        case $run in [-.]* | *[!A-Za-z0-9._-]*) ;; *) echo "$run x" ;; esac
    done
    idle 1 5
    idle 5 30
    idle 30 60
    idle 60 1440
    idle 1440
}
last= id=
for word in $(listing | LC_ALL=C sort); do
    [ -n "$id" ] || {
        id=$word
        continue
    }
    if [ "$id" != "$last" ] && [ -d "$root/runs/$id" ]; then
        minutes=${word#x}
        find_state
        # One of Slurm's runs on another machine, and Slurm alone knows whether it still does.
        [ "$state" = dead ] && [ -d "$root/slurm/${id%%.*}" ] && state=running
        echo "job=$id $state ${minutes:-0}"
    fi
    last=$id
    id=
done
exit 0
