# What a host has of what it is to have, and by what means more gets there: needs.sh MANAGERS SUPPLY...
# MANAGERS are the programs of package managers; the first one that is here counts.
echo "user=$(id -un)"
if [ "$(id -u)" -eq 0 ]; then
    echo rights=root
elif ! have sudo; then
    echo rights=none
elif sudo -n true 2>/dev/null; then
    echo rights=sudo
else
    echo rights=password
fi

for manager in $1; do
    have "$manager" || continue
    echo "manager=$manager"
    break
done
shift

# Not only that it is here: that it works for this user.
works_docker() { have docker && docker version --format '{{.Server.Version}}'; }
works_podman() { have podman && podman info; }
works_python() { have python3 && python3 -c 'import ensurepip, venv'; }
works_zstd() { have zstd && [ "$(echo works | zstd -qc | zstd -dqc)" = works ]; }
for supply in "$@"; do
    if "works_$supply" </dev/null >/dev/null 2>&1; then echo "has=$supply"; else echo "lacks=$supply"; fi
done
