# Who may change what runs here. Whoever can write to a folder can replace what lies in it.

# Ends with 82 where another user could replace a folder of fleet's, or one above it, and says which: expect_own PLACE.
# As StrictModes of sshd_config(5) has it, each belongs to the user or to root, and nobody else may write to it, but the
# group that the user alone is in by custom. Above fleet's folder the sticky bit will do: in /tmp nobody can touch what is
# another's. Links are followed first. In a container or namespace some owners can't be seen: they are outside.
expect_own() {
    read_user_id
    [ -d "$1" ] || return 0
    place=$1
    is_plain "$place" || place=$(cd "$place" && pwd -P) || return 0
    # What a path without links begins with has none.
    case $place in
    "$root" | "$root"/*) own_root=$root ;;
    *) own_root=$(cd "$root" && pwd -P) || return 0 ;;
    esac
    expect_own_chain "$place"
    # Where a link leads away from it, fleet's folder is not above.
    case $place in "$own_root" | "$own_root"/*) ;; *) expect_own_chain "$own_root" ;; esac
}
# Whether a path begins with fleet's folder as the kernel names it, and leads through no link below: tested without a
# process, since this is done for every job.
is_plain() {
    [ -n "$real" ] || return 1
    case $1/ in "$root"/*) ;; *) return 1 ;; esac
    part=$1
    while [ "$part" != "$root" ]; do
        [ ! -L "$part" ] || return 1
        part=${part%/*}
    done
}
# Sets `user_id`, at best without a program. The shell reads a byte at a time, and the line is one of the first.
read_user_id() {
    user_id=
    {
        while read -r key _ own _; do
            [ "$key" = Uid: ] || continue
            user_id=$own
            break
        done </proc/self/status
    } 2>/dev/null
    [ -n "$user_id" ] || user_id=$(id -u)
}
# All folders from / to $1, by one call: each is the beginning of the next one, so that they come out in this order.
expect_own_chain() {
    rest=$1
    set --
    while [ -n "$rest" ] && [ "$rest" != / ]; do
        set -- "$rest" "$@"
        rest=${rest%/*}
    done
    listed=$(LC_ALL=C ls -ldn / "$@")
    folder=/ open=
    while read -r modes _ owner group _; do
        is_own || {
            open=$folder
            break
        }
        folder=${1-}
        [ $# -eq 0 ] || shift
    done <<END
$listed
END
    [ -z "$open" ] || {
        printf '%s\n' "$open" | head -n 1 >&2
        exit 82
    }
}
# Expects what `ls -ldn` tells of `folder`.
is_own() {
    case $owner in
    0 | "$user_id") ;;
    65534) grep -q '^ *0 *0 *4294967295$' /proc/self/uid_map 2>/dev/null && return 1 ;;
    *) return 1 ;;
    esac
    case $modes in
    ????????w*) ;;
    ?????w*) [ "$group" = "$(id -g)" ] && [ "$(id -gn)" = "$(id -un)" ] && return ;;
    *) return 0 ;;
    esac
    case $folder in "$own_root" | "$own_root"/*) return 1 ;; esac
    case $modes in ?????????[tT]*) ;; *) return 1 ;; esac
}
# Whether a release looks as it was installed: every file is there, and none is newer than the time 0 that all have.
# Reads no content, so it costs next to nothing; `fleet verify` reads everything.
is_untouched() {
    [ -f "$1/.fleet-sums" ] && [ -f "$1/.fleet-manifest.json" ] || return 1
    # What stands beside the files: the manifest, the sums, and often the layout and the signature.
    beside=2
    for file in .fleet-layout .fleet-manifest.json.sig; do [ ! -f "$1/$file" ] || beside=$((beside + 1)); done
    has_counts $(
        cd "$1" || exit
        # Not every find can end at the first file.
        newer=$(find . -type f -newer .fleet-manifest.json -print -quit 2>/dev/null) ||
            newer=$(find . -type f -newer .fleet-manifest.json | head -n 1)
        [ -n "$newer" ] || find . -type f | wc -l - .fleet-sums
    )
}
# Expects what `wc -l - SUMS` tells of the files and of their sums, and nothing where a file is newer.
has_counts() { [ $# -gt 2 ] && [ "$1" -eq "$(($3 + beside))" ]; }
