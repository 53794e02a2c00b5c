# Releases of a package: what installing, switching, checking and removing them share. Expects `home`, the package's
# folder, and for check_control `lock`. What checks a release sets `differing` to what is not as it should be.

# What tools say is read here.
LC_ALL=C
export LC_ALL

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
