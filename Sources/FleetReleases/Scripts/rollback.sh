# Makes an earlier release the current one: rollback.sh ROOT NAME [VERSION [SIGNERS]]. Prints
# from=VERSION and to=VERSION. Of VERSION the beginning is enough, or four digits of its digest, when one release alone has
# it. With SIGNERS one of them must have signed it, see check_signature. A release that was current earlier than what it
# replaces is held until somebody pushes: `.held` has both.
enter_root "$1"
name=$2 version=${3:-} signers=${4-}
home=$root/packages/$name
[ -d "$home" ] || fail 72 "$name was never installed here"
expect_own "$home"
hold_lock "rollback"
current=$(readlink "$home/current") || current=
if [ -z "$version" ]; then
    version=$(by_recency | grep -vxF "${current:-none}" | head -n 1)
    [ -n "$version" ] || fail 85 "there is no earlier release of $name here"
fi
# Only what is a release, and no path.
there=$(by_recency | tr '\n' ' ')
found=
for release in $there; do
    digest=${release##*-}
    case $release in
    "$version") found=" $release" && break ;;
    "$version"*) found="$found $release" ;;
    *) case $version,$digest in ????*,"$version"*) found="$found $release" ;; esac ;;
    esac
done
case $found in
' '*' '* | '') fail 86 "${there:-–}" ;;
esac
version=${found# }
check_signature "$home/$version" || fail "$?" "its signature does not hold"
switch_to "$version"
# When a release was current for the first time.
turn() { grep -n "^$1 " "$home/.history" | head -n 1 | cut -d : -f 1; }
before=$(turn "$version") after=$(turn "${current:-$version}")
if [ "${before:-0}" -lt "${after:-0}" ]; then
    echo "$version $current" >"$home/.held" || fail 73 "can't write to $home"
fi
# The image's other name goes with what is current.
for engine in docker podman; do
    for record in "$root/images/$engine/$name/$version" "$root/images/$engine/$name"/*/"$version"; do
        [ -f "$record" ] || continue
        image=${record#"$root/images/$engine/"}
        image=${image%/*}
        patient "$engine" tag "$image:$version" "$image:latest" </dev/null >/dev/null 2>&1
    done
done
echo "from=$current"
echo "to=$version"
exit 0
