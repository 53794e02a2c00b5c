# What the scripts share that talk to Slurm on a login host.
need_slurm() {
    for tool in sbatch squeue scancel scontrol; do
        have "$tool" && continue
        say "$tool is not there"
        exit 69
    done
}
# Whether a program of Slurm's could not reach the controller: another time it may.
is_away() {
    case $1 in
    *'Unable to contact'* | *'timed out'* | *'temporarily'* | *'Connection refused'* | *'onnection failure'*) return 0 ;;
    esac
    return 1
}
# What Slurm has of arrays, by their names with commas between: NAME INDEX STATE REASON. Fails when it does not answer:
# silence must never be taken for an empty queue.
queue_of() {
    [ -z "$1" ] || squeue -h -r -n "$1" -o '%j %K %t %r'
}
remove_folder() {
    rm -rf "$1" 2>/dev/null || { chmod -R u+rwx "$1" && rm -rf "$1"; } 2>/dev/null
}
