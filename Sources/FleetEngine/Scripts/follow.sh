# Follows a job in the current folder: its output goes out as it grows, and its trailer ends it.
# Expects: supervisor, the process to watch.
is_alive() {
    kill -0 "$1" 2>/dev/null || return 1
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
    case ${line##*) } in Z*) return 1 ;; esac
}
nap() { sleep "$1" 2>/dev/null || sleep 1; }

# Sends what a file has grown by since the last time; sets `sent`.
emit() {
    sent=$2
    size=$(($(wc -c <"$1")))
    [ "$size" -gt "$2" ] || return 0
    tail -c "+$(($2 + 1))" "$1" | head -c "$((size - $2))"
    sent=$size
}
out=0 err=0 pause=0.05
while :; do
    # Looked at first: what comes before the trailer is then surely in the files.
    ended=
    [ -f trailer ] && ended=yes
    [ -z "$ended" ] && ! is_alive "$supervisor" && [ ! -f trailer ] && {
        say "the job was killed together with its supervisor"
        exit 70
    }
    before=$((out + err))
    emit stdout "$out"
    out=$sent
    emit stderr "$err" >&2
    err=$sent
    [ -n "$ended" ] && break
    [ "$((out + err))" -gt "$before" ] && pause=0.05
    nap "$pause"
    [ "$((out + err))" -eq "$before" ] && pause=0.2
done
printf '\n@job %s %s\n' "$nonce" "$(cat trailer)" >&2
exit 0
