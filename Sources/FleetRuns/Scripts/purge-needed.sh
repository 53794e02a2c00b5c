# What needs fleet's folder now: tell_needs prints `job=ID` for each job that runs here, `elsewhere=ID MACHINE` for one
# that may run on another machine that shares the folder, `slurm=RUN` for each run that Slurm is not known to be done with,
# `schedule=ID` for what cron starts, `push=NAME` for a package that somebody installs, and `process=NUMBER NAME` for
# whatever else works in the folder. Sets `runs` to how many there are, and `machines` to the others that had jobs here.
tell_needs() {
    runs=0 machines=' ' sessions=
    for run in "$root/runs"/*/; do
        [ -d "$run" ] || continue
        runs=$((runs + 1))
        id=${run%/}
        id=${id##*/}
        look_at_job
    done
    for run in "$root/slurm"/*/; do
        run=${run%/}
        [ ! -d "$run" ] || is_slurm_done || forbid "slurm=${run##*/}"
    done
    look_at_schedules
    look_at_pushes
    look_at_processes
}
look_at_job() {
    find_state
    named=
    for file in pid .starter; do
        read_process "$root/runs/$id/$file"
        [ -n "$process" ] || continue
        named=yes
        [ -n "$born" ] && ! is_here "$born" || continue
        # NUMBER.START.BOOT.MACHINE.
        other=${born#*.*.*.}
        case $machines in *" $other "*) ;; *) machines="$machines$other " ;; esac
        [ "$state" != dead ] || state=elsewhere at=$other
    done
    case $state in
    ended) return 0 ;;
    elsewhere) forbid "elsewhere=$id $at" ;;
    running) forbid "job=$id" ;;
    dead) { [ -z "$named" ] && is_new "$root/runs/$id"; } || has_worker && forbid "job=$id" ;;
    esac
}
# A job is nobody's for the moment between its folder and its first process.
is_new() { [ -n "$(find "$1" -maxdepth 0 -mmin -10 2>/dev/null)" ]; }
# Whether a supervisor that was killed has left its worker: in its session, or in a container.
has_worker() {
    find_job_session
    [ -z "$session" ] || {
        [ -n "$sessions" ] || sessions=" $(all_sessions | sort -u | tr '\n' ' ') "
        # What has ended and was not waited for yet is in its session, too.
        found=$session
        case $sessions in *" $session "*) [ -z "$(members)" ] || return 0 ;; esac
    }
    engine=
    { read -r engine <"$root/runs/$id/.engine"; } 2>/dev/null
    case $engine in docker | podman) ;; *) return 1 ;; esac
    have "$engine" || return 1
    # An engine that does not answer has not said that there is none.
    left=$(patient "$engine" container ls -aq --filter "name=^fleet-job-$id\$" 2>/dev/null) && [ -z "$left" ] && return 1
    return 0
}
# Whether all that a run has submitted has ended: each task has its trailer, or Slurm has nothing of it any more.
is_slurm_done() {
    tasks=0 open= names=
    for words in "$run"/*.words; do
        [ -f "$words" ] || continue
        tasks=$((tasks + 1))
        name=${words##*/}
        [ -f "$root/runs/${run##*/}.${name%.words}/trailer" ] || open=yes
    done
    [ "$tasks" -eq 0 ] || [ -n "$open" ] || return 0
    for jobs in "$run"/*.jobs; do
        name=${jobs##*/}
        [ ! -f "$jobs" ] || names=$names,${name%.jobs}
    done
    [ -n "$names" ] && have squeue || return 1
    queue=$(patient squeue -h -n "${names#,}" -o %j 2>/dev/null) && [ -z "$queue" ]
}
look_at_schedules() {
    readable=yes
    read_table || readable=
    for folder in "$root/schedules"/*/; do
        folder=${folder%/}
        [ -d "$folder" ] || continue
        known=
        case $table in *"# fleet ${folder##*/}"*) known=yes ;; esac
        # A machine that shares the folder has a crontab of its own.
        [ -z "$known" ] && [ -n "$readable" ] && [ "$machines" = ' ' ] && ! find_busy "$folder" ||
            forbid "schedule=${folder##*/}"
    done
}
look_at_pushes() {
    me=
    for lock in "$root/packages"/*/.lock; do
        [ -L "$lock" ] || continue
        find_owner
        [ -n "$owner" ] || continue
        # Who is on another machine can't be seen, but for signs of life; see package-lock.sh.
        is_here "$owner" || [ -n "$(find "$lock.info" "$link" -mmin -30 2>/dev/null)" ] || continue
        lock=${lock%/.lock}
        forbid "push=${lock##*/}"
    done
    for folder in "$root/incoming/image".*; do
        [ ! -d "$folder" ] || ! is_new "$folder" || forbid "push=${folder##*/}"
    done
}
# Whatever it is, it would lose the ground below its feet. What only sees a job off, as timeout(1) does, goes in a moment.
look_at_processes() {
    tries=0
    while
        working=$(list_processes)
        [ -n "$working" ] && [ -z "$forbidden" ] && [ "$tries" -lt 3 ]
    do
        tries=$((tries + 1))
        sleep 1
    done
    [ -n "$working" ] || return 0
    printf '%s\n' "$working"
    forbidden=yes
}
list_processes() {
    listed=$(ls -ld /proc/[0-9]*/cwd 2>/dev/null | sed -n 's|^.* /proc/\([0-9]*\)/cwd -> |\1 |p')
    while read -r process place; do
        case $place/ in "$root"/*) ;; *) continue ;; esac
        # In a container the same path is another folder.
        [ "$(readlink "/proc/$process/ns/mnt")" = "$(readlink /proc/self/ns/mnt)" ] || continue
        { read -r name <"/proc/$process/comm"; } 2>/dev/null || continue
        echo "process=$process $name"
    done <<END
$listed
END
}
