# The manifest of a release: manifest.sh ROOT NAME VERSION
enter_root "$1"
cat "$root/packages/$2/$3/.fleet-manifest.json"
