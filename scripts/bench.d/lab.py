"""The hosts of the benchmarks: one sshd, or a server that costs next to nothing, on many loopback addresses."""
import os
import pwd
import subprocess
import sys
import time

WORK = sys.argv[3]
PORT = 22022
USER = pwd.getpwuid(os.getuid()).pw_name


# Another fleet to compare with, in turns.
OLD = os.environ.get("FLEET_OLD")


def compared(tools, base=()):
    """Of the tools, with which fleet is called `fleet` or begins so: those to measure, the other fleet among them."""
    if not OLD:
        return tools
    result = {}
    for name, words in tools.items():
        if name in base:
            result[name] = words
        elif name.startswith("fleet"):
            result[name], result[name + ", old"] = words, [OLD, *words[1:]]
    return result


def in_turns(round_, tools):
    """The other way round each time, so that nobody always comes after the same one."""
    return list(tools.items())[::-1 if round_ % 2 else 1]


def path(name):
    return os.path.join(WORK, name)


def write(name, text):
    with open(path(name), "w") as file:
        file.write(text)
    return path(name)


def address(index):
    return f"127.0.{1 + index // 250}.{1 + index % 250}"


def make_files(count, root=""):
    """Keys, configurations, and an inventory; `root` is what each host's line gets beside its address."""
    for key in ("id_ed25519", "host_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(key)], check=True)
    addresses = [address(i) for i in range(count)]
    host_key = " ".join(open(path("host_key.pub")).read().split()[:2])
    write("known_hosts", "".join(f"[{a}]:{PORT} {host_key}\n" for a in addresses))
    write("hosts", "\n".join(addresses) + "\n")
    # A shell without anybody's start-up files, so that logins cost the same everywhere.
    write("sshd_config", f"""ListenAddress 0.0.0.0
Port {PORT}
HostKey {path("host_key")}
AuthorizedKeysFile {path("id_ed25519.pub")}
StrictModes no
UsePAM no
UseDNS no
MaxStartups 1000:30:2000
Subsystem sftp internal-sftp
SetEnv HOME={WORK}
LogLevel ERROR
""")
    write("ssh_config", f"""Host *
Port {PORT}
User {USER}
IdentityFile {path("id_ed25519")}
IdentitiesOnly yes
IdentityAgent none
UserKnownHostsFile {path("known_hosts")}
GlobalKnownHostsFile /dev/null
KexAlgorithms curve25519-sha256
BatchMode yes
LogLevel ERROR
""")
    os.makedirs(path("inventory"))
    write("inventory/hosts.yaml", f"defaults: {{ user: {USER}, port: {PORT}, key: {path('id_ed25519')}, "
          f"known_hosts: {path('known_hosts')} }}\nhosts:\n"
          + "".join(f"  h{i}: {{ address: {a}{root.format(a)} }}\n" for i, a in enumerate(addresses)))


def start_server(kind, prepare=None):
    """`prepare` runs in the server's process before it becomes sshd."""
    if kind == "stub":
        server = subprocess.Popen([path("stub_server"), str(PORT), path("host_key")], stdout=subprocess.PIPE)
        server.stdout.readline()
        return server
    os.makedirs("/run/sshd", exist_ok=True)
    server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", path("sshd_config")], preexec_fn=prepare)
    probe = ["ssh", "-F", path("ssh_config"), "127.0.1.1", "true"]
    while subprocess.run(probe, stderr=subprocess.DEVNULL).returncode:
        if server.poll() is not None:
            sys.exit("sshd does not start")
    return server


def run(words):
    """Wall seconds, CPU seconds, the largest process in KiB."""
    start = time.monotonic()
    with open(os.devnull, "w") as nothing:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=nothing, stderr=subprocess.PIPE, cwd=WORK)
        error = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status:
        print("status", status)
        sys.exit(f"{words[0]} failed: {error.decode(errors='replace')[-300:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss
