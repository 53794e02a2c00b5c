# What this host is and has: probe.sh ROOT SECONDS
# Every item runs by itself and writes whole lines KEY=VALUE into one pipe; an item that hangs, on a dead mount or a
# daemon that does not answer, is told as timeout=ITEM, holds nobody up, and is ended. What sleeps uninterruptibly can't
# be ended, so nothing waits for that; no item holds a file of this command's.
enter_root "$1"
limit=$2

item_os() {
    name=$(. /etc/os-release 2>/dev/null && printf %s "${PRETTY_NAME:-}")
    echo "os=${name:-$(uname -s)}"
    echo "kernel=$(uname -r)"
    echo "arch=$(uname -m)"
    echo "hostname=$(uname -n)"
    { read -r id </etc/machine-id; } 2>/dev/null && echo "machine_id=$id"
    :
}
item_cpu() {
    cores=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null)
    case $cores in *[!0-9]*) ;; *) echo "cores=$cores" ;; esac
    tell_load
}
item_memory() { tell_memory; }
item_disk() { tell_disk; }
item_gpu() {
    have nvidia-smi || return 0
    nvidia-smi --query-gpu=name --format=csv,noheader | head -n 1 | sed 's/^/gpu=/'
    tell_gpu
}
item_python() {
    have python3 || return 0
    python3 -c 'import sys; print("python=%d.%d.%d" % sys.version_info[:3])'
    python3 -c 'import ensurepip, venv; print("venv=yes")' 2>/dev/null || echo venv=no
}
item_docker() {
    have docker || return 0
    version=$(docker version --format '{{.Server.Version}}' 2>/dev/null)
    echo "docker=${version:-no}"
    [ -n "$version" ] || echo "docker_problem=$(docker version 2>&1 >/dev/null | tail -n 1)"
}
item_podman() {
    have podman || return 0
    podman --version 2>/dev/null | sed 's/.* /podman=/'
}
item_tools() {
    echo "shell=${SHELL:-/bin/sh}"
    echo "user=$(id -un)"
    for tool in zstd cc setsid tar sha256sum openssl nvcc java; do have "$tool" && echo "tool=$tool"; done
    # busybox learnt -k in 1.34, and the time as a word of its own in 1.30.
    if timeout -k 1 1 true; then
        echo timeout_form=k
    elif timeout 1 true; then
        echo timeout_form=p
    elif timeout -t 1 true; then
        echo timeout_form=t
    fi </dev/null 2>/dev/null
    :
}
item_packages() {
    for folder in "$root"/packages/*/; do
        [ -d "$folder" ] || continue
        name=$(basename "$folder")
        # What bears no package's name is none, nor is what bears no version's.
        case $name in [-.]* | *[!A-Za-z0-9._-]*) continue ;; esac
        current=$(readlink "$folder/current") || current=
        for release in "$folder"*/; do
            version=$(basename "$release")
            case $version in current | [-.]* | *[!A-Za-z0-9._-]*) continue ;; esac
            [ -f "$release/.fleet-manifest.json" ] && is_whole "${release%/}" || continue
            [ "$version" = "$current" ] && echo "current=$name $version" &&
                { read -r held _ <"$folder/.held"; } 2>/dev/null && [ "$held" = "$current" ] &&
                echo "held=$name $version"
            echo "package=$name $version"
        done
    done
}

# The numbers and parents of all processes.
parents() {
    [ -d /proc/self ] || { ps -A -o pid= -o ppid=; return; }
    for stat in /proc/[0-9]*/stat; do
        { read -r line <"$stat"; } 2>/dev/null || continue
        number=${line%% *}
        set -- ${line##*) }
        echo "$number $2"
    done
}
# Ends processes and all below them. They are stopped first: who forks while its children are looked for has one more.
end_trees() {
    tree=" $* " known=
    while [ "$tree" != "$known" ]; do
        known=$tree
        kill -STOP $tree
        while read -r number parent; do
            case $tree in
            *" $number "*) ;;
            *" $parent "*) tree="$tree$number " ;;
            esac
        done <<END
$(parents)
END
    done
    kill -KILL $tree
}

items='os cpu memory disk gpu python docker podman tools packages'
{
    for item in $items; do
        (
            lines=$(item_$item 2>/dev/null)
            printf '%s\n@end %s\n' "$lines" "$item"
        ) </dev/null 2>/dev/null &
        echo "@item $! $item"
    done
    # The timer tells its number, so that it can be ended.
    (
        sh -c 'echo "@timer $$"; exec sleep "$0"' "$limit"
        echo @timeout
    ) 2>/dev/null &
} | {
    waiting=" $items "
    timer= numbers=
    while read -r line; do
        case $line in
        @item*) numbers="$numbers ${line#@item }" ;;
        @timer*) timer=${line#@timer } ;;
        @end*)
            name=${line#@end }
            waiting="${waiting%% "$name" *} ${waiting#* "$name" }"
            case $waiting in *[a-z]*) ;; *) break ;; esac
            ;;
        @timeout) break ;;
        *=*) printf '%s\n' "$line" ;;
        esac
    done
    [ -n "$timer" ] && kill "$timer" 2>/dev/null
    for name in $waiting; do echo "timeout=$name"; done
    set -- $numbers
    hanging=
    while [ $# -gt 1 ]; do
        case $waiting in *" $2 "*) hanging="$hanging $1" ;; esac
        shift 2
    done
    [ -z "$hanging" ] || end_trees $hanging 2>/dev/null
}
exit 0
