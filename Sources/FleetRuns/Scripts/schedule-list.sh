# Lists the schedules of a master that lie here: schedule-list.sh ROOT MASTER prints
#   schedule=ID yes|no LAID WHEN   whether cron knows it, and the digest of what the master has laid
#   job=ID RUN.N.1 SECONDS STATE   each job whose results wait here, when it began, running, ended or dead
#   busy=RUN                       a run that goes on
enter_root "$1"
master=$2
# ID:1 for each that cron knows, and ID:x, which sorts behind that, for each that has a folder: one look through the table,
# which grows with the schedules, instead of one for each of them.
listing() {
    crontab -l 2>/dev/null | sed -n "s/.*# fleet \([A-Za-z0-9._-]*@$master\)\$/\1:1/p"
    for folder in "$root/schedules"/*@"$master"; do
        name=${folder##*/}
        case ${name%@*} in [-.]* | *[!A-Za-z0-9._-]*) ;; *) [ ! -d "$folder" ] || echo "$name:x" ;; esac
    done
}
in_table=
for entry in $(listing | LC_ALL=C sort); do
    name=${entry%:*}
    case $entry in *:1)
        in_table=$name
        continue
        ;;
    esac
    folder=$root/schedules/$name known=no
    { read -r when <"$folder/when"; } 2>/dev/null || continue
    [ "$name" != "$in_table" ] || known=yes
    laid=
    { read -r laid <"$folder/laid"; } 2>/dev/null
    echo "schedule=$name $known ${laid:--} $when"
    find_busy "$folder" && echo "busy=$busy"
    [ -f "$folder.history" ] || continue
    while read -r id seconds; do
        [ -d "$root/runs/$id" ] || continue
        find_state
        echo "job=$name $id $seconds $state"
    done <"$folder.history"
done
exit 0
