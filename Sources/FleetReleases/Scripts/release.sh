# Releases of a package: what installing, switching, checking and removing them share. Expects `home`, the package's
# folder, and `name`.

# What tools say is read here.
LC_ALL=C
export LC_ALL
# Minutes without a sign, after which who holds a package's lock is taken for dead, and after which others stop waiting.
lease=30
patience=5
# What shows that this shell works, see show_life.
life=

# Says why and ends.
fail() {
    say "$2"
    exit "$1"
}

# Removes a folder of releases. Only folders become writable: their files may be the same inodes as those of another
# release, which must stay as they are.
clear() {
    [ -e "$1" ] || return 0
    find "$1" -type d -exec chmod u+rwx {} +
    rm -rf "$1"
}

# The paths of a list `DIGEST  PATH`, each ended by a zero byte, and none that looks like an option.
paths_of() { sed 's/^.\{66\}/.\//' "$1" | tr '\n' '\0'; }

# Checks files against the lines `DIGEST  PATH` of a list, in the current folder; prints those that differ.
check_sums() {
    [ -s "$1" ] || return 0
    # openssl uses the processor's SHA instructions, which sha256sum may not.
    if have openssl && have xargs; then
        paths_of "$1" | xargs -0 openssl dgst -sha256 -r 2>/dev/null |
            sed 's/^\(.\{64\}\) \*\.\//\1  /' | cmp -s - "$1" && return 0
    fi
    # What differs, or whether it was openssl's fault.
    if have sha256sum; then
        said=$(sha256sum -c "$1" 2>/dev/null) && return 0
    elif have shasum; then
        said=$(shasum -a 256 -c "$1" 2>/dev/null) && return 0
    else
        fail 76 "there is no sha256sum, shasum or openssl that can check the files"
    fi
    differing=$(printf '%s\n' "$said" | grep -v ': OK$' | grep .) || fail 76 "the files can't be checked here"
    printf '%s\n' "$differing" | sed 's/: [^:]*$//'
    return 1
}

digest_of() {
    if have openssl; then openssl dgst -sha256 -r "$1"; elif have sha256sum; then sha256sum "$1"; else shasum -a 256 "$1"; fi
}

# Whether the manifest in the current folder is that of a version, whose end is its digest, and the sums are its own.
# Sets `differing`.
is_manifest_of() {
    case $1 in
    *-????????????) ;;
    *) return 0 ;;
    esac
    differing=.fleet-manifest.json
    case $(digest_of .fleet-manifest.json) in "${1##*-}"*) ;; *) return 1 ;; esac
    differing=.fleet-sums
    # No path can hold the pattern: its quotes have backslashes.
    [ "$(grep -o '"sha256":"[0-9a-f]*' .fleet-manifest.json | cut -c 11-)" = "$(cut -c 1-64 .fleet-sums)" ]
}

# Whether one of `signers`, lines `fleet KEYTYPE KEY`, has signed the release in the folder $1; its signature is the file
# $2, or lies where it should. Without signers any release will do. Gives 80 for a wrong signature and 81 for none, and
# says `@unchecked` on a host that can't tell.
check_signature() {
    [ -n "$signers" ] || return 0
    signature_file=${2:-$1/.fleet-manifest.json.sig}
    [ -f "$signature_file" ] || return 81
    proof=$home/.proof.$nonce
    mkdir -p "$proof" && printf '%s\n' "$signers" >"$proof/signers" || fail 73 "can't write to $home"
    verify_by_ssh_keygen "$1/.fleet-manifest.json" "$signature_file"
    verdict=$?
    if [ "$verdict" -eq 2 ]; then
        verify_by_openssl "$1/.fleet-manifest.json" "$signature_file"
        verdict=$?
    fi
    rm -rf "$proof"
    case $verdict in
    0) ;;
    2) say @unchecked ;;
    *) return 80 ;;
    esac
}

# Both: 0 for a good signature, 1 for a bad one, 2 when the program can't tell.
verify_by_ssh_keygen() {
    have ssh-keygen || return 2
    # OpenSSH before 8.1 knows no -Y, and none does anything for a user whom the system does not know.
    case $(LC_ALL=C ssh-keygen -Y 2>&1 </dev/null) in
    *"requires an argument"*) ;;
    *) return 2 ;;
    esac
    ssh-keygen -Y verify -f "$proof/signers" -I fleet -n fleet-package -s "$2" <"$1" >/dev/null 2>&1 || return 1
}
# PROTOCOL.sshsig of OpenSSH by hand. Of an Ed25519 key, for this namespace and with SHA-512, its blob has 183 bytes: the
# public key with its type from 15 on, the signature at the end.
verify_by_openssl() {
    have openssl && openssl pkeyutl -help 2>&1 | grep rawin >/dev/null || return 2
    sed /^-----/d "$2" | openssl base64 -d >"$proof/blob" 2>/dev/null
    [ "$(wc -c <"$proof/blob")" -eq 183 ] || return 1
    grep -qxF "fleet ssh-ed25519 $(tail -c +15 "$proof/blob" | head -c 51 | openssl base64 -A)" "$proof/signers" ||
        return 1
    tail -c 64 "$proof/blob" >"$proof/signature"
    {
        printf 'SSHSIG\0\0\0\15fleet-package\0\0\0\0\0\0\0\6sha512\0\0\0\100'
        openssl dgst -sha512 -binary "$1"
    } >"$proof/message"
    # The key in DER (RFC 8410).
    {
        printf '\60\52\60\5\6\3\53\145\160\3\41\0'
        tail -c +34 "$proof/blob" | head -c 32
    } >"$proof/key"
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$proof/key" -rawin -in "$proof/message" \
        -sigfile "$proof/signature" >/dev/null 2>&1 || return 1
}

# What lies in the current folder and does not belong to the release: a worker might take it for a part of it.
strangers() {
    belonging=$(
        cut -c 67- .fleet-sums
        [ ! -f .fleet-layout ] || sed -n 's/^link	\([^	]*\)	.*/\1/p' .fleet-layout
        printf '%s\n' .fleet-manifest.json .fleet-manifest.json.sig .fleet-sums .fleet-layout
    )
    # What belongs comes twice at least.
    { printf '%s\n' "$belonging" "$belonging" && find . ! -type d | cut -c 3-; } | sort | uniq -u
}

# Whether the files beside the payload, in the current folder, have the digests $1, which ties them to what was signed.
# Sets `differing`; gives what check_sums does.
check_control() {
    printf '%s\n' "$1" >"$lock.control"
    differing=$(check_sums "$lock.control")
    verdict=$?
    rm -f "$lock.control"
    return "$verdict"
}

# Links have no sums: they are checked against the layout, in the current folder. Sets `differing`.
check_links() {
    [ -f .fleet-layout ] || return 0
    links=$(grep '^link' .fleet-layout) || return 0
    while IFS='	' read -r kind path target; do
        [ "$(readlink "./$path")" = "$target" ] || {
            differing="$path: not a link to $target"
            return 1
        }
    done <<END
$links
END
}

# A new link would be put into a folder.
expect_link() {
    [ -d "$home/current" ] && [ ! -L "$home/current" ] &&
        fail 73 "$home/current is a folder, not the link that it should be"
}

# Makes a release the current one by one rename(2); `ln -f` would leave a moment without any.
switch_to() {
    is_whole "$home/$1" || fail 75 "the power went before $1 had reached the disk: push it again"
    [ "$(readlink "$home/current")" = "$1" ] && return 0
    # Nobody holds on to what was current, see rollback.sh.
    rm -f "$home/.held"
    expect_link
    next=$home/.current.$nonce
    ln -s "$1" "$next" || fail 73 "can't make a link in $home"
    if ! mv -T "$next" "$home/current" 2>/dev/null; then
        rm -f "$next"
        ln -sfn "$1" "$home/current" || fail 73 "can't make the link $home/current"
    fi
    # What was current, one line each, for a way back.
    echo "$1 $(date +%s)" >>"$home/.history"
}

# What was cut off goes on where it broke: tails belong to files that are here in part. Done twice it does no harm.
join_tails() {
    [ -f .fleet-tail/list ] || return 0
    while IFS='	' read -r number blocks mode path; do
        [ -f ".fleet-tail/$number" ] || continue
        chmod u+w "./$path" && dd if=".fleet-tail/$number" of="./$path" bs=65536 seek="$blocks" 2>/dev/null &&
            chmod "$mode" "./$path" && TZ=UTC0 touch -t 197001010000 "./$path" || return 1
    done <.fleet-tail/list
    rm -rf .fleet-tail
}

# The releases of the package, those that were current last first; those that never were come last.
by_recency() {
    {
        [ -f "$home/.history" ] && sed '1!G;h;$!d' "$home/.history"
        for folder in "$home"/*/; do
            folder=${folder%/}
            [ -L "$folder" ] || echo "${folder##*/}"
        done
    } | {
        seen=' '
        while read -r version _; do
            case $seen in *" $version "*) continue ;; esac
            seen="$seen$version "
            [ -f "$home/$version/.fleet-manifest.json" ] && echo "$version"
        done
    }
}

# One at a time works on a package: waits for who does, and ends who does not move any more. $1 says who wants to.
# A push that was killed leaves its lock behind, but nobody who lives in it.
take_over() {
    # A clock that was set makes everything old at once. Who lives shows it within a minute.
    [ "$still" -lt 60 ] || moves "$lease" && return 1
    case $owner in
    *".$(uname -n)") [ -d "/proc/${owner%%.*}" ] && end_tree "${owner%%.*}" ;;
    # On another machine that shares this folder, or this one under an earlier name.
    *) presumed_dead="$presumed_dead $owner" ;;
    esac
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
        case $owner in *".$(uname -n)") found="$found ${owner%%.*}" ;; esac
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
hold_lock() {
    lock=$home/.lock
    was_locked= stolen=
    [ -L "$lock" ] && was_locked=yes
    waited=0 still=0 sign=
    until take_lock; do
        # The package may have been removed altogether meanwhile.
        mkdir -p "$home" 2>/dev/null
        [ -n "$owner" ] || [ -w "$home" ] || fail 73 "can't write to $home"
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
let_go() {
    [ -n "$mine" ] || return 0
    [ -z "$life" ] || { kill "$life" && wait "$life"; } 2>/dev/null
    life=
    rm -f "$lock.info" "$lock.beat"
    release_lock
    mine=
}
