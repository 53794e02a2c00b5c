# Sends what a job has left as a tar stream: collect.sh ROOT ID
enter_root "$1"
cd "$root/runs/$2" || exit 72
tar -cf - out stdout stderr
