# Reads what a process of a job has written of itself: sets `process` to its number and `born` to its identity; empty
# where there is none.
read_process() {
    process= born=
    { read -r process born <"$1"; } 2>/dev/null
    case $process in *[!0-9]*) process= born= ;; esac
}
# Whether the process that was read still lives: its supervisor, or what prepares it. A number may belong to somebody
# else by now.
is_job() {
    [ -n "$process" ] || return 1
    [ -d /proc/self ] || return 0
    if [ -n "$born" ]; then
        [ "$(identity "$process")" = "$born" ]
    else
        # An earlier fleet wrote the number alone.
        case $(tr '\0' ' ' 2>/dev/null <"/proc/$process/cmdline") in *"fleet-job-$id "* | *" $id "*) ;; *) return 1 ;; esac
    fi
}
# Sets `state` to how the job `id` stands: running, ended, or dead.
find_state() {
    state=dead
    if [ -f "$root/runs/$id/trailer" ]; then
        state=ended
        return
    fi
    for file in pid .starter; do
        read_process "$root/runs/$id/$file"
        is_job && state=running && return
    done
}
# Sets `session` to the session of the job `id`, nothing when none is left. A supervisor that was killed may have left its
# worker there. A session's number is nobody else's while anything is in it: only a leader of that number that was born
# later tells that it is another one. A job that was started without setsid has no session of its own.
find_job_session() {
    session=
    [ -f "$root/runs/$id/.session" ] || return 0
    read_process "$root/runs/$id/pid"
    [ -n "$process" ] || return 0
    if [ -z "$born" ]; then
        # An earlier fleet wrote the number alone, which proves nothing once that process is gone.
        is_job && session=$process
        return 0
    fi
    # A number of another boot, or of another machine that shares this folder, means nothing here.
    is_here "$born" || return 0
    case $born in *".$(boot_id)."*) ;; *) return 0 ;; esac
    [ -d "/proc/$process" ] && ! is_job && ! is_ended || session=$process
}
# Whether the process that was read is the right one and about to go.
is_ended() {
    { read -r line <"/proc/$process/stat"; } 2>/dev/null || return 0
    set -- ${line##*) }
    [ "$1" = Z ] && case $born in "$process.${20}."*) ;; *) return 1 ;; esac
}
# Ends the container of the job `id`, if it has one: it is no child of anything here.
remove_job_container() {
    engine=
    { read -r engine <"$root/runs/$id/.engine"; } 2>/dev/null
    case $engine in docker | podman) remove_container "$engine" "fleet-job-$id" ;; esac
}
