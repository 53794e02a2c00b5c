# Ends a container and removes it: remove_container ENGINE NAME. Fails when it is still there.
remove_container() {
    # By KILL, before anything else: to remove one, podman waits ten seconds after a TERM, and when it is cut off meanwhile
    # it takes the container for stopped that still runs.
    "$1" kill "$2" >/dev/null 2>&1
    for try in 1 2 3 4 5 6 7 8 9 10; do
        "$1" rm -f "$2" >/dev/null 2>&1
        left=$("$1" container ls -aq --filter "name=^$2\$" 2>/dev/null) && [ -z "$left" ] && return 0
        sleep 0.1 2>/dev/null || sleep 1
    done
    return 1
}
