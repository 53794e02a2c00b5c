# Ends what one command of fleet's has left running. Standard input has four lines, so that this script does not find
# itself: the command's nonce; fleet's folder and the name of a job, where it has started one, else nothing; and `end`.
# Ends with 0 when nothing of it is left, with 3 where nobody can tell.
#
# The last line shows that the input is whole. When the connection breaks in the middle of it, the nonce is cut or empty,
# and other commands hold that, too.
command= place= id= last=
IFS= read -r command && IFS= read -r place && IFS= read -r id && IFS= read -r last
[ "$last" = end ] && [ -n "$command" ] || exit 3
[ -d /proc/self ] || exit 3

# Whether a process is a command of fleet's with this nonce, by the place that the nonce has among its arguments: `-c
# SCRIPT fleet NONCE` and `-c LINE NONCE` are fleet's own, `-c LINE` a login shell with a line of fleet's. Nobody else's
# session is ended for having the nonce somewhere.
is_own() {
    words=$(tr '\0\n' '\n ' 2>/dev/null <"/proc/$1/cmdline") || return 1
    option= line= third= fourth=
    {
        read -r option
        IFS= read -r option
        # The shell may be one of many programs in one file.
        case $option in sh | ash) IFS= read -r option ;; esac
        IFS= read -r line
        IFS= read -r third
        IFS= read -r fourth
    } <<END
$words
END
    case $option in -*c) ;; *) return 1 ;; esac
    [ "$third" = "$command" ] || [ "$third $fourth" = "fleet $command" ] || case $line in
    *@fleet*"$command"*) ;;
    *) return 1 ;;
    esac
}
# The sessions of the command, and the processes of it that are in a session of somebody else's.
candidates() {
    if echo | grep -qz . 2>/dev/null; then
        grep -lzsF "$command" /proc/[0-9]*/cmdline 2>/dev/null
    else
        # Without -z a busybox ends its line at the first zero byte: each process is looked at by itself.
        ls -d /proc/[0-9]*/cmdline
    fi
}
found= alone=
for file in $(candidates); do
    number=${file#/proc/}
    number=${number%/cmdline}
    [ "$number" != $$ ] && is_own "$number" || continue
    session=$(session_of "$number")
    # A server may start its commands in its own session.
    if [ -n "$session" ] && { [ ! -d "/proc/$session" ] || is_own "$session"; }; then
        found="$found $session"
    else
        alone="$alone $number"
    fi
done
result=0
if [ -n "$id" ]; then
    enter_root "$place"
    find_job_session
    found="$found $session"
fi
case "$found$alone" in
*[0-9]*) end_sessions || result=1 ;;
esac
[ -z "$id" ] || remove_job_container || result=1
exit "$result"
