# What masters have left on this host: runs.sh ROOT prints `job=ID STATE MINUTES` for each folder of a job, its state
# running, ended, or dead, and how long ago anybody looked after it.
enter_root "$1"
for run in "$root/runs"/*/; do
    run=${run%/}
    id=${run##*/}
    [ -d "$run" ] || continue
    state=dead
    if [ -f "$run/trailer" ]; then
        state=ended
    else
        for file in pid .starter; do
            read_number "$run/$file"
            is_job "$process" && state=running
        done
        # One of Slurm's runs on another machine, and Slurm alone knows whether it still does.
        [ -d "$root/slurm/${id%%.*}" ] && state=running
    fi
    minutes=0
    for limit in 1 5 30 60 1440; do
        [ -n "$(find "$run/lease" -mmin "+$limit" 2>/dev/null)" ] && minutes=$limit
    done
    echo "job=$id $state $minutes"
done
exit 0
