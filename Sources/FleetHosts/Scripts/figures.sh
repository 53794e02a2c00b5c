# Tells how loaded this host is, every so many seconds: figures.sh ROOT SECONDS
# A master that has gone reads nothing any more, so the next mark ends this shell (SIGPIPE).
enter_root "$1"
seconds=$2
while :; do
    sleep "$seconds"
    mark figures $(tell_load 2>/dev/null; tell_memory 2>/dev/null; tell_disk 2>/dev/null; tell_gpu 2>/dev/null)
done
