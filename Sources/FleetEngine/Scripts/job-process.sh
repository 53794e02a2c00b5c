# Whether a process is one of the job `id`: its supervisor, or what prepares it. A number may belong to somebody else by
# now.
is_job() {
    [ -n "$1" ] || return 1
    [ -d /proc/self ] || return 0
    case $(tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline") in *"fleet-job-$id "* | *" $id "*) ;; *) return 1 ;; esac
}
# Sets `process` to the number in a file; empty when there is none.
read_number() {
    process=
    { read -r process <"$1"; } 2>/dev/null
}
# Sets `state` to how the job `id` stands: running, ended, or dead.
find_state() {
    state=dead
    if [ -f "$root/runs/$id/trailer" ]; then
        state=ended
        return
    fi
    for file in pid .starter; do
        read_number "$root/runs/$id/$file"
        is_job "$process" && state=running
    done
}
