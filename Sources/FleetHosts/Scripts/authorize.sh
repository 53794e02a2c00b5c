# Lets a key in: authorize.sh TYPE KEY COMMENT appends it to ~/.ssh/authorized_keys, unless it is there already. Prints
# `key=added` or `key=present`. Ends with 73 and the reason where nothing can be written.
home=${HOME:-$(cd && pwd)}
folder=$home/.ssh
file=$folder/authorized_keys
umask 077
# Does something, and ends with its own words where that fails.
must() {
    problem=$("$@" 2>&1) && return
    say "${problem:-cannot do this: $*}"
    exit 73
}
add_line() {
    # The last line may have no end.
    [ -z "$(tail -c 1 "$file")" ] || set -- "
$1"
    printf '%s\n' "$1" >>"$file"
}
# The lines that count and have the key.
lines_of() { grep -v '^[[:blank:]]*#' "$file" 2>/dev/null | grep -F -- "$1"; }
# Whether one of them has no conditions of its own, such as from= or command=.
has_key() { lines_of "$2" | grep -q "^[[:blank:]]*$1[[:blank:]]"; }
# sshd passes over what others may write to. What is good is left alone: it may be somebody else's, and only to be read.
close_to_others() {
    case $(ls -ldL "$1") in
    ?????w* | ????????w*) must chmod go-w "$1" ;;
    esac
}

[ -d "$folder" ] || must mkdir -p "$folder"
if has_key "$1" "$2"; then
    echo key=present
elif [ -n "$(lines_of "$2")" ]; then
    say "$file has the key with conditions of its own, such as from= or command=, and they do not let it in"
    exit 73
else
    must touch "$file"
    must add_line "$1 $2 $3"
    has_key "$1" "$2" || {
        say "the key was not written to $file"
        exit 73
    }
    echo key=added
fi
close_to_others "$folder"
close_to_others "$file"
have restorecon && restorecon -F "$folder" "$file" >/dev/null 2>&1
exit 0
