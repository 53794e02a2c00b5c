# How much a host has to do and has left, as lines KEY=VALUE: what the probe tells once and figures.sh again and again.
tell_load() {
    { read -r load _ </proc/loadavg; } 2>/dev/null || load=$(uptime | sed 's/.*average[s]*: *//; s/[, ].*//')
    echo "load=$load"
}
tell_memory() {
    while read -r name value _; do
        case $name in
        MemTotal:) echo "memory=$((value * 1024))" ;;
        MemAvailable:) echo "memory_free=$((value * 1024))" && break ;;
        esac
    done </proc/meminfo
}
# A file system without an end tells more than a number holds: KEY KIB.
bytes_of() {
    case $2 in '' | *[!0-9]*) return ;; esac
    if [ ${#2} -lt 16 ]; then echo "$1=$(($2 * 1024))"; else echo "$1=1023999999999998976"; fi
}
tell_disk() {
    folder=$root
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    df -Pk "$folder" | { read -r _; read -r _ size _ free _; bytes_of disk "$size"; bytes_of disk_free "$free"; }
}
