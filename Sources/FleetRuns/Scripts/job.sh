# Prepares a job and defines how it is started, for whichever script comes next:
#   ROOT ID LIMIT TIMEOUT METHOD NAME VERSION REQUIREMENTS LEASE WITH FORGET WORD...
# The first line of standard input is the job as JSON. WITH holds `s` when a second line is what the worker gets, secrets
# and all, which no disk sees; and `i` when a tar with its input files follows. TIMEOUT is how timeout(1) is called here,
# see probe.sh. Without a NAME no package is run. After LEASE minutes in which nobody follows the job it is ended, see
# follow.sh; 0 is for ever. FORGET are jobs whose results are at home. With docker and podman the words are what follows
# `run`: options, the image, the command. The worker runs in a session of its own with its output in files, so that what
# happens to this connection does not happen to it.
#
# Expects `supervise`, the text of supervisor.sh. What is fleet's lies in the job's folder, what is the worker's in `work`
# below it, where the worker runs.
enter_root "$1"
id=$2 limit=$3 timeout=$4 method=$5 release=$root/packages/$6/$7 requirements=$8 lease=$9
name=$6 version=$7
shift 9
with=$1 forget=$2
shift 2
umask 077
run=$root/runs/$id
# Whether the disk takes no further file, for want of space, of inodes or by a quota: FOLDER.
is_full() {
    [ -w "$1" ] || return 1
    head -c 4096 /dev/zero 2>/dev/null >"$1/.full.$id"
    full=$?
    rm -f "$1/.full.$id"
    [ "$full" -ne 0 ]
}

for old in $forget; do
    old=$root/runs/${old:?}
    rm -rf "$old" 2>/dev/null || { chmod -R u+rwx "$old" && rm -rf "$old"; } 2>/dev/null
done
# What tools say here is nothing of the worker's, whose output this is.
said=
[ -d "$root/runs" ] || said=$(mkdir -p "$root/runs" 2>&1)
if [ -n "$name" ] && [ -d "$release" ]; then expect_own "$release"; else expect_own "$root/runs"; fi
# In a container it is the image that runs.
case $method in docker | podman) ;; *)
    [ -z "$name" ] || [ ! -f "$release/.fleet-manifest.json" ] || is_untouched "$release" || exit 83
    ;;
esac
[ -z "${said:=$(mkdir "$run" "$run/work" "$run/work/out" 2>&1)}" ] && {
    cd "$run" && IFS= read -r job && printf '%s\n' "$job" >job.json
} 2>/dev/null || {
    is_full "$root/runs" && say "no space left on the host" && exit 71
    # The first line: the others follow from it.
    said=${said%%"
"*}
    say "can't write to the folder $run${said:+: ${said##*: }}"
    exit 73
}
# Until there is a supervisor this process is the job.
{
    printf '%s ' "$$"
    identity "$$"
} >.starter
input=job.json
# Nothing that has held a secret leaves a core dump. What docker starts is no child of this shell.
cores=
case $with in *s*)
    ulimit -c 0 && IFS= read -r job && input=-
    [ "$method" != docker ] || cores='--ulimit core=0:0'
    ;;
esac
case $with in *i*) (cd work && unpack) || exit 74 ;; esac
# Room for the trailer, too, which must find its place on a full disk.
{
    printf '' >stdout && printf '' >stderr && echo 0 >lease && printf '%400s\n' '' >trailer.new
} 2>/dev/null || {
    say "no space left on the host"
    exit 71
}

# The package's files are seen in the worker's folder: in a container, those of its image.
case $method in docker | podman) engine=$method files=/opt/fleet ;; *) engine= files=$release ;; esac
link_files() {
    for file in "$release"/*; do
        [ -e "work/${file##*/}" ] || [ ! -e "$file" ] || set -- "$@" "$files/${file##*/}"
    done
    [ $# -eq 0 ] || ln -s "$@" work
}
[ -z "$name" ] || link_files

# Environments are known by their Python and their requirements, so that a new version of a package with the old
# requirements has the old environment. `.versions` in it are those that use it.
venv_key() {
    {
        python3 -V 2>&1
        command -v python3
        [ -z "$requirements" ] || cat "$release/$requirements"
    } | digest
}
digest() {
    if have sha256sum; then sha256sum; elif have shasum; then shasum -a 256; else cksum | tr ' ' '-'; fi | cut -c 1-32
}
note_version() {
    grep -qsxF "$version" "$venv/.versions" || echo "$version" >>"$venv/.versions"
}
# Made by whoever comes first; the others wait as long as that one lives.
make_venv() {
    [ -f "$venv/.ready" ] && return 0
    mkdir -p "${venv%/*}" || return 1
    mark step environment
    strange=0
    until take_lock; do
        [ -f "$venv/.ready" ] && return 0
        [ -z "$owner" ] || is_here "$owner" || {
            strange=$((strange + 1))
            [ "$strange" -gt 600 ] && echo "$lock is held by another machine: $owner" >stderr && return 1
        }
        sleep 1
    done
    at_end() { release_lock; }
    # Whoever had the lock may have made it in the meantime.
    [ -f "$venv/.ready" ] && return 0
    rm -rf "$venv"
    if [ -n "$requirements" ]; then
        python3 -m venv "$venv" && install_requirements
    else
        python3 -m venv --without-pip "$venv"
    fi 4>&2 >stderr 2>&1 && : >"$venv/.ready"
}
# What pip says of its work goes to the master as news, what it complains of to its standard error.
install_requirements() {
    pip=$({ {
        PIP_PROGRESS_BAR=off "$venv/bin/python" -m pip install -r "$release/$requirements" 3>&- 4>&-
        echo $? >&3
    } | tell_pip; } 3>&1)
    [ "$pip" = 0 ]
}
# The master may go while pip works, which works on.
tell_pip() {
    trap '' PIPE
    while read -r line; do mark pip "${line%% (from *}" 2>&4; done 3>&-
}
if [ "$method" = venv ]; then
    venv=$root/venvs/$name/$(venv_key)
    lock=$venv.lock
    make_venv || {
        say "can't make the Python environment $venv"
        cat stderr >&2
        exit 77
    }
    release_lock
    at_end() { :; }
    note_version
    PATH=$venv/bin:$PATH VIRTUAL_ENV=$venv
    export PATH VIRTUAL_ENV
fi
# Nothing is written into a release, not even by Python as root.
FLEET_OUT=$run/work/out FLEET_PACKAGE=$release FLEET_PROGRESS=1 PYTHONDONTWRITEBYTECODE=1
export FLEET_OUT FLEET_PACKAGE FLEET_PROGRESS PYTHONDONTWRITEBYTECODE
grace=10
if [ -n "$engine" ]; then
    # For whoever has to end the container: it is no child of anything here.
    echo "$engine" >.engine
    # The worker is the user who started it, so that what it leaves is the user's. Where the engine runs as the user
    # itself, that is root inside.
    worker=$(id -u):$(id -g) log=none
    if [ "$engine" = podman ]; then
        worker=0:0
        # Its client loses what a short-lived worker writes when conmon(8) is slow to take the client in. From version 4
        # on the worker can write to the files itself, unless the engine is elsewhere.
        [ -n "${CONTAINER_HOST:-}${CONTAINER_CONNECTION:-}" ] || case $(podman --version) in
        *' '[4-9].* | *' '[1-9][0-9].*) log=passthrough ;;
        esac
    else
        case $(docker info --format '{{.SecurityOptions}}' 2>/dev/null) in
        *name=rootless*) worker=0:0 ;;
        *name=userns*) set -- --userns host "$@" ;;
        esac
    fi
    # The engine's client passes TERM on, which who is the first process of a container does not hear unless it has asked
    # to. Where nothing would end the client then, it keeps the signal to itself. The supervisor removes the container
    # once the client is gone.
    grace=2 proxy=false
    [ "$timeout" = k ] && proxy=true
    set -- "$engine" run --rm -i --name "fleet-job-$id" --pull never --log-driver "$log" --user "$worker" --stop-timeout 1 \
        --sig-proxy="$proxy" $cores \
        --security-opt label=disable --mount "type=bind,source=$run/work,target=/job" --workdir /job --env HOME=/job \
        --env FLEET_OUT=/job/out --env FLEET_PACKAGE=/opt/fleet "$@"
fi
case $timeout in
k) set -- timeout -k "$grace" "$limit" "$@" ;;
p) set -- timeout "$limit" "$@" ;;
t) set -- timeout -t "$limit" "$@" ;;
esac

# Becomes the supervisor, see supervisor.sh. Slurm knows its jobs by the session they are in, and ends what they leave.
start() {
    if [ -z "${SLURM_JOB_ID:-}" ] && have setsid; then
        : >.session
        exec setsid sh -c "$supervise" "fleet-job-$id" "$engine" "$input" "$lease" "$@"
    fi
    trap '' HUP
    exec sh -c "$supervise" "fleet-job-$id" "$engine" "$input" "$lease" "$@"
}
begin() {
    if [ "$input" = - ]; then
        printf '%s\n' "$job" | start "$@" >/dev/null 2>&1
    else
        start "$@" </dev/null >/dev/null 2>&1
    fi
}
