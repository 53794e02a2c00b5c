# What an engine of this host has of fleet's images: image-status.sh ENGINE...
# The first engine that answers is told as engine=, its images as image=ID|TAGS|LAYERS; one before it that does not, as
# problem=ENGINE REASON.
echo "arch=$(uname -m)"
for tool in zstd gzip; do have "$tool" && echo "tool=$tool"; done
for engine in "$@"; do
    have "$engine" || continue
    if list_images "$engine"; then
        echo "engine=$engine"
        ids=$(printf '%s\n' $ids | sort -u)
        [ -z "$ids" ] || patient "$engine" image inspect --format \
            'image={{.Id}}|{{range .RepoTags}}{{.}} {{end}}|{{range .RootFS.Layers}}{{.}} {{end}}' $ids 2>/dev/null
        exit 0
    fi
    echo "problem=$engine $problem"
done
exit 0
