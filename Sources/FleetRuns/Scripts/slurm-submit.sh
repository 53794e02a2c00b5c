# Submits tasks of a run to Slurm as one array: slurm-submit.sh ROOT RUN NAME ATTEMPT SHIFT OPTION...
# What the tasks need comes as a tar on standard input; a task's index and SHIFT are its position in the run. Prints
# job=ID. Ends with 65 when sbatch refuses, with partition=NAME for each that there is; with 69 where there is no Slurm,
# and with 75 when it does not answer now.
enter_root "$1"
need_slurm
umask 077
# Not as this machine's kernel names it: the nodes may mount it otherwise.
case $1 in /*) folder=$1/slurm/$2 ;; *) folder=${HOME:-$(cd && pwd)}/$1/slurm/$2 ;; esac
name=$3 attempt=$4 shift=$5
shift 5
mkdir -p "$folder" && (cd "$folder" && unpack) || {
    say "can't write to the folder $folder"
    exit 73
}
# Of an option that is there twice the last one counts: nobody's options take the name away.
job=$(sbatch --nodes=1 --ntasks=1 "$@" --parsable --job-name="$name" --chdir="$folder" --input=/dev/null \
    --output=/dev/null --no-requeue --export=ALL "$folder/task" "$folder" "$attempt" "$shift" 2>"$folder/said")
status=$?
said=$(cat "$folder/said")
rm -f "$folder/said"
if [ "$status" -ne 0 ]; then
    say "$said"
    is_away "$said" && exit 75
    sinfo -h -o %R 2>/dev/null | sort -u | sed 's/^/partition=/'
    exit 65
fi
# With several clusters it is ID;CLUSTER.
echo "${job%%;*}" >>"$folder/$name.jobs"
echo "job=${job%%;*}"
