# How the tasks of a run stand with Slurm: slurm-poll.sh ROOT RUN NAMES
# Prints `queued=NAME INDEX STATE REASON` for what Slurm has of the arrays NAMES, then `ended=POSITION.ATTEMPT NODE` and
# `begun=POSITION.ATTEMPT NODE` for the jobs that have a folder. Before that it removes those whose names come on
# standard input, one a line: their results are at home.
enter_root "$1"
need_slurm
run=$2
while IFS= read -r old; do
    remove_folder "$root/runs/$run.${old:?}"
    rm -f "$root/slurm/$run/${old:?}".*
done
# Asked first: what is not there any more has written its trailer by then.
queue=$(queue_of "$3") || exit 75
[ -z "$queue" ] || printf '%s\n' "$queue" | sed 's/^/queued=/'
for folder in "$root/runs/$run."*; do
    [ -d "$folder" ] || continue
    job=${folder##*/}
    job=${job#"$run."}
    node=
    { read -r node <"$root/slurm/$run/$job.node"; } 2>/dev/null
    if [ -f "$folder/trailer" ]; then echo "ended=$job $node"; else echo "begun=$job $node"; fi
done
exit 0
