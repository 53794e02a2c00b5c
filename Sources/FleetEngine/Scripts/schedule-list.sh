# Lists the schedules of a master that lie here: schedule-list.sh ROOT MASTER prints
#   schedule=ID yes|no LAID WHEN   whether cron knows it, and the digest of what the master has laid
#   job=ID RUN.N.1 SECONDS STATE   each job whose results wait here, when it began, running, ended or dead
#   busy=RUN                       a run that goes on
enter_root "$1"
master=$2
table=$(crontab -l 2>/dev/null)
for folder in "$root/schedules"/*@"$master"; do
    [ -d "$folder" ] || continue
    name=${folder##*/}
    { read -r when <"$folder/when"; } 2>/dev/null || continue
    known=no
    case $table in *"# fleet $name"*) known=yes ;; esac
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
