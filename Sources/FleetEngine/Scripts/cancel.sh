# Ends every process of the sessions in which a command with one of the nonces on standard input runs.
# sshd gives each command a session of its own; the nonce stands in the command's arguments, and here it comes on
# standard input so that this script does not find itself.
marks=$(cat)
self=$$

# The session of each process whose arguments hold one of the marks.
sessions() {
    for process in /proc/[0-9]*; do
        number=${process#/proc/}
        [ "$number" = "$self" ] && continue
        # Each argument ends in a space: the mark of job.1 is not found in job.10.
        arguments=$(tr '\0' ' ' <"$process/cmdline" 2>/dev/null) || continue
        for mark in $marks; do
            case $arguments in
            *"$mark "*) session_of "$number" ;;
            esac
        done
    done
}
session_of() {
    # The name in parentheses may hold anything; the session is the fourth field after it.
    { read -r line </proc/$1/stat; } 2>/dev/null || return 0
    set -- ${line##*) }
    [ "${4:-0}" -gt 1 ] && echo "$4"
}
members() {
    for stat in /proc/[0-9]*/stat; do
        { read -r line <"$stat"; } 2>/dev/null || continue
        number=${line%% *}
        set -- ${line##*) }
        [ "$1" = Z ] && continue
        for session in $found; do [ "${4:-0}" = "$session" ] && echo "$number"; done
    done
}
found=$(sessions | sort -u)
[ -n "$found" ] || exit 0
kill -TERM $(members) 2>/dev/null
tries=0
while [ -n "$(members)" ]; do
    tries=$((tries + 1))
    [ "$tries" -gt 20 ] && kill -KILL $(members) 2>/dev/null
    [ "$tries" -gt 40 ] && exit 1
    sleep 0.1 2>/dev/null || sleep 1
done
exit 0
