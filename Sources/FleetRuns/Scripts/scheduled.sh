# Runs what fleet has laid into this file's folder; cron calls it. Each task N is a job of its own, one after the other:
# N.words are its arguments, N.input is what it reads; job.sh prepares it. What ran is in history, a line
# `RUN.N.1 SECONDS` for each, until its results are brought home. It lies beside the folder, which a push replaces.
set -u
umask 077
folder=$(cd "${0%/*}" && pwd -P) || exit 73
root=${folder%/schedules/*}
# The one before still runs.
{ read -r other _ <"$folder.running"; } 2>/dev/null &&
    case $(tr '\0' ' ' 2>/dev/null <"/proc/$other/cmdline") in *"${folder##*/}/run"*) exit 75 ;; esac
{ read -r PATH <"$folder/path"; } 2>/dev/null && export PATH
# What is at home is forgotten here, since this is the only one that writes to it.
if [ -f "$folder.history" ]; then
    while read -r job seconds; do
        [ -d "$root/runs/$job" ] && echo "$job $seconds"
    done <"$folder.history" >"$folder.kept"
    mv "$folder.kept" "$folder.history"
    # Nobody has come for the results in a long time.
    [ "$(($(wc -l <"$folder.history")))" -ge 1000 ] && exit 75
fi
run=$(date -u +%Y%m%d-%H%M%S)-$(od -An -N2 -tx1 /dev/urandom | tr -d ' \n')
echo "$$ $run" >"$folder.running"
script=$(cat "$folder/job.sh")
FLEET_RUN=$run
export FLEET_RUN FLEET_TASK
number=1
while [ -f "$folder/$number.words" ]; do
    FLEET_TASK=$run.$number
    echo "$run.$number.1 $(date +%s)" >>"$folder.history"
    eval "set -- $(cat "$folder/$number.words")"
    {
        IFS= read -r job
        printf '%s\n' "$job" | sed "s/@RUN@/$run/g"
        cat
    } <"$folder/$number.input" | /bin/sh -c "$script" fleet cron "$root" "$run.$number.1" "$@"
    number=$((number + 1))
done
rm -f "$folder.running"
