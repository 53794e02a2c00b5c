# Makes a release that is already here the current one: activate.sh ROOT NAME VERSION PUSH
enter_root "$1"
name=$2 version=$3 push=$4
home=$root/packages/$name
[ -f "$home/$version/.fleet-manifest.json" ] || exit 72
ln -s "$version" "$home/.current.$push" || exit 73
mv -T "$home/.current.$push" "$home/current" 2>/dev/null && exit 0
rm -f "$home/.current.$push"
ln -sfn "$version" "$home/current"
