# The versions of one package, and what its next push can use: status.sh ROOT NAME
enter_root "$1"
name=$2
home=$root/packages/$name
current=$(readlink "$home/current") || current=
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
    [ -f "$release/.fleet-manifest.json" ] && is_whole "$release" && echo "version=${release##*/}"
done
# Pushes that were cut off.
for stream in "$root/incoming/$name@"*; do
    [ -d "$stream" ] && echo "incoming=${stream##*/}"
done
for tool in zstd gzip; do have "$tool" && echo "tool=$tool"; done
folder=$root
while [ ! -d "$folder" ]; do folder=${folder%/*}; [ -n "$folder" ] || folder=/; done
df -Pk "$folder" 2>/dev/null | { read -r _; read -r _ _ _ free _; echo "free=$((free * 1024))"; }
exit 0
