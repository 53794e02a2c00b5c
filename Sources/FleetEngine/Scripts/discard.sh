# Removes the folders of jobs, and ends what of them still runs: discard.sh ROOT ID...
enter_root "$1"
shift
for id in "$@"; do
    run=$root/runs/${id:?}
    # A supervisor that was killed may have left its worker: they share the session. Its number may belong to somebody
    # else by now, so only a session that works in this very folder is ended.
    found=$(cat "$run/pid" 2>/dev/null)
    for process in ${found:+$(members)}; do
        [ "$(readlink "/proc/$process/cwd")" = "$run" ] && end_sessions && break
    done
    rm -rf "$run"
done
rmdir "$root/runs" 2>/dev/null
exit 0
