# What a person should know of this host beside what the probe tells: examine.sh ROOT
enter_root "$1"
user=$(id -un)
echo "clock=$(date +%s)"
shell=$(getent passwd "$user" 2>/dev/null || grep "^$user:" /etc/passwd 2>/dev/null)
echo "login_shell=${shell##*:}"
# Read by a login shell that runs one command: bash does so where sshd starts it.
for file in .bashrc .zshenv .cshrc .tcshrc .config/fish/config.fish; do
    [ -f "${HOME:-}/$file" ] && echo "startup=$file"
done
for tool in tar cat chmod cp cut date dd df dirname du find grep head id kill ln ls mkdir mktemp mv readlink rm sed \
    sleep sort tail touch tr uname wc; do
    have "$tool" || echo "lacks=$tool"
done
for tool in setsid sha256sum timeout zstd; do have "$tool" || echo "misses=$tool"; done
have timedatectl && echo clock_tool=timedatectl

folder=$root
while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
echo "folder=$folder"
# A name with blanks is the rest of the line.
mount=$(df -Pk "$folder" 2>/dev/null | { read -r _; read -r _ _ _ _ _ point; echo "$point"; })
echo "mount=$mount"
while read -r _ point kind options _; do
    [ "$point" = "$mount" ] && flags="$kind $options"
done </proc/mounts 2>/dev/null
echo "mount_options=${flags:-}"
df -Pi "$folder" 2>/dev/null | {
    read -r _
    read -r _ all _ free _
    case $all$free in *[!0-9]* | '') ;; *) [ "${#all}" -lt 18 ] && echo "inodes=$free $all" ;; esac
}
trial=$folder/.fleet-doctor.$$
at_end() { rm -f "$trial"; }
if problem=$( (umask 077 && printf '#!/bin/sh\nexit 0\n' >"$trial" && chmod 700 "$trial") 2>&1); then
    echo writes=yes
    problem=$("$trial" 2>&1) && echo runs=yes || echo "runs=no $problem"
else
    echo "writes=no $problem"
fi
exit 0
