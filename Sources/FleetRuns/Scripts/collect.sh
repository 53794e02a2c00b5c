# Sends what a job has left as a tar stream: collect.sh ROOT ID PATTERN...
# That is work/out and the two streams, and what matches a pattern in the worker's folder, work.
# A file that can't be read is told as @unreadable PATH on standard error, what else tar has to say as @tar TEXT; the
# rest of the results is fine, and comes.
enter_root "$1"
cd "$root/runs/$2" || exit 72
shift 2
# An earlier fleet let the worker run in the job's own folder.
work=work/
[ -d work ] || work=
count=$#
# A pattern is one word, whatever it holds.
IFS=
while [ "$count" -gt 0 ]; do
    pattern=$1
    shift
    for file in $work$pattern; do
        # The streams have these names at home.
        case ${file#"$work"} in out | out/* | stdout | stderr) continue ;; esac
        # What is a link leads to the package.
        [ -e "$file" ] && [ ! -L "$file" ] && set -- "$@" "./$file"
    done
    count=$((count - 1))
done
unset IFS
# A worker may have removed it.
[ ! -e "${work}out" ] || set -- "${work}out" "$@"
# Its words go into a variable, its bytes past it.
{ said=$(LC_ALL=C tar -cf - stdout stderr "$@" 2>&1 >&3); } 3>&1
status=$?

# Tells what tar said; a reason that no note explains ends this script.
tell() {
    explained=
    while IFS= read -r line; do
        line=${line#tar: }
        case $line in
        '' | Exiting* | *'error exit delayed'*) ;;
        *'Permission denied'*)
            # GNU: `PATH: Cannot open: Permission denied`; busybox: `can't open 'PATH': Permission denied`.
            line=${line%: Permission denied*}
            line=${line#"can't open '"}
            line=${line%": Cannot "*}
            line=${line#"$work"}
            say "@unreadable ${line%"'"}"
            explained=yes
            ;;
        *)
            # GNU tar has 1 for a file that changed, and busybox for all that it could go on after.
            [ "$status" -gt 1 ] && say "$line" && return "$status"
            say "@tar $line"
            explained=yes
            ;;
        esac
    done
    [ "$status" -eq 0 ] || [ -n "$explained" ] || return "$status"
}
tell <<END
$said
END
exit $?
