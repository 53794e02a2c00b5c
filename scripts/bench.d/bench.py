"""Runs each tool once a round, round after round, and prints the medians: scripts/bench calls it in a namespace.

CPU is that of the tool and of all its children that it waited for, as wait4(2) accounts for them; the server's is not in
it. Everybody uses the same key, the same known_hosts, curve25519 for the key exchange, and 64 hosts at once.
"""
import os
import pwd
import statistics
import subprocess
import sys
import time

KIND, ROUNDS, WORK, FLEET = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
COUNT = {"exec": 128, "stub": 512, "throughput": 1}[KIND]
PORT = 22022
FANOUT = "64"
USER = pwd.getpwuid(os.getuid()).pw_name


def path(name):
    return os.path.join(WORK, name)


def write(name, text):
    with open(path(name), "w") as file:
        file.write(text)
    return path(name)


def make_files():
    for key in ("id_ed25519", "host_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(key)], check=True)
    addresses = [f"127.0.{1 + i // 250}.{1 + i % 250}" for i in range(COUNT)]
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
          + "".join(f"  h{i}: {{ address: {a} }}\n" for i, a in enumerate(addresses)))


def start_server():
    if KIND == "stub":
        server = subprocess.Popen([path("stub_server"), str(PORT), path("host_key")], stdout=subprocess.PIPE)
        server.stdout.readline()
        return server
    os.makedirs("/run/sshd", exist_ok=True)
    server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", path("sshd_config")])
    probe = ["ssh", "-F", path("ssh_config"), "127.0.1.1", "true"]
    while subprocess.run(probe, stderr=subprocess.DEVNULL).returncode:
        if server.poll() is not None:
            sys.exit("sshd does not start")
    return server


def tools():
    config, loop = path("ssh_config"), [str(PORT), USER, path("id_ed25519")]
    if KIND == "throughput":
        file = write("data", "")
        subprocess.run(["sh", "-c", f"head -c 1073741824 /dev/urandom >{file}"], check=True)
        return {
            "libssh2 loop in C": [path("throughput_loop"), "127.0.1.1", *loop, file],
            "fleet": [FLEET, "exec", "--stdin", file, "--", "cat >/dev/null"],
            "ssh -c aes128-ctr": ["sh", "-c", f"ssh -F {config} -c aes128-ctr 127.0.1.1 'cat >/dev/null' <{file}"],
        }
    command = "true" if KIND == "exec" else "uname -a"
    peers = {
        "libssh2 loop in C": [path("exec_loop"), path("hosts"), str(COUNT), FANOUT, *loop, command],
        "fleet": [FLEET, "exec", "--jobs", FANOUT, "--", *command.split()],
        "pdsh": ["env", f"PDSH_SSH_ARGS_APPEND=-F {config}", "pdsh", "-R", "ssh", "-f", FANOUT, "-w",
                 "^" + path("hosts"), command],
        "clush": ["clush", "-o", f"-F {config}", "--hostfile", path("hosts"), "-f", FANOUT, "-S", command],
        "xargs ssh": ["xargs", "-a", path("hosts"), "-P", FANOUT, "-I{}", "ssh", "-F", config, "{}", command],
    }
    return peers


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


def main():
    make_files()
    server = start_server()
    try:
        commands = tools()
        results = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, words in commands.items():
                results[name].append(run(words))
    finally:
        server.terminate()
        server.wait()
    base = [wall for wall, _, _ in results["libssh2 loop in C"]]
    print(f"{KIND}: {COUNT} host(s), {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}, medians")
    print(f"{'':20}{'wall s':>8}{'to C':>7}{'CPU ms/host':>13}{'memory MiB':>12}")
    for name, runs in results.items():
        walls, cpus, sizes = zip(*runs)
        ratio = statistics.median(w / b for w, b in zip(walls, base))
        print(f"{name:20}{statistics.median(walls):8.2f}{ratio:7.2f}"
              f"{statistics.median(cpus) * 1000 / COUNT:13.2f}{max(sizes) / 1024:12.0f}")


main()
