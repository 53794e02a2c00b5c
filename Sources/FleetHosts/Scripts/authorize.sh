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
# Whether a line that counts has the key.
has_key() { grep -v '^[[:blank:]]*#' "$file" 2>/dev/null | grep -qF -- "$1"; }

[ -d "$folder" ] || must mkdir -p "$folder"
if has_key "$2"; then
    echo key=present
else
    must touch "$file"
    must add_line "$1 $2 $3"
    has_key "$2" || {
        say "the key was not written to $file"
        exit 73
    }
    echo key=added
fi
# sshd passes over what others may write to.
must chmod 700 "$folder"
must chmod 600 "$file"
have restorecon && restorecon -F "$folder" "$file" >/dev/null 2>&1
exit 0
