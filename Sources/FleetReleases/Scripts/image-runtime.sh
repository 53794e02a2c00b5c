# Makes a root file system of what this machine runs programs of a kind with, as a base of images:
#   image-runtime.sh list KIND           prints what tells one such system from another: version=TEXT and file=PATH
#   image-runtime.sh make KIND FOLDER    writes it
# KIND is python or java. Beside that there are sh, env, the certificates that are trusted here, and the libraries.
mode=$1 kind=$2 root=${3-}
certificates=/etc/ssl/certs/ca-certificates.crt
for bundle in "$certificates" /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do [ -f "$bundle" ] && break; done
shell=$(command -v sh) env=$(command -v env)
is_musl() { case $(ldd --version 2>&1) in *musl*) ;; *) return 1 ;; esac }

# The shared libraries of a program and of modules that it loads, which lie below the current folder: a path that begins
# elsewhere may hold a space.
libraries() {
    program=$1
    shift
    {
        if is_musl; then
            for file in "$program" "$@"; do ldd "$file"; done
        else
            # One process asks for all of them; the GNU dynamic linker only tells, and runs nothing.
            LD_TRACE_LOADED_OBJECTS=1 LD_PRELOAD=$* "$program" </dev/null
        fi
        ldd "$shell" "$env"
    } 2>/dev/null | sed -n 's/^[[:space:]]*\(.* => \)\{0,1\}\(\/.*\) (0x.*/\2/p' | sort -u
}
# Copies a file to the same path.
copy() { mkdir -p "$root${1%/*}" && cp -L "$1" "$root$1"; }
# Copies the libraries, and tells the dynamic linker where they are: by themselves they may not be where it looks.
copy_libraries() {
    libraries "$@" | {
        while IFS= read -r library; do
            case $library in "$root"/*) ;; *) copy "$library" && echo "${library%/*}" || exit 1 ;; esac
        done
        # Those that the C library loads by itself to look up names, where they are not part of it.
        for library in /lib/*/libnss_dns.so.2 /lib/*/libnss_files.so.2 /lib64/libnss_dns.so.2 /lib64/libnss_files.so.2; do
            [ ! -f "$library" ] || copy "$library" || exit 1
        done
    } >"$root/etc/ld.so.conf" || return 1
    if is_musl; then
        sort -u "$root/etc/ld.so.conf" >"$root/etc/ld-musl-$(uname -m).path"
        rm "$root/etc/ld.so.conf"
    else
        sort -u -o "$root/etc/ld.so.conf" "$root/etc/ld.so.conf"
        PATH=$PATH:/usr/sbin:/sbin ldconfig -X -r "$root" && rm -rf "$root/var"
    fi
}

find_python() {
    said=$(python3 -I -S -c 'import sys, sysconfig
print(" ".join(sys.version.split()))
print(getattr(sys, "_base_executable", None) or sys.executable)
print(sysconfig.get_path("stdlib"))') || return 1
    { read -r version && read -r program && read -r stdlib; } <<END
$said
END
    program=$(readlink -f "$program")
    # lib or lib64, and pythonN.M: by these it finds its modules from where it lies.
    name=${stdlib##*/}
    folder=${stdlib%/*}
    folder=${folder##*/}
}
python_list() {
    echo "$program"
    cd "$stdlib/lib-dynload" || return 1
    # Of those that are copied.
    for module in *.so; do
        case $module in _tkinter*) ;; *) set -- "$@" "./$module" ;; esac
    done
    libraries "$program" "$@" | grep .
}
python_make() {
    target=$root/usr/$folder/$name
    mkdir -p "$target" && cp -L "$program" "$root/usr/bin/$name" && ln -s "$name" "$root/usr/bin/python3" &&
        tar -C "$stdlib" --exclude=__pycache__ --exclude=./test --exclude=./idlelib --exclude=./tkinter \
            --exclude=./turtledemo --exclude=./ensurepip --exclude=./lib2to3 --exclude=./config-* \
            --exclude=./site-packages --exclude=./dist-packages --exclude='_tkinter*' -cf - . | tar -C "$target" -xof - ||
        return 1
    # A container keeps nothing, so it would compile them each time. Looked at are never their times; the seed is for the
    # same bytes. What can't be compiled is read as it is; -s is 3.9's.
    compile "$target" -s "$root" || compile "$target" -d "/usr/$folder/$name"
    cd "$target/lib-dynload" && copy_libraries "$program" ./*.so
}
compile() {
    below=$1
    shift
    env -i PATH="$PATH" PYTHONHASHSEED=0 "$program" -s -m compileall -q "$@" --invalidation-mode unchecked-hash "$below" \
        >/dev/null 2>&1
}

find_java() {
    home=$(readlink -f "$(command -v jlink)")
    home=${home%/bin/jlink}
    # It may be a script that looks for the one that is meant here.
    [ -f "$home/release" ] ||
        home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    version=$(tr '\n' ' ' <"$home/release")
}
java_list() {
    for file in modules server/libjvm.so security/cacerts; do echo "$home/lib/$file"; done
    cd "$home/lib" && libraries "$home/bin/java" ./server/libjvm.so ./libnet.so ./libnio.so | grep -v "^$home/"
}
java_make() {
    target=$root/usr/lib/java
    link --strip-java-debug-attributes || link || return 1
    cp -L "$home/lib/security/cacerts" "$target/lib/security/cacerts"
    ln -s ../lib/java/bin/java "$root/usr/bin/java" && cd "$target/lib" &&
        copy_libraries "$target/bin/java" ./*.so ./server/libjvm.so
}
# Attributes that only debuggers read can be left out from Java 13 on.
link() {
    rm -rf "$target"
    mkdir -p "${target%/*}" && "$home/bin/jlink" --no-header-files --no-man-pages --output "$target" --add-modules \
        java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.crypto.ec,jdk.unsupported,jdk.zipfs \
        "$@"
}

"find_$kind" && [ -n "$version" ] || {
    say "this machine's $kind can't be found"
    exit 69
}
if [ "$mode" = list ]; then
    echo "version=$version"
    files=$("${kind}_list") || exit 69
    for file in "$shell" "$env" "$bundle"; do
        [ ! -f "$file" ] || files="$files
$file"
    done
    printf '%s\n' "$files" | sort -u | while IFS= read -r file; do echo "file=$(readlink -f "$file")"; done
    exit 0
fi
umask 022
mkdir -p "$root/bin" "$root/usr/bin" "$root/tmp" "$root${certificates%/*}" && chmod 1777 "$root/tmp" &&
    cp -L "$shell" "$root/bin/sh" && cp -L "$env" "$root/usr/bin/env" &&
    printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' >"$root/etc/passwd" &&
    { [ ! -f "$bundle" ] || cp -L "$bundle" "$root$certificates"; } || exit 73
# Newer C libraries have it built in.
for locale in /usr/lib/locale/C.utf8 /usr/lib/locale/C.UTF-8; do
    [ ! -d "$locale" ] || { mkdir -p "$root/usr/lib/locale" && cp -RL "$locale" "$root/usr/lib/locale/"; } || exit 73
done
"${kind}_make"
