# Reads every file of the releases again: verify.sh ROOT SIGNERS [NAME...]. All packages without a name.
# Prints checked=NAME VERSION FILES for each release and damaged=NAME VERSION PATH for each file that is not as it was
# installed, is missing or does not belong there; the manifest proves itself by the end of the version. With SIGNERS, see
# check_signature, also signature=NAME VERSION good, wrong, missing or unchecked. Ends with 76 where nothing here can
# digest files.
enter_root "$1"
signers=$2
shift 2
[ "$#" -gt 0 ] || for home in "$root"/packages/*/; do
    home=${home%/}
    # What bears no package's name is none.
    case ${home##*/} in [-.]* | *[!A-Za-z0-9._-]*) continue ;; esac
    [ -d "$home" ] && set -- "$@" "${home##*/}"
done
have sha256sum || have shasum || have openssl || fail 76 "there is no sha256sum, shasum or openssl that can check files"
for name in "$@"; do
    home=$root/packages/$name
    current=$(readlink "$home/current") || current=
    # A link of somebody else's may lead anywhere.
    case $current in '' | [-.]* | *[!A-Za-z0-9._-]*) ;; *)
        [ -d "$home/$current" ] || echo "damaged=$name $current .fleet-manifest.json"
        ;;
    esac
    for folder in "$home"/*/; do
        folder=${folder%/}
        version=${folder##*/}
        [ -L "$folder" ] || [ ! -d "$folder" ] && continue
        case $version in [-.]* | *[!A-Za-z0-9._-]*) continue ;; esac
        cd "$folder" || continue
        if [ ! -f .fleet-manifest.json ] || [ ! -f .fleet-sums ]; then
            echo "damaged=$name $version .fleet-manifest.json"
            continue
        fi
        changed=$(check_sums .fleet-sums 2>/dev/null)
        # The list itself makes no sense.
        [ $? -eq 76 ] && changed=.fleet-sums
        damage=$(
            is_manifest_of "$version" || echo "damaged=$name $version $differing"
            [ -z "$changed" ] || printf '%s\n' "$changed" | while IFS= read -r path; do
                echo "damaged=$name $version $path"
            done
            check_links || echo "damaged=$name $version ${differing%%:*}"
            strangers | while IFS= read -r path; do echo "damaged=$name $version $path"; done
        )
        if [ -n "$damage" ]; then
            # Who has more to tell has told enough.
            printf '%s\n' "$damage" | head -n 5000
        else
            # What is read now is what the disk has.
            is_whole "$folder" || rm -f "$home/.unsynced.$version"
            # What was touched and is as it was, is as old as all files of a release again: no run refuses it.
            find . -type f -newer .fleet-manifest.json -exec env TZ=UTC0 touch -c -t 197001010000 {} +
        fi
        if [ -n "$signers" ]; then
            said=$(check_signature . 2>&1)
            case $?,$said in
            0,) verdict=good ;;
            80,*) verdict=wrong ;;
            81,*) verdict=missing ;;
            *) verdict=unchecked ;;
            esac
            echo "signature=$name $version $verdict"
        fi
        echo "checked=$name $version $(($(wc -l <.fleet-sums)))"
    done
done
exit 0
