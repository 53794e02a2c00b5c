# The versions of one package, and what its next push can use: status.sh ROOT NAME
enter_root "$1"
name=$2
home=$root/packages/$name
current=$(readlink "$home/current") || current=
# A link of somebody else's may lead anywhere.
case $current in [-.]* | *[!A-Za-z0-9._-]*) current= ;; esac
[ -z "$current" ] || is_whole "$home/$current" || current=
echo "current=$current"
# Whoever went back from a release will push a better one, which is most like that.
if { read -r held left <"$home/.held"; } 2>/dev/null && [ "$held" = "$current" ]; then
    echo held=yes
    echo "base=$left"
fi
for release in "$home"/*/; do
    # `current` is a link to one of them.
    [ -L "${release%/}" ] && continue
    release=${release%/}
    case ${release##*/} in [-.]* | *[!A-Za-z0-9._-]*) continue ;; esac
    [ -f "$release/.fleet-manifest.json" ] && is_whole "$release" && echo "version=${release##*/}"
done
# A file system without an end tells more than a number holds: KEY KIB.
bytes_of() {
    case $2 in '' | *[!0-9]*) return ;; esac
    if [ ${#2} -lt 16 ]; then echo "$1=$(($2 * 1024))"; else echo "$1=1023999999999998976"; fi
}
# Pushes that were cut off.
for stream in "$root/incoming/$name@"*; do
    [ -d "$stream" ] && echo "incoming=${stream##*/}"
done
for tool in zstd gzip; do have "$tool" && echo "tool=$tool"; done
folder=$root
while [ ! -d "$folder" ]; do folder=${folder%/*}; [ -n "$folder" ] || folder=/; done
df -Pk "$folder" 2>/dev/null | { read -r _; read -r _ _ _ free _; bytes_of free "$free"; }
exit 0
