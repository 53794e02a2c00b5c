# The processes of sessions, and their end. Expects `found`: the numbers of the sessions.
session_of() {
    # The name in parentheses may hold anything; the session is the fourth field after it.
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
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
# TERM first; who is still there after two seconds gets KILL.
end_sessions() {
    kill -TERM $(members) 2>/dev/null
    tries=0
    while [ -n "$(members)" ]; do
        tries=$((tries + 1))
        [ "$tries" -gt 20 ] && kill -KILL $(members) 2>/dev/null
        [ "$tries" -gt 40 ] && return 1
        sleep 0.1 2>/dev/null || sleep 1
    done
    return 0
}
