# Whether container engines really start a container: engine-start.sh ENGINE...
# The image is this host's own `true` with its libraries: nothing is fetched, and nothing stays.
image=localhost/fleet-doctor:$$
started=
# Others may be at the same: an engine that is busy with their images may refuse once.
at_end() {
    [ -n "$started" ] || return 0
    for try in 1 2 3; do patient "$started" rmi -f "$image" >/dev/null 2>&1 && return 0; done
}
one_true() {
    program=$(command -v true)
    case $program in /*) ;; *) program=/bin/true ;; esac
    libraries=$(ldd "$program" 2>/dev/null | sed -n 's/^[^/]*\(\/[^ ]*\).*/\1/p')
    tar -chf - -C / $(printf '%s\n' "$program" $libraries | sed 's,^/*,,') 2>/dev/null
}
for engine in "$@"; do
    have "$engine" || continue
    started=$engine
    # What a trial before has left that was ended by force.
    patient "$engine" image prune -af --filter label=fleet.doctor --filter until=1h >/dev/null 2>&1 </dev/null
    # The label makes the image another one than those of others, which would lose it with theirs.
    if ! said=$(one_true | patient "$engine" import --change "LABEL fleet.doctor=$$" - "$image" 2>&1 >/dev/null); then
        echo "problem=$engine $(printf '%s\n' "$said" | tail -n 1)"
    elif said=$(patient "$engine" run --rm --network none --pull never "$image" "$(command -v true | grep / || echo /bin/true)" \
        2>&1 >/dev/null </dev/null); then
        echo "starts=$engine"
    else
        status=$?
        case $status in 124 | 137 | 143) said='no answer' ;; esac
        echo "problem=$engine $(printf '%s\n' "$said" | grep -v '^$' | tail -n 1)"
    fi
    at_end
    started=
done
exit 0
