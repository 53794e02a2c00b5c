# Ends every process of the sessions in which a command with one of the nonces on standard input runs, and the container
# that one of them has an engine run: it is no child of theirs.
# sshd gives each command a session of its own; the nonce stands in the command's arguments, and here it comes on
# standard input so that this script does not find itself.
marks=$(cat)
[ -d /proc/self ] || exit 3
self=$$

# The session of each process whose arguments hold one of the marks, and @ENGINE:NAME of a container.
sessions() {
    for process in /proc/[0-9]*; do
        number=${process#/proc/}
        [ "$number" = "$self" ] && continue
        # Each argument ends in a space: the mark of job.1 is not found in job.10.
        arguments=$(tr '\0' ' ' 2>/dev/null <"$process/cmdline") || continue
        for mark in $marks; do
            case $arguments in
            *"$mark "*) session_of "$number" ;;
            *) continue ;;
            esac
            case $arguments in
            *"docker run "*"--name $mark "*) echo "@docker:$mark" ;;
            *"podman run "*"--name $mark "*) echo "@podman:$mark" ;;
            esac
        done
    done
}
found= containers=
for word in $(sessions | sort -u); do
    case $word in
    @*) containers="$containers ${word#@}" ;;
    *) found="$found $word" ;;
    esac
done
[ -n "$found" ] || exit 0
end_sessions
result=$?
for container in $containers; do
    remove_container "${container%%:*}" "${container#*:}" || result=1
done
exit "$result"
