# Ends what Slurm has of a run, and removes all that the run has left: slurm-end.sh ROOT RUN NAMES
# Ends with 75 when it still runs after a while, or when Slurm does not answer.
enter_root "$1"
need_slurm
run=$2 names=$3
tries=0
while
    queue=$(queue_of "$names") || exit 75
    [ -n "$queue" ]
do
    [ "$tries" -lt 100 ] || {
        say 'jobs are still in the queue'
        exit 75
    }
    [ $((tries % 20)) -eq 0 ] && for name in $(echo "$names" | tr , ' '); do scancel -Q -n "$name"; done
    tries=$((tries + 1))
    sleep 0.5 2>/dev/null || sleep 1
done
for folder in "$root/runs/$run."*; do [ ! -d "$folder" ] || remove_folder "$folder"; done
rm -rf "$root/slurm/${run:?}"
rmdir "$root/slurm" "$root/runs" 2>/dev/null
exit 0
