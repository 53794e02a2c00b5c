# What masters have left on this host: runs.sh ROOT prints `job=ID STATE MINUTES` for each folder of a job, its state
# running, ended, or dead, and how long ago anybody looked after it.
enter_root "$1"
for run in "$root/runs"/*/; do
    run=${run%/}
    id=${run##*/}
    [ -d "$run" ] || continue
    find_state
    # One of Slurm's runs on another machine, and Slurm alone knows whether it still does.
    [ "$state" = dead ] && [ -d "$root/slurm/${id%%.*}" ] && state=running
    minutes=0
    for limit in 1 5 30 60 1440; do
        [ -n "$(find "$run/lease" -mmin "+$limit" 2>/dev/null)" ] && minutes=$limit
    done
    echo "job=$id $state $minutes"
done
exit 0
