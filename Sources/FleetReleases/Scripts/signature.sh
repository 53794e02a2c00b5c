# Signatures of releases. Expects `home`, the package's folder, and `signers`.

# Whether one of `signers`, lines `fleet KEYTYPE KEY`, has signed the release in the folder $1; its signature is the file
# $2, or lies where it should. Without signers any release will do. Gives 80 for a wrong signature and 81 for none, and
# says `@unchecked` on a host that can't tell.
check_signature() {
    [ -n "$signers" ] || return 0
    signature_file=${2:-$1/.fleet-manifest.json.sig}
    [ -f "$signature_file" ] || return 81
    proof=$home/.proof.$nonce
    mkdir -p "$proof" && printf '%s\n' "$signers" >"$proof/signers" || fail 73 "can't write to $home"
    verify_by_ssh_keygen "$1/.fleet-manifest.json" "$signature_file" "$proof"
    verdict=$?
    if [ "$verdict" -eq 2 ]; then
        verify_by_openssl "$1/.fleet-manifest.json" "$signature_file" "$proof"
        verdict=$?
    fi
    rm -rf "$proof"
    case $verdict in
    0) ;;
    2) say @unchecked ;;
    *) return 80 ;;
    esac
}

# Both: MANIFEST SIGNATURE FOLDER, where the file `signers` lies and others may. Give 0 for a good signature, 1 for a bad
# one, 2 when the program can't tell.
verify_by_ssh_keygen() {
    have ssh-keygen || return 2
    # OpenSSH before 8.1 knows no -Y, and none does anything for a user whom the system does not know.
    case $(LC_ALL=C ssh-keygen -Y 2>&1 </dev/null) in
    *"requires an argument"*) ;;
    *) return 2 ;;
    esac
    ssh-keygen -Y verify -f "$3/signers" -I fleet -n fleet-package -s "$2" <"$1" >/dev/null 2>&1 || return 1
}
# PROTOCOL.sshsig of OpenSSH by hand. Of an Ed25519 key, for this namespace and with SHA-512, its blob has 183 bytes: the
# public key with its type from 15 on, the signature at the end.
verify_by_openssl() {
    have openssl && openssl pkeyutl -help 2>&1 | grep rawin >/dev/null || return 2
    sed /^-----/d "$2" | openssl base64 -d >"$3/blob" 2>/dev/null
    [ "$(wc -c <"$3/blob")" -eq 183 ] || return 1
    grep -qxF "fleet ssh-ed25519 $(tail -c +15 "$3/blob" | head -c 51 | openssl base64 -A)" "$3/signers" ||
        return 1
    tail -c 64 "$3/blob" >"$3/signature"
    {
        printf 'SSHSIG\0\0\0\15fleet-package\0\0\0\0\0\0\0\6sha512\0\0\0\100'
        openssl dgst -sha512 -binary "$1"
    } >"$3/message"
    # The key in DER (RFC 8410).
    {
        printf '\60\52\60\5\6\3\53\145\160\3\41\0'
        tail -c +34 "$3/blob" | head -c 32
    } >"$3/key"
    openssl pkeyutl -verify -pubin -keyform DER -inkey "$3/key" -rawin -in "$3/message" \
        -sigfile "$3/signature" >/dev/null 2>&1 || return 1
}
