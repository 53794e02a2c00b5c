# Starts a job and follows it: start.sh ROOT ID LIMIT METHOD NAME VERSION REQUIREMENTS WORD...
# The job as JSON is on standard input. The worker runs in a session of its own with its output in files, so that
# what happens to this connection does not happen to it.
enter_root "$1"
id=$2 limit=$3 method=$4 release=$root/packages/$5/$6 venv=$root/venvs/$5/$6 requirements=$7
shift 7
umask 077
run=$root/runs/$id

mkdir -p "$root/runs" && mkdir "$run" "$run/out" && cat >"$run/job.json" && cd "$run" || {
    say "can't write to the folder $run"
    exit 73
}
: >stdout
: >stderr
: >trailer.new

# The working directory is the run's own; the package's files are seen in it.
for file in "$release"/*; do
    case ${file##*/} in pid | progress | trailer | trailer.new) continue ;; esac
    [ -e "${file##*/}" ] || ln -s "$file" .
done

# One environment for each version of a package, made by whoever comes first.
make_venv() {
    [ -f "$venv/.ready" ] && return 0
    mkdir -p "${venv%/*}"
    tries=0
    until mkdir "$venv.lock" 2>/dev/null; do
        [ -f "$venv/.ready" ] && return 0
        tries=$((tries + 1))
        [ "$tries" -gt 120 ] && return 1
        sleep 1
    done
    trap 'status=$?; rmdir "$venv.lock"; printf "\n@fleet %s %s\n" "$nonce" "$status" >&2' EXIT
    # Whoever had the lock may have made it in the meantime.
    [ -f "$venv/.ready" ] && return 0
    rm -rf "$venv"
    if [ -n "$requirements" ]; then
        python3 -m venv "$venv" && "$venv/bin/python" -m pip install -q -r "$release/$requirements"
    else
        python3 -m venv --without-pip "$venv"
    fi >stderr 2>&1 && : >"$venv/.ready"
}
if [ "$method" = venv ]; then
    make_venv || {
        say "can't make the Python environment $venv"
        cat stderr >&2
        exit 77
    }
    rmdir "$venv.lock" 2>/dev/null
    trap 'status=$?; printf "\n@fleet %s %s\n" "$nonce" "$status" >&2' EXIT
    PATH=$venv/bin:$PATH VIRTUAL_ENV=$venv
    export PATH VIRTUAL_ENV
fi
FLEET_OUT=$run/out FLEET_PACKAGE=$release
export FLEET_OUT FLEET_PACKAGE
have timeout && set -- timeout -k 10 "$limit" "$@"

# The supervisor outlives this script. What it leaves as the very last thing is the trailer.
supervise='
echo $$ >pid
"$@" <job.json >stdout 2>stderr 3>progress
echo "$? $(wc -c <stdout) $(wc -c <stderr)" >trailer.new
mv trailer.new trailer
'
if have setsid; then
    setsid sh -c "$supervise" "fleet-job-$id" "$@" </dev/null >/dev/null 2>&1 &
else
    trap '' HUP
    sh -c "$supervise" "fleet-job-$id" "$@" </dev/null >/dev/null 2>&1 &
fi
supervisor=$!

