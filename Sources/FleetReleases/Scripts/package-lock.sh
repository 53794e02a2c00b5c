# One at a time works on a package: `hold_lock WHO` waits for who does, or takes over from who does not move any more;
# `let_go` gives the package back. Comes after lock.sh, session.sh and release.sh; expects `root`, and `home` and `name` of
# the package.
#
# What the functions here tell each other: `life` is the process that shows that this shell works; while hold_lock waits,
# `waited` are the seconds so far, `still` those of them in which nothing has changed, and `sign` is what was seen last.
life= waited=0 still=0 sign=
# Minutes without a sign, after which who holds a package's lock is taken for dead, and after which others stop waiting.
lease=30
patience=5

hold_lock() {
    lock=$home/.lock
    was_locked= stolen=
    [ -L "$lock" ] && was_locked=yes
    waited=0 still=0 sign=
    until take_lock; do
        # The package may have been removed altogether meanwhile.
        mkdir -p "$home" 2>/dev/null
        [ -n "$owner" ] || can_lock || fail 73 "can't write to $home"
        look_for_signs
        [ -n "$owner" ] && take_over && stolen=yes && continue
        [ "$waited" -eq 0 ] && say "@waiting $(cat "$lock.info" 2>/dev/null)"
        waited=$((waited + 1))
        # At first for a minute, then as long as the other one moves.
        [ "$still" -lt 60 ] || { [ "$still" -lt "$((patience * 60))" ] && moves "$patience"; } ||
            fail 79 "$(cat "$lock.info" 2>/dev/null)"
        sleep 1
    done
    [ -z "$was_locked" ] || end_orphans
    [ -z "$was_locked" ] || [ "$waited" -gt 0 ] && [ -z "$stolen" ] || say "@stolen $(cat "$lock.info" 2>/dev/null)"
    rm -f "$lock.beat"
    echo "$1, $(date '+%Y-%m-%d %H:%M:%S')" >"$lock.info"
    # A connection that is gone must not keep the shell from letting go.
    trap '' PIPE
    at_end() { let_go; }
    # What was being removed or replaced when somebody was killed.
    for old in "$home"/.gone.*; do clear "$old"; done
}
# Whether a lock could be made at all: the file system may be read-only or full.
can_lock() { ln -s . "$lock.$nonce" 2>/dev/null && rm -f "$lock.$nonce"; }
let_go() {
    [ -n "$mine" ] || return 0
    [ -z "$life" ] || { kill "$life" && wait "$life"; } 2>/dev/null
    life=
    rm -f "$lock.info" "$lock.beat"
    release_lock
    mine=
}

# A push that was killed leaves its lock behind, but nobody who lives in it.
take_over() {
    # A clock that was set makes everything old at once. Who lives shows it within a minute.
    [ "$still" -lt 60 ] || moves "$lease" && return 1
    if is_here "$owner"; then
        [ -d "/proc/${owner%%.*}" ] && end_tree "${owner%%.*}"
    else
        # On another machine that shares this folder, or this one under an earlier name.
        presumed_dead="$presumed_dead $owner"
    fi
}
# Ends a process and all that hangs on it, but nobody else of its session: that may be a person's, who installs by hand.
# TERM first; who is still there after two seconds gets KILL.
end_tree() {
    tree=" $1 "
    before=
    until [ "$tree" = "$before" ]; do
        before=$tree
        for stat in /proc/[0-9]*/stat; do
            { read -r line <"$stat"; } 2>/dev/null || continue
            number=${line%% *}
            # The name in parentheses may hold anything; the parent is the second field after it.
            set -- ${line##*) }
            case $tree in
            *" $number "*) ;;
            *" $2 "*) tree="$tree$number " ;;
            esac
        done
    done
    # Who they are: a number may soon be another's.
    tree=$(for number in $tree; do identity "$number"; done)
    tries=0
    signal=TERM
    while
        left=$(for one in $tree; do [ "$(identity "${one%%.*}")" = "$one" ] && echo "${one%%.*}"; done)
        [ -n "$left" ]
    do
        case $tries in
        20) signal=KILL ;;
        40) return 1 ;;
        esac
        [ "$((tries % 20))" -eq 0 ] && kill "-$signal" $left 2>/dev/null
        tries=$((tries + 1))
        sleep 0.1 2>/dev/null || sleep 1
    done
    return 0
}
# What those have left running whose lock this was: tar or Python go on when their shell is killed, and would write into
# what is being cleared or made anew. sshd gives each command a session with the number of its shell, which is nobody
# else's as long as somebody is in it; and only who works below fleet's folder is ended.
end_orphans() {
    found=
    link=$lock
    while owner=$(readlink "$link") && [ "$owner" != "$me" ]; do
        is_here "$owner" && found="$found ${owner%%.*}"
        link=$lock.$owner
    done
    tries=0
    while
        left=
        for number in ${found:+$(members)}; do
            case $(readlink "/proc/$number/cwd") in "$root" | "$root"/*) left="$left $number" ;; esac
        done
        [ -n "$left" ] && [ "$tries" -lt 50 ]
    do
        kill -KILL $left 2>/dev/null
        tries=$((tries + 1))
        sleep 0.1 2>/dev/null || sleep 1
    done
}
# Whether who holds the lock gave a sign in the last $1 minutes. What arrives is one, and so is the lock itself, which is
# there a moment before its words are; or that it has just gone.
moves() {
    [ -n "$(find "$lock.info" "$link" "$root/incoming/$name@"* -mmin "-$1" 2>/dev/null | head -n 1)" ] ||
        [ ! -L "$link" ]
}
# Gives signs of life as long as this shell lives, since one step may take longer than the lease. Not for who waits for
# bytes: nobody notices here when a connection is dead.
show_life() {
    # What is forked with traps runs them when it is ended before it has taken them off: it would let go of the lock.
    trap - EXIT TERM INT
    (
        nap=
        trap 'kill $nap 2>/dev/null; exit 0' TERM
        beat=0
        while kill -0 $$ 2>/dev/null && touch -c "$lock.info" && echo "$beat" >"$lock.beat"; do
            beat=$((beat + 1))
            sleep 5 &
            nap=$!
            wait "$nap"
        done
    ) </dev/null >/dev/null 2>&1 &
    life=$!
    trap_end
}
# What shows that the owner of the lock is at work: its beats, which an earlier fleet has as a time alone, and what
# arrives.
signs() {
    cat "$lock.beat"
    ls -ldn "$lock.info"
    readlink "$link"
    du -sk "$root/incoming/$name@"*
} 2>/dev/null
# Counts in `still` for how many seconds of waiting nothing has changed; looks every five.
look_for_signs() {
    still=$((still + 1))
    [ "$((waited % 5))" -eq 0 ] || return 0
    before=$sign
    sign=$(signs)
    [ "$sign" = "$before" ] || still=0
}
