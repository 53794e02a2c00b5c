# Installs a release from an archive on standard input:
#   install.sh ROOT NAME VERSION STREAM FORMAT BASE MODE OWNER ASSEMBLE [SIGNERS CONTROL]
# STREAM names what is sent: the same name is the same content, so that a push that was cut off is taken up again. BASE is
# the release from which a difference leads to this one, or nothing. MODE is `install`, or `repair` for a release that is
# there and damaged, which does not become current, or `resume` for one of which a part is here. OWNER says who pushes,
# to others who want to. ASSEMBLE is assemble.py. With SIGNERS one of them must have signed the manifest, see
# check_signature; CONTROL are then the digests of the files beside the payload.
# Nothing of it counts before every file is checked; `current` then moves by one rename.
enter_root "$1"
name=$2 version=$3 stream=$4 format=$5 base=$6 mode=$7 pusher=$8 assemble=$9
shift 9
signers=${1-} control=${2-}
umask 022
home=$root/packages/$name
incoming=$root/incoming/$stream
release=$incoming
expect_link
mkdir -p "$home" "$root/incoming" || fail 73 "can't make folders in $root"
expect_own "$home"

hold_lock "$pusher"
# A release that stood aside for its repair when that was cut off.
[ -e "$home/.old" ] && [ ! -e "$home/$version" ] && mv "$home/.old" "$home/$version"

# The power may have gone before the disk had all of it.
[ ! -d "$home/$version" ] || is_whole "$home/$version" || clear "$home/$version"

# Somebody else may have been faster.
if [ -f "$home/$version/.fleet-manifest.json" ] && [ "$mode" != repair ]; then
    check_signature "$home/$version" || fail "$?" "its signature does not hold"
    clear "$incoming"
    switch_to "$version"
    exit 0
fi

# Pushes of this package that were given up, and what its pushes to other versions have left.
for old in "$root/incoming/$name@"*; do
    [ "$old" = "$incoming" ] || clear "$old"
done
[ "$mode" = resume ] || clear "$incoming"
mkdir -p "$incoming" && cd "$incoming" || fail 73 "can't make the folder $incoming"
# It may have been cut off when nothing but the last step was missing.
find . -type d ! -perm -200 -exec chmod u+w {} +

decompress() {
    case $format in
    zstd) zstd -dc ;;
    gzip) gzip -dc ;;
    esac
}
# What tar does not read is read by cat, since who writes it would fail if nobody did. The archive's owner is nobody;
# and GNU tar reads 10 KiB at a time unless told otherwise.
unpack() { TAR_OPTIONS='-b 128' tar -xof - >&2 && cat >/dev/null; }
mark step unpack
# The status of a pipe is that of its end; the one of its beginning comes out beside it.
status=$(case $format in
    plain) unpack && echo 0 ;;
    *) { { decompress; echo $? >&3; } | unpack; } 3>&1 ;;
    esac) ||
    fail 74 "tar could not unpack the archive"
[ "$status" = 0 ] || fail 74 "$format could not read the archive to its end: status $status"
show_life
join_tails || fail 73 "can't write to $incoming"

# A range of a file, on standard output.
range() { tail -c "+$(($2 + 1))" "$1" | head -c "$3"; }
dd if=/dev/null iflag=skip_bytes,count_bytes 2>/dev/null &&
    range() { dd if="$1" bs=65536 skip="$2" count="$3" iflag=skip_bytes,count_bytes 2>/dev/null; }
rebuild() {
    [ -s .fleet-delta/plan ] || return 0
    position=0
    : >.fleet-delta/rebuilt
    while IFS='	' read -r step one two three four; do
        case $step in
        file)
            source=$home/$base/$three target=$release/$four
            mkdir -p "${target%/*}" && rm -f "$target" && : >"$target" && chmod "$one" "$target" || return 1
            printf '%s  %s\n' "$two" "$four" >>.fleet-delta/rebuilt
            ;;
        c) range "$source" "$one" "$two" >>"$target" || return 1 ;;
        l)
            range .fleet-delta/literals "$position" "$one" >>"$target" || return 1
            position=$((position + one))
            ;;
        esac
    done <.fleet-delta/plan
    cat .fleet-delta/rebuilt >>.fleet-delta/sums
    paths_of .fleet-delta/rebuilt | (cd "$release" && TZ=UTC0 xargs -0 touch -t 197001010000)
}
# The new release from the old one: its files under a second name, without what has gone, with what is new.
assemble() {
    release=$incoming.new
    clear "$release"
    cp --reflink=always "$home/$base/.fleet-sums" .fleet-clone 2>/dev/null
    cloned=$?
    rm -f .fleet-clone
    if [ "$cloned" -ne 0 ] && have python3; then
        python3 -I -S -c "$assemble" "$home/$base" "$release" && return 0
        [ $? -eq 78 ] && fail 78 "the release $base is not as it was installed"
        say "python3 could not make the release; going on without it"
        clear "$release"
    fi
    is_untouched "$home/$base" || fail 78 "the release $base is not as it was installed"
    if [ "$cloned" -eq 0 ]; then
        cp -a --reflink=always "$home/$base" "$release"
    else
        cp -al "$home/$base" "$release" 2>/dev/null || {
            clear "$release"
            cp -Rp "$home/$base" "$release"
        }
    fi || fail 73 "can't copy the release $base"
    find "$release" -type d -exec chmod u+w {} +
    (
        cd "$release" && rm -f .fleet-manifest.json .fleet-manifest.json.sig .fleet-sums .fleet-layout || exit 1
        [ ! -s "$incoming/.fleet-delta/gone" ] || xargs -0 rm -f <"$incoming/.fleet-delta/gone" || exit 1
        [ ! -s "$incoming/.fleet-delta/emptied" ] || xargs -0 rmdir <"$incoming/.fleet-delta/emptied"
    ) || fail 73 "can't write to $release"
    { cp -al . "$release/" 2>/dev/null || cp -Rp . "$release/"; } &&
        rm -rf "$release/.fleet-delta" || fail 73 "can't write to $release"
    rebuild || fail 73 "can't rebuild files in $release"
}
sums=.fleet-sums
if [ -n "$base" ]; then
    assemble
    sums=$incoming/.fleet-delta/sums
fi
mark step check
cd "$release" || exit 73
is_manifest_of "$version" || {
    cd "$root" && clear "$incoming" && clear "$incoming.new"
    fail 75 "$differing"
}
differing=$(check_sums "$sums") || {
    status=$?
    cd "$root" && clear "$incoming" && clear "$incoming.new"
    [ "$status" -eq 76 ] && exit 76
    fail 75 "$(printf '%s\n' "$differing" | head -n 1)"
}
check_links || fail 75 "$differing"
if [ -n "$signers" ]; then
    check_control "$control" || {
        status=$?
        cd "$root" && clear "$incoming" && clear "$incoming.new"
        [ "$status" -eq 76 ] && exit 76
        fail 75 "$differing"
    }
    check_signature . || {
        status=$?
        cd "$root" && clear "$incoming" && clear "$incoming.new"
        fail "$status" "its signature does not hold"
    }
fi
# Files that are linked to the old release are as they should be, and must stay so.
if [ -n "$base" ]; then
    [ ! -s "$sums" ] || paths_of "$sums" | xargs -0 chmod a-w
    find . -type d -exec chmod a-w {} +
else
    chmod -R a-w .
fi

cd "$root" && chmod u+w "$release" || exit 73
# A power cut must not leave less than was checked. Nobody waits for the disk: see is_whole.
boot_id >"$home/.unsynced.$version"
# A release that was damaged, or replaced, stands aside for the moment of two renames.
clear "$home/.old"
[ -e "$home/$version" ] && {
    chmod u+w "$home/$version" && mv "$home/$version" "$home/.old" || fail 73 "can't move $home/$version away"
}
mv "$release" "$home/$version" || {
    [ -e "$home/.old" ] && mv "$home/.old" "$home/$version"
    fail 73 "can't move the release to $home"
}
chmod a-w "$home/$version"
clear "$home/.old"
# Before the switch: nobody comes back to a version that is current already.
clear "$incoming"
[ "$mode" = repair ] || {
    mark step activate
    switch_to "$version"
}
{ sync -f "$home/$version" || sync; } </dev/null >/dev/null 2>&1 && rm -f "$home/.unsynced.$version" &
