# Removes the folders and containers of jobs, and ends what of them still runs: discard.sh ROOT ID...
# Tells each that could not be removed, and ends with 73 then.
enter_root "$1"
shift
result=0
for id in "$@"; do
    run=$root/runs/${id:?}
    find_job_session
    found=$session
    [ -z "$found" ] || end_sessions || {
        say "can't end what still runs of the job $id"
        result=73
    }
    remove_job_container || {
        say "can't remove the container fleet-job-$id"
        result=73
    }
    # A worker may have left folders in which nobody may write. The links in it lead to the package, which stays as it is:
    # chmod -R follows none.
    [ -d "$run" ] && chmod -R u+rwx "$run" 2>/dev/null
    rm -rf "$run" 2>/dev/null
    [ -e "$run" ] && say "can't remove the folder $run" && result=73
done
rmdir "$root/runs" 2>/dev/null
exit "$result"
