# Makes a root file system of what this machine runs programs of a kind with, as a base of images:
#   image-runtime.sh list KIND           prints what tells one such system from another: version=TEXT and file=PATH
#   image-runtime.sh make KIND FOLDER    writes it
# KIND is python or java. Beside that there are sh, env, the certificates that are trusted here, and the libraries.
mode=$1 kind=$2 root=${3-}
certificates=/etc/ssl/certs/ca-certificates.crt
for bundle in "$certificates" /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do [ -f "$bundle" ] && break; done
shell=$(command -v sh) env=$(command -v env)

# The shared libraries of a program and of modules that it loads.
libraries() {
    program=$1
    shift
    {
        case $(ldd --version 2>&1) in
        *musl*) for file in "$program" "$@"; do ldd "$file"; done ;;
        # One process asks for all of them; the GNU dynamic linker only tells, and runs nothing.
        *) LD_TRACE_LOADED_OBJECTS=1 LD_PRELOAD=$* "$program" </dev/null ;;
        esac
        ldd "$shell" "$env"
    } 2>/dev/null | sed -n 's/^[[:space:]]*\(.* => \)\{0,1\}\(\/[^ ]*\) (0x.*/\2/p' | sort -u
}
# Copies a file to the same path.
copy() { mkdir -p "$root${1%/*}" && cp -L "$1" "$root$1"; }
# Into $2, what $1 holds but for the patterns that follow.
copy_folder() {
    from=$1 to=$root$2
    shift 2
    mkdir -p "$to" && tar -C "$from" "$@" -cf - . | tar -C "$to" -xof -
}
copy_libraries() {
    libraries "$@" | while IFS= read -r library; do
        case $library in "$root"/*) ;; *) copy "$library" || exit 1 ;; esac
    done
    # Those that the C library loads by itself to look up names, where they are not part of it.
    for library in /lib/*/libnss_dns.so.2 /lib/*/libnss_files.so.2 /lib64/libnss_dns.so.2 /lib64/libnss_files.so.2; do
        [ ! -f "$library" ] || copy "$library" || return 1
    done
}

python_list() {
    echo "$program"
    # Of those that are copied.
    set -- "$stdlib"/lib-dynload/*.so
    for module in "$@"; do
        shift
        case $module in */_tkinter*) ;; *) set -- "$@" "$module" ;; esac
    done
    libraries "$program" "$@"
}
python_make() {
    name=${stdlib##*/}
    # By these it finds its modules: ../lib/pythonN.M from where it lies.
    mkdir -p "$root/usr/bin" && cp -L "$program" "$root/usr/bin/$name" && ln -s "$name" "$root/usr/bin/python3" || return 1
    copy_folder "$stdlib" "/usr/$folder/$name" --exclude=__pycache__ --exclude=./test --exclude=./idlelib \
        --exclude=./tkinter --exclude=./turtledemo --exclude=./ensurepip --exclude=./lib2to3 --exclude=./config-* \
        --exclude=./site-packages --exclude=./dist-packages --exclude='_tkinter*' || return 1
    # A container keeps nothing, so it would compile them each time. Their digests, not times, are looked at: never.
    PYTHONHASHSEED=0 "$program" -s -m compileall -q -s "$root" --invalidation-mode unchecked-hash "$root/usr/$folder/$name" >/dev/null 2>&1
    copy_libraries "$program" "$root/usr/$folder/$name"/lib-dynload/*.so
}

java_list() {
    for file in modules server/libjvm.so security/cacerts; do echo "$home/lib/$file"; done
    libraries "$home/bin/java" "$home/lib/server/libjvm.so" "$home/lib/libnet.so" "$home/lib/libnio.so" |
        grep -v "^$home/"
}
java_make() {
    modules=java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml
    jlink --add-modules "$modules,jdk.crypto.ec,jdk.unsupported,jdk.zipfs" --strip-java-debug-attributes \
        --no-header-files --no-man-pages --output "$root/usr/lib/java" || return 1
    cp -L "$home/lib/security/cacerts" "$root/usr/lib/java/lib/security/cacerts"
    mkdir -p "$root/usr/bin" && ln -s ../lib/java/bin/java "$root/usr/bin/java" || return 1
    copy_libraries "$root/usr/lib/java/bin/java" "$root"/usr/lib/java/lib/*.so "$root/usr/lib/java/lib/server/libjvm.so"
}

case $kind in
python)
    said=$(python3 -I -S -c 'import sys, sysconfig
print(" ".join(sys.version.split()))
print(getattr(sys, "_base_executable", None) or sys.executable)
print(sysconfig.get_path("stdlib"))
print(getattr(sys, "platlibdir", "lib"))') || exit 1
    { read -r version && read -r program && read -r stdlib && read -r folder; } <<END
$said
END
    program=$(readlink -f "$program")
    ;;
java)
    home=$(readlink -f "$(command -v jlink)")
    home=${home%/bin/jlink}
    version=$(tr '\n' ' ' <"$home/release")
    ;;
esac
if [ "$mode" = list ]; then
    echo "version=$version"
    {
        "${kind}_list"
        for file in "$shell" "$env" "$bundle"; do [ ! -f "$file" ] || echo "$file"; done
    } | xargs realpath | sort -u | sed 's/^/file=/'
    exit 0
fi
umask 022
mkdir -p "$root/bin" "$root/usr/bin" "$root/tmp" "$root${certificates%/*}" && chmod 1777 "$root/tmp" &&
    cp -L "$shell" "$root/bin/sh" && cp -L "$env" "$root/usr/bin/env" &&
    printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' >"$root/etc/passwd" &&
    { [ ! -f "$bundle" ] || cp -L "$bundle" "$root$certificates"; } && "${kind}_make"
