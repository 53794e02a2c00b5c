#!/bin/sh
# A lab host that is a little machine of its own: namespaces over an overlay of this machine's root.
#   machine.sh switch                           the bridge that the hosts of a lab hang on, in a network of its own
#   machine.sh start FOLDER NAME ENGINE         a host: installed, docker, podman or none is what it may run
#   machine.sh plug FOLDER NUMBER SWITCH HOST   a cable from the process SWITCH's network to HOST's
#   machine.sh session FOLDER                   an sshd inside the host for the connection that is its standard input
#   machine.sh clean FOLDER                     what outlives a host's processes: its control groups
# Everything else is held by processes alone, so that it is gone when they are. FOLDER is the host's, on a real disk.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
net=172.30.213
command=$1
folder=${2:-}
groups=/sys/fs/cgroup

# The control groups of a host are all named alike, whichever hierarchy they are in.
group() { printf 'fleet-lab-%s' "$(printf %s "$folder" | cksum | tr ' ' -)"; }
# The hierarchies of version 1: each is a mount below a tmpfs.
hierarchies() {
    [ -f $groups/cgroup.controllers ] && return 0
    while read -r _ mount type _; do
        case $type,$mount in cgroup,$groups/*) echo "$mount" ;; esac
    done </proc/mounts
}
# This process, and what it starts, from now on belongs to the host. A limit on the lab itself is a limit on its hosts.
join() {
    name=$(group)
    if [ -f $groups/cgroup.controllers ]; then
        allow $groups
        mkdir -p "$groups/$name" || { say "no control group in $groups"; return 0; }
        # A group with processes of its own may have no groups below it that have limits.
        [ ! -d "$groups/$name/init" ] || name=$name/init
        echo 0 >"$groups/$name/cgroup.procs"
        return 0
    fi
    for hierarchy in $(hierarchies); do
        home=$hierarchy$(own "${hierarchy##*/}")
        mkdir -p "$home/$name" 2>/dev/null || continue
        for set in cpuset.cpus cpuset.mems; do
            [ ! -f "$home/$set" ] || cat "$home/$set" >"$home/$name/$set"
        done
        echo 0 >"$home/$name/cgroup.procs" || say "no control group of $hierarchy"
    done
}
# Version 2: what a group below may limit has to be allowed above it. One at a time, since one that can't be would keep
# the others away: cpu where there are realtime processes, all in a group that has processes of its own.
allow() {
    for controller in $(cat "$1/cgroup.controllers"); do
        echo "+$controller" >"$1/cgroup.subtree_control" || true
    done 2>/dev/null
}
# Where this process is in a hierarchy that is mounted under a name such as cpu,cpuacct; below its own group when it has
# joined one already.
own() {
    case $1 in systemd) wanted=name=systemd ;; *) wanted=$1 ;; esac
    while IFS=: read -r _ names path; do
        case ",$names," in *",$wanted,"*) ;; *) continue ;; esac
        path=${path%%/fleet-lab-*}
        echo "${path%/}"
        return 0
    done </proc/self/cgroup
}
say() { printf 'machine.sh: %s\n' "$*" >&2; }

isolate() {
    # By the names of the machine outside: this /proc is still its own.
    read -r process _ </proc/self/stat
    echo "$process" >"$folder/init.pid"
    join
    exec unshare --cgroup sh "$0" boot "$@"
}

mount_groups() {
    if [ -f $groups/cgroup.controllers ]; then
        mount -t cgroup2 none "$1"
        mkdir -p "$1/init"
        echo 0 >"$1/init/cgroup.procs"
        allow "$1"
        return 0
    fi
    # Without the hierarchy of version 2: crun refuses a mixture.
    mount -t tmpfs -o mode=755 none "$1"
    for hierarchy in $(hierarchies); do
        name=${hierarchy##*/}
        mkdir "$1/$name"
        case $name in systemd) option=none,name=systemd ;; *) option=$name ;; esac
        mount -t cgroup -o "$option" none "$1/$name" || rmdir "$1/$name"
    done
}

# Only what programs need: no disk of the machine is among it.
make_devices() {
    mount -t tmpfs -o mode=755 none "$1"
    mkdir "$1/pts" "$1/shm" "$1/net"
    while read -r name major minor; do
        mknod -m 666 "$1/$name" c "$major" "$minor"
    done <<END
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
net/tun 10 200
fuse 10 229
END
    mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 none "$1/pts"
    ln -s pts/ptmx "$1/ptmx"
    mount -t tmpfs -o mode=1777 none "$1/shm"
    ln -s /proc/self/fd "$1/fd"
    ln -s fd/0 "$1/stdin"
    ln -s fd/1 "$1/stdout"
    ln -s fd/2 "$1/stderr"
}

# The files of the machine, changed only here: in memory, but for the folders that grow.
make_root() {
    root=$folder/root
    mkdir -p "$root" "$folder/home" "$folder/tmp" "$folder/docker" "$folder/containers"
    chmod 700 "$folder/home"
    chmod 1777 "$folder/tmp"
    mount -t tmpfs -o mode=755 none "$root"
    mkdir "$root/upper" "$root/work" "$root/all"
    mount -t overlay -o "lowerdir=/,upperdir=$root/upper,workdir=$root/work" overlay "$root/all"
    root=$root/all
    mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/run" "$root/tmp" "$root/var/lib/docker" \
        "$root/var/lib/containers" "$root$home" "$root/.old"
    mount -t proc none "$root/proc"
    mount -t sysfs none "$root/sys"
    mount_groups "$root$groups"
    make_devices "$root/dev"
    mount -t tmpfs -o mode=755 none "$root/run"
    mkdir "$root/run/sshd" "$root/run/lock" "$root/run/fleet-lab"
    mount --bind "$folder/home" "$root$home"
    mount --bind "$folder/tmp" "$root/tmp"
    mount --bind "$folder/docker" "$root/var/lib/docker"
    mount --bind "$folder/containers" "$root/var/lib/containers"
    mount --bind "$folder/ssh" "$root/run/fleet-lab"
}

remove() {
    for name in "$@"; do rm -f /usr/bin/"$name" /usr/sbin/"$name" /usr/local/bin/"$name" /usr/local/sbin/"$name"; done
}

remove_engines() {
    case $1 in none | podman) remove docker dockerd docker-proxy docker-init containerd containerd-shim-runc-v2 ;; esac
    case $1 in none | docker) remove podman conmon crun ;; esac
    case $1 in none) remove runc ;; esac
}

# The limits that podman gives a container by default are more than root may give where CAP_SYS_RESOURCE is missing.
configure_podman() {
    limit=$(ulimit -Hn)
    case $limit in *[!0-9]*) return 0 ;; esac
    (ulimit -Hn $((limit + 1))) 2>/dev/null && return 0
    mkdir -p /etc/containers
    echo '[containers]
default_ulimits = ["nofile=1024:4096", "nproc=4096:4096"]' >/etc/containers/containers.conf
}

start_docker() {
    dockerd --insecure-registry $net.0/24 >/run/fleet-lab/dockerd.log 2>&1 &
    daemon=$!
    until [ -S /run/docker.sock ] && docker version >/dev/null 2>&1; do
        kill -0 "$daemon" 2>/dev/null || return 1
        sleep 0.05 2>/dev/null || sleep 1
    done
}

# The first process of the host.
boot() {
    name=$1 engine=$2
    home=$(awk -F: '$3 == 0 { print $6; exit }' /etc/passwd)
    hostname "$name"
    ip link set lo up
    make_root
    cd "$root"
    pivot_root . .old
    cd /
    umount -l /.old
    rmdir /.old
    mount --make-shared /
    rm -f /etc/resolv.conf /run/fleet-lab/ready
    echo 'nameserver 127.0.0.1' >/etc/resolv.conf
    echo "$name" >/etc/hostname
    echo "127.0.0.1 localhost $name" >/etc/hosts
    HOME=$home
    export HOME
    cd "$home"
    remove_engines "$engine"
    configure_podman
    if command -v dockerd >/dev/null && ! start_docker; then
        tail -n 1 /run/fleet-lab/dockerd.log >&2
        exit 1
    fi
    : >/run/fleet-lab/ready
    # Somebody has to collect the orphans; wait(1) does as long as there is a child to wait for.
    tail -f /dev/null &
    while :; do wait || true; done
}

plug() {
    number=$1 switch=$2 host=$3
    nsenter -t "$switch" -n ip link add "host$number" type veth peer name eth0 netns "$host"
    nsenter -t "$switch" -n ip link set "host$number" master bridge0 up
    nsenter -t "$host" -n ip addr add "$net.$number/24" dev eth0
    nsenter -t "$host" -n ip link set eth0 up
}

case $command in
switch)
    ip link set lo up
    ip link add bridge0 type bridge
    ip link set bridge0 up
    : >"$folder/ready"
    exec tail -f /dev/null
    ;;
start) exec unshare --mount --uts --ipc --net --pid --fork --kill-child sh "$0" isolate "$folder" "$3" "$4" ;;
isolate)
    isolate "$folder" "$3" "$4"
    ;;
boot) boot "$3" "$4" ;;
plug) plug "$3" "$4" "$5" ;;
session)
    join
    read -r process <"$folder/init.pid"
    exec nsenter -t "$process" -m -u -i -n -p -C "$3" -i -f /run/fleet-lab/sshd_config
    ;;
clean)
    find $groups -depth -type d -path "*/$(group)*" -exec rmdir {} + 2>/dev/null || true
    ;;
esac
