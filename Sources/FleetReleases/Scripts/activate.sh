# Makes a release that is already here the current one:
#   activate.sh ROOT NAME VERSION MODE [SIGNERS SIGNATURE CONTROL]
# MODE is `push` when a person wants it, which ends what rollback.sh holds, or `run`. With SIGNERS one of them must have
# signed its manifest, see check_signature; SIGNATURE is the text of a signature, which takes the place of another one when
# it holds, and CONTROL are the digests of the files beside the payload.
enter_root "$1"
name=$2 version=$3 mode=$4 signers=${5-} signature=${6-} control=${7-}
home=$root/packages/$name
[ -d "$home" ] && expect_own "$home" && hold_lock "activate"
release=$home/$version
[ -f "$release/.fleet-manifest.json" ] || fail 72 "there is no release $version of $name"
if [ -n "$signature" ] && [ "$(cat "$release/.fleet-manifest.json.sig" 2>/dev/null)" != "$signature" ]; then
    new=$home/.signature.$nonce
    printf '%s\n' "$signature" >"$new" && chmod 444 "$new" || fail 73 "can't write to $home"
    check_signature "$release" "$new" || {
        status=$?
        rm -f "$new"
        fail "$status" "its signature does not hold"
    }
    # As old as all files of a release.
    TZ=UTC0 touch -t 197001010000 "$new"
    chmod u+w "$release" && mv -f "$new" "$release/.fleet-manifest.json.sig" && chmod a-w "$release" ||
        fail 73 "can't write to $release"
else
    check_signature "$release" || fail "$?" "its signature does not hold"
fi
# Who asks for a signature wants what was signed, and not what somebody has made of it since.
if [ -n "$signers" ]; then
    cd "$release" && is_manifest_of "$version" || fail 75 "$differing"
    differing=$(check_sums .fleet-sums) || fail 75 "$(printf '%s\n' "$differing" | head -n 1)"
    check_control "$control" || fail 75 "$differing"
    check_links || fail 75 "$differing"
    differing=$(strangers | head -n 1)
    [ -z "$differing" ] || fail 75 "$differing is not of this release"
    cd "$root" || exit 73
fi
# A push of this version that was killed just before it would have done the same has left what it was made of.
for old in "$root/incoming/$name@$version"*; do clear "$old"; done
switch_to "$version"
[ "$mode" = run ] || rm -f "$home/.held"
exit 0
