# Removes the folders of jobs: discard.sh ROOT ID...
enter_root "$1"
shift
for id in "$@"; do rm -rf "$root/runs/${id:?}"; done
rmdir "$root/runs" 2>/dev/null
exit 0
