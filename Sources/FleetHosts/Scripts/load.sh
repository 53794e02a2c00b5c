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
# All graphics processors together: how busy they are in percent, and their memory. What nvidia-smi does not tell (`[N/A]`)
# counts for nothing.
tell_gpu() {
    have nvidia-smi || return 0
    patient nvidia-smi --query-gpu=utilization.gpu,memory.total,memory.used --format=csv,noheader,nounits | {
        count=0 use=0 total=0 used=0
        while IFS=', ' read -r busy all taken _; do
            case $busy in '' | *[!0-9]* | ????*) ;; *) count=$((count + 1)) use=$((use + busy)) ;; esac
            case $all$taken in '' | *[!0-9]* | ???????????????????*) ;; *)
                total=$((total + all)) used=$((used + taken))
                ;;
            esac
        done
        [ "$count" = 0 ] || echo "gpu_use=$((use / count))"
        [ "$total" = 0 ] || echo "gpu_memory=$((total * 1048576))" "gpu_memory_free=$(((total - used) * 1048576))"
    } | tr ' ' '\n'
}
