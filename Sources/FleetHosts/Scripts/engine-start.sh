# Whether container engines really start a container: engine-start.sh ENGINE...
# The image is this host's own `true` with its libraries: nothing is fetched, and nothing stays.
image=localhost/fleet-doctor:$$
started=
at_end() { [ -z "$started" ] || patient "$started" rmi -f "$image" >/dev/null 2>&1; }
one_true() {
    program=$(command -v true)
    case $program in /*) ;; *) program=/bin/true ;; esac
    libraries=$(ldd "$program" 2>/dev/null | sed -n 's/^[^/]*\(\/[^ ]*\).*/\1/p')
    tar -chf - -C / $(printf '%s\n' "$program" $libraries | sed 's,^/*,,') 2>/dev/null
}
for engine in "$@"; do
    have "$engine" || continue
    started=$engine
    if ! said=$(one_true | patient "$engine" import - "$image" 2>&1 >/dev/null); then
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
