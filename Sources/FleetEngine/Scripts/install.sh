# Installs a release from an archive on standard input: install.sh ROOT NAME VERSION PUSH FORMAT
# Nothing of it counts before every file is checked; `current` then moves by one rename.
enter_root "$1"
name=$2 version=$3 push=$4 format=$5
umask 022
home=$root/packages/$name
incoming=$root/incoming/$push

cleanup() {
    [ -d "$incoming" ] || return 0
    chmod -R u+w "$incoming"
    rm -rf "$incoming"
}
# A connection that is gone must not keep the shell from cleaning up behind it.
trap '' PIPE
trap 'status=$?; cleanup; printf "\n@fleet %s %s\n" "$nonce" "$status" >&2' EXIT
fail() {
    say "$2"
    exit "$1"
}

mkdir -p "$home" "$incoming" || fail 73 "can't make folders in $root"
cd "$incoming" || exit 73

case $format in
zstd) zstd -dc ;;
gzip) gzip -dc ;;
esac | tar -xf - || fail 74 "tar could not unpack the archive"

if have sha256sum; then
    sha256sum -c .fleet-sums >.fleet-check 2>&1
elif have shasum; then
    shasum -a 256 -c .fleet-sums >.fleet-check 2>&1
else
    fail 76 "there is neither sha256sum nor shasum here to check the files with"
fi || fail 75 "$(grep -v ': OK$' .fleet-check | head -n 1)"
rm -f .fleet-check
chmod -R a-w .

if [ -d "$home/$version" ]; then
    # It was damaged, or an earlier push was cut off between its two last steps.
    chmod -R u+w "$home/$version"
    rm -rf "$home/$version"
fi
cd "$root" && chmod u+w "$incoming" && mv "$incoming" "$home/$version" || fail 73 "can't move the release to $home"
chmod a-w "$home/$version"

# rename(2) replaces a link in one step; `ln -f` would leave a moment without one.
ln -s "$version" "$home/.current.$push" || exit 73
mv -T "$home/.current.$push" "$home/current" 2>/dev/null && exit 0
rm -f "$home/.current.$push"
ln -sfn "$version" "$home/current"
