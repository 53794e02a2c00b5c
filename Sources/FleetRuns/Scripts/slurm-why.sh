# Why jobs are neither in the queue nor have left a trailer: slurm-why.sh ROOT RUN [POSITION.ATTEMPT NAME INDEX]...
# Prints `why=POSITION.ATTEMPT STATE NODE`, the state as Slurm calls it or UNKNOWN, and `said=POSITION.ATTEMPT TEXT` with
# what the job said before it had a folder.
enter_root "$1"
need_slurm
folder=$root/slurm/$2
shift 2
# Slurm itself forgets after some minutes (MinJobAge); where it keeps accounts they remember.
state_of() {
    line=$(scontrol -o show job "$1" 2>/dev/null) && [ -n "$line" ] && {
        state=${line#*JobState=}
        node=
        case $line in *' NodeList='*) node=${line#* NodeList=} ;; esac
        echo "${state%% *} ${node%% *}"
        return 0
    }
    have sacct && sacct -n -X -P -j "$1" -o State,NodeList 2>/dev/null | head -n 1 | tr '|' ' ' | sed 's/ by [0-9]*//'
}
while [ $# -ge 3 ]; do
    answer=
    for id in $(cat "$folder/$2.jobs" 2>/dev/null); do
        answer=$(state_of "${id}_$3")
        [ -z "$answer" ] || break
    done
    echo "why=$1 ${answer:-UNKNOWN}"
    [ -s "$folder/$1.error" ] && grep . "$folder/$1.error" | tail -n 1 | sed "s/^/said=$1 /"
    shift 3
done
exit 0
