# The versions of one package: status.sh ROOT NAME
enter_root "$1"
home=$root/packages/$2
current=$(readlink "$home/current") || current=
echo "current=$current"
for release in "$home"/*/; do
    # `current` is a link to one of them.
    [ -L "${release%/}" ] && continue
    [ -f "$release/.fleet-manifest.json" ] && echo "version=$(basename "$release")"
done
for tool in zstd gzip; do have "$tool" && echo "tool=$tool"; done
exit 0
