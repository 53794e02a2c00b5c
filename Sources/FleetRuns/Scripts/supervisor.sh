# The supervisor of a job, which outlives the script that starts it: NAME ENGINE INPUT LEASE WORD..., NAME being $0 and the
# container's, and the words the worker's command. Runs in the job's folder, with nothing of what other scripts define.
#
# What it leaves as the very last thing is the trailer: status, length of the two streams, whether there is anything in
# out/, the time that the processor spent, and how long the host was up when the worker began and when it ended. Before
# that it ends what the worker has left in the session, TERM first and KILL after two seconds, so that nothing is written
# after the sizes are measured. A session has the number of its leader, so without setsid nothing is in a session `$$`,
# and nothing is ended; nor is it without /proc.

# As `identity` has it: the number alone belongs to another process sooner or later.
tell_pid() {
    number=$$ boot=
    { read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
    { read -r machine </proc/sys/kernel/hostname; } 2>/dev/null || machine=$(uname -n)
    [ $# -lt 20 ] || shift 19
    echo "$number $number.${1:-}.$boot.$machine" >pid
}
line=
{ read -r line <"/proc/$$/stat"; } 2>/dev/null
tell_pid ${line##*) }
up() { uptime=0 && { read -r uptime _ </proc/uptime; } 2>/dev/null; }
up
from=$uptime
# Nothing where no container engine does the work; a file, or `-` for standard input; minutes, see follow.sh.
engine=$1 input=$2 lease=$3
shift 3
# Read by cat, since the shell reads a byte at a time; the list is made before, so that cat is not in it itself.
find_rest() {
    rest=
    set -- /proc/[0-9]*/stat
    stats=$(cat "$@" 2>/dev/null)
    IFS="
"
    set -f
    for line in $stats; do
        unset IFS
        case $line in *" $$ "*) ;; *) continue ;; esac
        number=${line%% *}
        case $number in *[!0-9]*) continue ;; esac
        set -- ${line##*) }
        [ "$1" = Z ] || [ "$4" != $$ ] || [ "$number" = $$ ] || rest="$rest $number"
    done
    unset IFS
    set +f
}
# What a container takes, while it is there: its processes are no children of anything here. Into .usage go the
# processor time in user and in system mode, and the most memory in KiB.
look_at_container() {
    number=0
    while [ "${number:-0}" = 0 ]; do
        found=$("$engine" inspect -f "{{.State.Pid}} {{.Id}}" "$0") || sleep 0.2
        number=${found%% *} container=${found##* }
    done
    memory= processor=
    while IFS=: read -r _ kinds path; do
        # Where the engine counts processes by itself the number is somebody else.
        case $path in *"$container"*) ;; *) continue ;; esac
        case ,$kinds, in
        *,memory,*) memory=/sys/fs/cgroup/memory$path ;;
        *,cpuacct,*) processor=/sys/fs/cgroup/$kinds$path ;;
        ,,) [ -n "$memory" ] || memory=/sys/fs/cgroup$path processor=/sys/fs/cgroup$path ;;
        esac
    done <"/proc/$number/cgroup"
    most=0
    # Version 2 of the control groups counts microseconds, version 1 hundredths of a second.
    if [ -f "$processor/cpu.stat" ] && [ ! -f "$processor/cpuacct.stat" ]; then
        times=cpu.stat unit=1000000
    else
        times=cpuacct.stat unit=100
    fi
    while [ -r "$processor/$times" ]; do
        user=0 system=0 now=0
        while read -r key value; do
            case $key in user | user_usec) user=$value ;; system | system_usec) system=$value ;; esac
        done <"$processor/$times"
        for file in memory.peak memory.max_usage_in_bytes memory.current; do
            [ -r "$memory/$file" ] && read -r now <"$memory/$file" && break
        done
        [ "$now" -le "$most" ] || most=$now
        rest=$((unit + user % unit)) other=$((unit + system % unit))
        echo "0m$((user / unit)).${rest#1}s 0m$((system / unit)).${other#1}s $((most / 1024))" >.usage
        sleep 0.25 || sleep 1
    done
}
sampler=
[ -z "$engine" ] || {
    look_at_container >/dev/null 2>&1 &
    sampler=$!
}
watcher=
if [ "$lease" -gt 0 ]; then
    {
        { read -r me _ </proc/self/stat; } 2>/dev/null || me=$(exec sh -c "echo \$PPID")
        signal=TERM
        # Counted in its own naps, since the clock of the host may be set while it sleeps.
        sign= same=0
        # Its sleep must not ignore it, too.
        trap : TERM
        while sleep 20; do
            before=$sign
            { read -r sign <lease; } 2>/dev/null
            [ "$sign" = "$before" ] && same=$((same + 1)) || same=0
            [ "$same" -ge "$((lease * 3))" ] || continue
            find_rest
            for number in $rest; do [ "$number" = "$me" ] || kill "-$signal" "$number"; done
            signal=KILL
        done
    } &
    watcher=$!
fi
run=$PWD
cd work
if [ "$input" = - ]; then
    "$@" >"$run/stdout" 2>"$run/stderr" 3>"$run/progress"
else
    "$@" <"$run/$input" >"$run/stdout" 2>"$run/stderr" 3>"$run/progress"
fi
status=$?
cd "$run"
up
times >.times
for helper in $watcher $sampler; do kill -KILL "$helper"; done
if [ -n "$engine" ] && [ "$status" -ne 0 ]; then
    "$engine" kill "$0"
    "$engine" rm -f "$0"
fi >/dev/null 2>&1
tries=0
while find_rest; [ -n "$rest" ] && [ "$tries" -lt 50 ]; do
    [ "$tries" -eq 0 ] && kill -TERM $rest
    [ "$tries" -gt 20 ] && kill -KILL $rest
    tries=$((tries + 1))
    sleep 0.1 || sleep 1
done 2>/dev/null
out=0 err=0 left=no
[ ! -s stdout ] || out=$(($(wc -c <stdout)))
[ ! -s stderr ] || err=$(($(wc -c <stderr)))
for file in work/out/* work/out/.[!.]* work/out/..?*; do { [ -e "$file" ] || [ -L "$file" ]; } && left=yes && break; done
user=- system=-
{ read -r _; read -r user system; } <.times
[ -z "$engine" ] || user=- system=-
[ ! -s .usage ] || read -r user system _ <.usage
# Goes with the folder; no program is started for it.
printf "%4096s" "" 2>/dev/null >.full || left=$left,full
# Into the room that was kept: opened for reading, too, so that it is not cut off first.
echo "$status $out $err $left ${user:--} ${system:--} $from $uptime" 1<>trailer.new
mv trailer.new trailer
