# A lock that outlives nobody. It is a symbolic link whose target names its owner: made in one step together with its
# content, which neither a folder nor a file can be. Expects `lock`, its path.
#
# A lock whose owner is gone is never taken away, since a slow thief would then take its successor's. It is followed
# instead: the link $lock.OWNER names who came after OWNER. Only one can make that link, and the last of the chain is the
# owner of it all.
mine=
# Owners that can't be seen and have not moved for too long.
presumed_dead=

# Sets `machine` to the name that uname(1) has, at best without a program: this is done for every job.
read_machine() {
    { read -r machine </proc/sys/kernel/hostname; } 2>/dev/null || machine=$(uname -n)
}
# Who a process is: its number alone belongs to another one sooner or later. Empty when it is gone.
identity() {
    # Another user's process can't be signalled, but seen.
    [ -d "/proc/$1" ] || kill -0 "$1" 2>/dev/null || return 0
    boot=
    { read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
    # The name in parentheses may hold anything. After it the first field is the state, the twentieth the start.
    if { read -r line <"/proc/$1/stat"; } 2>/dev/null; then
        set -- "$1" ${line##*) }
        case $2 in [ZX]) return 0 ;; esac
    fi
    read_machine
    echo "$1.${21:-}.$boot.$machine"
}
# Whether an identity, NUMBER.START.BOOT.MACHINE, is of this machine. Its name may have dots, too: `b` is not `a.b`.
is_here() { read_machine; [ "${1#*.*.*.}" = "$machine" ]; }
# What runs on another machine that shares this folder can't be seen from here.
lives() {
    case " $presumed_dead " in *" $1 "*) return 1 ;; esac
    ! is_here "$1" || [ "$(identity "${1%%.*}")" = "$1" ]
}
# Sets `owner` to who has the lock, nothing when it is free, and `link` to the link of the owner or of the next one.
find_owner() {
    link=$lock
    while owner=$(readlink "$link"); do
        [ "$owner" = "$me" ] || lives "$owner" && return
        link=$lock.$owner
    done
}
take_lock() {
    me=$(identity $$)
    # What earlier versions of fleet left was an empty folder.
    [ -L "$lock" ] || rmdir "$lock" 2>/dev/null
    find_owner
    [ -z "$owner" ] && ln -s "$me" "$link" 2>/dev/null || return 1
    mine=$link
    # The chain may have been released from its head while its end was being read: then this link hangs on nothing.
    find_owner
    [ "$owner" = "$me" ] && return 0
    rm -f "$mine"
    mine=
    return 1
}
# Does nothing for who does not have it.
release_lock() {
    [ -n "$mine" ] || return 0
    link=$lock
    # From the head on: once that is gone nobody finds the rest.
    while owner=$(readlink "$link") && rm -f "$link" && [ "$owner" != "$me" ]; do link=$lock.$owner; done
}
