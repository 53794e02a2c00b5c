# Removes the folders and containers of jobs, and ends what of them still runs: discard.sh ROOT [ID...]. Without an ID
# they come on standard input, one a line, and `end` is the last one: a command line does not hold thousands. Prints
# gone=ID for each of which nothing is left, tells each that could not be removed, and ends with 73 then.
enter_root "$1"
shift
# Names of jobs hold no blanks. A list that was cut off may end in the beginning of a name, which is another job's.
[ "$#" -gt 0 ] || {
    list=$(cat && echo .)
    case $list in
    *"
end
.") set -- ${list%end*} ;;
    *)
        say "the list of jobs arrived cut off"
        exit 73
        ;;
    esac
}
# Asked once: a session that has nothing in it now gets nothing any more.
sessions=" $(all_sessions | sort -u | tr '\n' ' ') "
# Fails when something of it still runs.
end_job() {
    find_job_session
    found=
    case $sessions in *" $session "*) found=$session ;; esac
    [ -z "$found" ] || end_sessions || {
        say "can't end what runs of the job $id"
        return 1
    }
    remove_job_container || {
        say "can't remove the container fleet-job-$id"
        return 1
    }
}
# The folders of jobs whose ids are given: with one program, since each one more takes its time.
remove_folders() {
    for id in "$@"; do
        shift
        case $running in *" $id "*) ;; *) set -- "$@" "$root/runs/$id" ;; esac
    done
    [ "$#" -eq 0 ] || rm -rf "$@" 2>/dev/null
}
# What did not go with the others.
remove_folder() {
    [ -e "$run" ] || return 0
    # A worker may have left folders in which nobody may write. The links in it lead to the package, which stays as it is:
    # chmod -R follows none.
    [ -d "$run" ] && chmod -R u+rwx "$run" 2>/dev/null
    rm -rf "$run" 2>/dev/null
    [ ! -e "$run" ] || {
        say "can't remove the folder $run"
        return 1
    }
}
result=0 running=' '
for id in "$@"; do
    run=$root/runs/${id:?}
    end_job || running="$running$id "
done
remove_folders "$@"
for id in "$@"; do
    run=$root/runs/$id
    case $running in *" $id "*) result=73 && continue ;; esac
    if remove_folder; then echo "gone=$id"; else result=73; fi
done
rmdir "$root/runs" 2>/dev/null
exit "$result"
