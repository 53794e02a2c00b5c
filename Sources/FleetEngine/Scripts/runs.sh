# What masters have left on this host: runs.sh ROOT prints `job=ID STATE MINUTES` for each folder of a job, its state
# running, ended, or dead, and how long ago anybody looked after it.
enter_root "$1"
for run in "$root/runs"/*/; do
    run=${run%/}
    id=${run##*/}
    [ -d "$run" ] || continue
    state=dead supervisor=
    { read -r supervisor <"$run/pid"; } 2>/dev/null
    if [ -f "$run/trailer" ]; then
        state=ended
    elif [ -n "$supervisor" ]; then
        case $(tr '\0' ' ' <"/proc/$supervisor/cmdline" 2>/dev/null) in *"fleet-job-$id "*) state=running ;; esac
    fi
    minutes=0
    for limit in 1 5 30 60 1440; do
        [ -n "$(find "$run/lease" -mmin "+$limit" 2>/dev/null)" ] && minutes=$limit
    done
    echo "job=$id $state $minutes"
done
exit 0
