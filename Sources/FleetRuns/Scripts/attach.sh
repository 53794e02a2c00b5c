# Goes on with a job that somebody else has started: attach.sh ROOT ID OUT ERR, how much of its streams is known.
# Ends with 72 when there is no such job, with 70 when it has died.
enter_root "$1"
id=$2 out=$3 err=$4
cd "$root/runs/$id" 2>/dev/null || exit 72
# Who started it may still prepare it, a Python environment for example.
read_process .starter
round=0
until [ -s pid ] || [ -f trailer ] || ! is_job; do
    round=$((round + 1))
    [ $((round % 10)) -ne 0 ] || mark alive
    sleep 1
done
read_process pid
supervisor=$process
mark started
# A job of Slurm's runs on a node, where nobody sees it from here.
cluster=$root/slurm/${id%%.*}
is_job || [ -f trailer ] || [ -d "$cluster" ] || exit 70
