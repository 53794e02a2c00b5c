# Takes schedules away from this host: schedule-remove.sh ROOT ID...
# What still runs, or has left results, only loses its line in the crontab: then it ends with 75.
enter_root "$1"
shift
result=0
for id in "$@"; do
    folder=$root/schedules/$id
    read_table && case "$table
" in
    *" # fleet $id
"*) table_without "$id" | crontab - ;;
    esac || {
        say "crontab can't be changed"
        exit 69
    }
    if is_in_use "$folder"; then
        result=75
        continue
    fi
    rm -rf "$folder" "$folder.history" "$folder.running" "$folder.kept" || exit 73
done
rmdir "$root/schedules" 2>/dev/null
exit "$result"
