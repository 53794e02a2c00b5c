# What is asked of container engines, none of which may hold up what is done here.

# Which images of fleet's an engine has: list_images ENGINE. Sets `ids`; or fails, and sets `problem` to why.
list_images() {
    ids= problem= failed=
    listed=$({
        { patient "$1" image ls -q --no-trunc --filter label=fleet.package </dev/null || echo "@$?"; } 2>&1 >&3 3>&- |
            sed 's/^/! /'
    } 3>&1)
    while IFS= read -r line; do
        case $line in
        '! '*) problem=${line#! } ;;
        @*) failed=${line#@} ;;
        ?*) ids="$ids $line" ;;
        esac
    done <<END
$listed
END
    [ -n "$failed" ] || return 0
    # What timeout(1) ended has said nothing of use.
    case $failed in 124 | 137 | 143) problem='no answer' ;; esac
    return 1
}
