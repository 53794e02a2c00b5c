# Lists the schedules of a master that lie here: schedule-list.sh ROOT MASTER prints
#   schedule=ID yes|no LAID WHEN   whether cron knows it, and the digest of what the master has laid
#   job=ID RUN.N.1 SECONDS STATE   each job whose results wait here, when it began, running, ended or dead
#   busy=RUN                    a run that goes on
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
    busy=
    { read -r process busy <"$folder.running"; } 2>/dev/null &&
        case $(tr '\0' ' ' 2>/dev/null <"/proc/$process/cmdline") in *"$name/run"*) echo "busy=$busy" ;; *) busy= ;; esac
    [ -f "$folder.history" ] || continue
    while read -r id seconds; do
        job=$root/runs/$id
        [ -d "$job" ] || continue
        state=dead
        if [ -f "$job/trailer" ]; then
            state=ended
        else
            for file in pid .starter; do
                read_number "$job/$file"
                is_job "$process" && state=running
            done
        fi
        echo "job=$name $id $seconds $state"
    done <"$folder.history"
done
exit 0
