# Takes schedules away from this host: schedule-remove.sh ROOT ID...
enter_root "$1"
shift
for id in "$@"; do
    if crontab -l 2>/dev/null | grep -q "# fleet $id\$"; then
        crontab -l | grep -v "# fleet $id\$" | crontab - || {
            say "crontab can't be changed"
            exit 69
        }
    fi
    rm -rf "$root/schedules/${id:?}" || exit 73
done
rmdir "$root/schedules" 2>/dev/null
exit 0
