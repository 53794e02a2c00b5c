# The user's crontab, of which nothing that is not fleet's may get lost.
# Sets `table`. Fails when there may be one that can't be read: what is then written would replace it.
read_table() {
    table=
    have crontab || return 0
    table=$(LC_ALL=C crontab -l 2>&1) && return 0
    case $table in
    *'no crontab'* | *'No such file'*) table= ;;
    *) return 1 ;;
    esac
}
# Prints the table without the line of a schedule.
table_without() {
    [ -z "$table" ] || printf '%s\n' "$table" | while IFS= read -r line; do
        case $line in *" # fleet $1") ;; *) printf '%s\n' "$line" ;; esac
    done
}
# Sets `busy` to the run of a schedule that goes on: FOLDER. Fails when none does.
find_busy() {
    busy=
    { read -r process busy <"$1.running"; } 2>/dev/null || return 1
    case $(tr '\0' ' ' 2>/dev/null <"/proc/$process/cmdline") in *"${1##*/}/run"*) return 0 ;; esac
    busy=
    return 1
}
# Whether a run of a schedule goes on, or the results of one wait here: FOLDER.
is_in_use() {
    find_busy "$1" && return 0
    while read -r job _; do [ ! -d "$root/runs/$job" ] || return 0; done 2>/dev/null <"$1.history"
    return 1
}
