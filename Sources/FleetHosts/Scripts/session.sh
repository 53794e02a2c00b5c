# The processes of sessions, and their end. Expects `found`, the numbers of the sessions, and `alone`, processes that are
# ended with all below them.
found= alone=
session_of() {
    # The name in parentheses may hold anything; the session is the fourth field after it.
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
    set -- ${line##*) }
    [ "${4:-0}" -gt 1 ] && echo "$4"
}
# The sessions that have anything in them.
all_sessions() {
    set -- /proc/[0-9]*/stat
    cat "$@" 2>/dev/null | while IFS= read -r line; do
        set -- ${line##*) }
        echo "${4:-0}"
    done
}
members() {
    known=" $alone "
    # Read by cat, since the shell reads a byte at a time. Parents come before their children as a rule, and a child that
    # was missed is found the next time.
    set -- /proc/[0-9]*/stat
    cat "$@" 2>/dev/null | {
        while IFS= read -r line; do
            number=${line%% *}
            case $number in *[!0-9]* | '') continue ;; esac
            set -- ${line##*) }
            [ "$1" = Z ] && continue
            case " $found " in *" ${4:-0} "*)
                echo "$number"
                continue
                ;;
            esac
            case $known in *" $number "* | *" ${2:-0} "*)
                known="$known$number "
                echo "$number"
                ;;
            esac
        done
    }
}
# TERM first; who is still there after two seconds gets KILL.
end_sessions() {
    tries=0
    left=$(members)
    kill -TERM $left 2>/dev/null
    while [ -n "$left" ]; do
        tries=$((tries + 1))
        [ "$tries" -gt 20 ] && kill -KILL $left 2>/dev/null
        [ "$tries" -gt 40 ] && return 1
        sleep 0.1 2>/dev/null || sleep 1
        left=$(members)
    done
    return 0
}
