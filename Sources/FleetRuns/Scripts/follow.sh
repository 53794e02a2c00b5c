# Follows a job in the current folder: its output goes out as it grows, and its trailer ends it.
# Expects: supervisor, the process to watch.
is_alive() {
    # A job of Slurm's, for as long as the run and its own folder are there.
    [ -d "${cluster:-}" ] && [ -f lease ] && return
    kill -0 "$1" 2>/dev/null || return 1
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
    case ${line##*) } in Z*) return 1 ;; esac
}
nap() { sleep "$1" 2>/dev/null || sleep 1; }

# Renews the lease from a process of its own: what sends the output waits for as long as nobody reads it at home, and the
# job must not end for that. It ends with this shell, and when the server that this shell was started by is gone, which
# this shell itself sees no sooner than it writes again. It holds none of the files on which the server waits.
keeper=
keep_lease() {
    [ -z "$keeper" ] || return 0
    me=$(identity $$)
    renew_lease </dev/null >/dev/null 2>&1 &
    keeper=$!
}
at_end() { [ -z "$keeper" ] || kill "$keeper" 2>/dev/null; }
renew_lease() {
    trap - EXIT INT
    number=0 pause=
    trap 'kill "$pause"; exit' TERM
    while is_followed; do
        number=$((number + 1))
        # Never the same twice, whoever else follows.
        echo "$$ $number" >lease
        sleep 10 &
        pause=$!
        wait "$pause"
    done
}
is_followed() {
    [ "$(identity $$)" = "$me" ] || return 1
    { read -r line <"/proc/$$/stat"; } 2>/dev/null || return 0
    set -- ${line##*) }
    [ "$2" = "$PPID" ]
}

# Sends what a file has grown by since the last time; sets `sent`. Who else follows may have it home and take it away at
# any moment: what is not sent then is there.
emit() {
    sent=$2
    [ -s "$1" ] || return 0
    { size=$(($(wc -c <"$1" || echo 0))); } 2>/dev/null
    [ "$size" -gt "$2" ] || return 0
    # Less than this fits into any pipe.
    [ "$size" -le 4096 ] || keep_lease
    tail -c "+$(($2 + 1))" "$1" 2>/dev/null | head -c "$((size - $2))"
    sent=$size
}
# The memory of the job's processes, the most that each has had, in KiB; sets `peak` when it is more than before.
look_at_memory() {
    # Here is but the client of the engine.
    [ ! -f .engine ] || return 0
    sum=0
    # Read by cat, since the shell reads a byte at a time.
    set -- /proc/[0-9]*/stat
    stats=$(cat "$@" 2>/dev/null)
    IFS="
"
    set -f
    for line in $stats; do
        unset IFS
        case $line in *" $supervisor "*) ;; *) continue ;; esac
        set -- "${line%% *}" ${line##*) }
        [ "${5:-0}" = "$supervisor" ] && [ "$1" != "$supervisor" ] || continue
        while read -r key value _; do
            [ "$key" = VmHWM: ] && sum=$((sum + value)) && break
        done <"/proc/$1/status"
    done 2>/dev/null
    unset IFS
    set +f
    [ "$sum" -gt "$peak" ] && peak=$sum
}
# Tells the newest whole line that the worker wrote to its descriptor 3; what came before it is of no use any more.
newline='
'
told=
tell_progress() {
    [ -s progress ] || return 0
    # `end`, or what is not a whole line yet, stands after the last line break.
    text=$(tail -c 4000 progress 2>/dev/null && echo end)
    case $text in *"$newline"*) ;; *) return 0 ;; esac
    text=${text%"$newline"*}
    line=${text##*"$newline"}
    [ -z "$line" ] || [ "$line" = "$told" ] || mark progress "$line"
    told=$line
}
out=${out:-0} err=${err:-0} pause=0.01 round=0 peak=0
while :; do
    # Looked at first: what comes before the trailer is then surely in the files.
    ended=
    [ -f trailer ] && ended=yes
    [ -z "$ended" ] && ! is_alive "$supervisor" && [ ! -f trailer ] && exit 70
    before=$((out + err))
    emit stdout "$out"
    out=$sent
    emit stderr "$err" >&2
    err=$sent
    tell_progress
    [ -n "$ended" ] && break
    round=$((round + 1))
    case $round in
    5 | 10 | 20 | 30) look_at_memory ;;
    *00 | *50)
        # Ten seconds or more: somebody is here, and somebody is there.
        look_at_memory
        keep_lease
        mark alive || exit 70
        ;;
    esac
    [ "$((out + err))" -gt "$before" ] && pause=0.05
    nap "$pause"
    case $pause in 0.01) pause=0.02 ;; 0.02) pause=0.05 ;; *) [ "$((out + err))" -eq "$before" ] && pause=0.2 ;; esac
done
read -r trailer <trailer
[ ! -s .usage ] || read -r _ _ peak <.usage
mark "job $trailer $peak"
exit 0
