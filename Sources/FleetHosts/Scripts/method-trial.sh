# A tiny job by each of this host's methods without a container: method-trial.sh ROOT METHOD...
enter_root "$1"
shift
folder=$root
while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
trial=$folder/.fleet-trial.$$
at_end() { rm -rf "$trial"; }
job='echo works >out'
code='open("out", "w").write("works\n")'
by_native() { sh -c "$job"; }
by_python() { python3 -c "$code"; }
by_venv() { python3 -m venv --without-pip venv && venv/bin/python -c "$code"; }
for method in "$@"; do
    case $method in native | python | venv) ;; *) continue ;; esac
    if said=$(
        {
            mkdir -m 700 "$trial" && cd "$trial" && "by_$method" && read -r word <out && [ "$word" = works ]
        } 2>&1 </dev/null
    ); then
        echo "starts=$method"
    else
        echo "problem=$method $(printf '%s\n' "$said" | grep -v '^ *$' | tail -n 1)"
    fi
    rm -rf "$trial"
done
exit 0
