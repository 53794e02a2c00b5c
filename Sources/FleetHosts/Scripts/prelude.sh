# Before every script. $1 is the command's nonce. What the script writes to either stream begins at a mark with the nonce
# and ends at one with the exit status: what a login shell prints before it is not the script's, and an end without a
# mark is known to be no end at all. Where nobody reads marks the nonce is a word.
set -u
nonce=$1
shift
case $nonce in bundle | cron | local | slurm) marks= ;; *) marks=yes ;; esac
# Tells the master something beside the output. A mark may stand in the middle of a line.
mark() { [ -z "$marks" ] || printf '@fleet %s %s\n' "$nonce" "$*" >&2; }
# What a script still has to do whatever ends it.
at_end() { :; }
# On standard error first: whoever does not read the output any more can end this shell.
end() {
    at_end
    mark "$1"
    [ -z "$marks" ] || printf '@fleet %s %s\n' "$nonce" "$1" 2>/dev/null
}
trap_end() {
    trap 'end "$?"' EXIT
    trap 'exit 143' TERM
    trap 'exit 130' INT
}
trap_end
[ -z "$marks" ] || printf '@fleet %s begin\n' "$nonce"
mark begin
say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }
# A daemon that takes the connection and never answers must not hold up what is done here.
patient() { within 15 "$@"; }
# Ends a program after so many seconds, also one that does not hear TERM where timeout(1) can: within SECONDS WORD...
within() {
    if timeout -k 1 1 true 2>/dev/null; then
        timeout -k 2 "$@"
    elif timeout 1 true 2>/dev/null; then
        timeout "$@"
    else
        shift
        "$@"
    fi
}
# Whether all of a release has reached the disk, as far as anybody can tell: RELEASE. A mark beside it holds the boot in
# which it was written, until that has happened.
is_whole() {
    boot=
    [ -e "${1%/*}/.unsynced.${1##*/}" ] || return 0
    { read -r boot <"${1%/*}/.unsynced.${1##*/}"; } 2>/dev/null
    [ "$boot" = "$(boot_id)" ]
}
boot_id() { cat /proc/sys/kernel/random/boot_id 2>/dev/null; }
# fleet's folder: as the inventory says, below the home folder unless absolute.
enter_root() {
    case $1 in
    /*) root=$1 ;;
    *) root=${HOME:-$(cd && pwd)}/$1 ;;
    esac
    # As the kernel names it, so that it can be compared with what /proc shows; `real` tells that it is.
    real=
    [ -d "$root" ] && root=$(cd "$root" && pwd -P) && real=yes
    root=${root%/}
}
