# Lays a schedule on this host: schedule-push.sh ROOT ID WHEN; its folder comes as a tar on standard input. Prints
# cron=running or cron=absent, and replaced=LAID for what lay there. Ends with 69 where there is no cron; with 75 when
# other tasks of that name run now, or have left results, which would be taken for those of the new ones.
enter_root "$1"
id=$2 when=$3
have crontab || {
    say "there is no crontab"
    exit 69
}
umask 077
folder=$root/schedules/$id
rm -rf "$folder.new" "$folder.old"
mkdir -p "$folder.new" && (cd "$folder.new" && unpack) || {
    say "can't write to the folder $folder.new"
    exit 73
}
if is_in_use "$folder" && [ "$(cat "$folder/laid" 2>/dev/null)" != "$(cat "$folder.new/laid")" ]; then
    rm -rf "$folder.new"
    exit 75
fi
# That of cron itself is short.
printf '%s\n' "$PATH" >"$folder.new/path"
replaced=
{ read -r replaced <"$folder/laid"; } 2>/dev/null && echo "replaced=$replaced"
[ -d "$folder" ] && mv "$folder" "$folder.old"
mv "$folder.new" "$folder" || exit 73
rm -rf "$folder.old"
# In a crontab a % ends the command.
path=$(printf '%s' "$folder/run" | sed "s/'/'\\\\''/g; s/%/\\\\%/g")
read_table && {
    table_without "$id"
    printf '%s\n' "$when /bin/sh '$path' >/dev/null 2>&1 # fleet $id"
} | crontab - || {
    say "crontab can't be changed"
    exit 69
}
cron=absent
for file in /proc/[0-9]*/comm; do
    { read -r name <"$file"; } 2>/dev/null || continue
    case $name in cron | crond | *-cron | cronie) cron=running ;; esac
done
echo "cron=$cron"
