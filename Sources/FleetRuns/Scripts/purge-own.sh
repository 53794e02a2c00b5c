# Whether a folder is fleet's own: `root: ~/photos` must not cost anybody the photos. Each entry must be one that fleet
# makes, as its files show, or a name that nobody else gives. Folders with no file in them are no loss.
digit='[0-9]' hex='[0-9a-f]'
four=$digit$digit$digit$digit
digest=$hex$hex$hex$hex
run_name="$four$four-$four$digit$digit-$digest"
digest=$digest$digest$digest

# Prints strange=PLACE for what is not fleet's.
tell_strangers() {
    for entry in "$root"/* "$root"/.[!.]* "$root"/..?*; do
        [ -e "$entry" ] || [ -L "$entry" ] || continue
        area=${entry##*/}
        case $area in
        .fleet-trial.[0-9]* | .gone.[0-9]*) [ -d "$entry" ] && continue ;;
        packages | runs | venvs | images | incoming | schedules | slurm)
            [ -d "$entry" ] && tell_strangers_in "$entry" && continue
            ;;
        esac
        forbid "strange=$area"
    done
}
tell_strangers_in() {
    for part in "$1"/* "$1"/.[!.]* "$1"/..?*; do
        [ -e "$part" ] || [ -L "$part" ] || continue
        is_part "${part##*/}" || is_empty "$part" || forbid "strange=$area/${part##*/}"
    done
}
is_part() {
    case $area in
    packages) is_package "$part" ;;
    runs)
        # What could not be removed once may have lost its files.
        case $1 in $run_name.*) return 0 ;; esac
        [ -f "$part/job.json" ] && { [ -f "$part/pid" ] || [ -f "$part/.starter" ] || [ -f "$part/trailer" ]; }
        ;;
    venvs) is_environment "$part" ;;
    # Images are in the engine: what lies here are names.
    images)
        case $1 in docker | podman) ;; *) return 1 ;; esac
        full=$(find "$part" ! -type d -size +0) && [ -z "$full" ]
        ;;
    incoming)
        case $1 in *@*-$digest* | image.*) return 0 ;; esac
        [ -f "$part/.fleet-manifest.json" ] || [ -d "$part/.fleet-tail" ] || [ -d "$part/.fleet-delta" ]
        ;;
    schedules)
        case $1 in
        *@*.history | *@*.running | *@*.kept) [ -f "$part" ] ;;
        *@*) [ -f "$part/when" ] || [ -f "$part/job.sh" ] ;;
        *) return 1 ;;
        esac
        ;;
    slurm)
        case $1 in $run_name) return 0 ;; esac
        [ -f "$part/job.sh" ] && [ -f "$part/task" ]
        ;;
    esac
}
# Releases, and what is beside them.
is_package() {
    [ -d "$1" ] && [ ! -L "$1" ] || return 1
    for version in "$1"/* "$1"/.[!.]*; do
        [ -e "$version" ] || [ -L "$version" ] || continue
        case ${version##*/} in
        .lock | .lock.* | .history | .held | .unsynced.* | .gone.* | .old) continue ;;
        current | .current.*) [ -L "$version" ] && continue ;;
        *-$digest) continue ;;
        esac
        [ -f "$version/.fleet-manifest.json" ] || is_empty "$version" || return 1
    done
}
is_environment() {
    [ -d "$1" ] && [ ! -L "$1" ] || return 1
    for made in "$1"/* "$1"/.[!.]*; do
        [ -e "$made" ] || [ -L "$made" ] || continue
        case $made in *.lock | *.lock.*) [ -L "$made" ] && continue ;; esac
        [ -f "$made/pyvenv.cfg" ] || [ -f "$made/.ready" ] || is_empty "$made" || return 1
    done
}
# What can't be searched is not empty.
is_empty() {
    [ -d "$1" ] && [ ! -L "$1" ] || return 1
    full=$(find "$1" ! -type d 2>/dev/null) && [ -z "$full" ]
}
