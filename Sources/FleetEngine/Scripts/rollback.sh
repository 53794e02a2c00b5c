# Makes an earlier release the current one: rollback.sh ROOT NAME [VERSION [SIGNERS]]. Prints
# from=VERSION and to=VERSION. With SIGNERS one of them must have signed it, see check_signature.
enter_root "$1"
name=$2 version=${3:-} signers=${4-}
home=$root/packages/$name
[ -d "$home" ] || fail 72 "$name was never installed here"
hold_lock "rollback"
current=$(readlink "$home/current") || current=
if [ -z "$version" ]; then
    version=$(by_recency | grep -vxF "${current:-none}" | head -n 1)
    [ -n "$version" ] || fail 72 "there is no earlier release of $name here"
fi
[ -f "$home/$version/.fleet-manifest.json" ] || fail 72 "there is no release $version of $name here"
check_signature "$home/$version" || fail "$?" "its signature does not hold"
switch_to "$version"
echo "from=$current"
echo "to=$version"
exit 0
