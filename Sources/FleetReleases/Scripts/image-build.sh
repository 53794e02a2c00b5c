# Builds an image from a Dockerfile on the master, and saves it: image-build.sh DOCKERFILE CONTEXT NAME ARCHIVE
# By the first engine that is here and answers.
file=$1 context=$2 name=$3 archive=$4
rm -f "$archive"
if have docker && docker version >/dev/null 2>&1; then
    docker build -t "$name" -f "$file" "$context" && docker save -o "$archive" "$name"
elif have podman; then
    podman build -t "$name" -f "$file" "$context" && podman save -o "$archive" "$name"
elif have buildah; then
    buildah build -t "$name" -f "$file" "$context" && buildah push "$name" "docker-archive:$archive:$name"
else
    say "there is neither docker, podman nor buildah here to build $file with"
    exit 69
fi
