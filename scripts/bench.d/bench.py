"""Runs each tool once a round, round after round, and prints the medians: scripts/bench calls it in a namespace.

CPU is that of the tool and of all its children that it waited for, as wait4(2) accounts for them; the server's is not in
it. Everybody uses the same key, the same known_hosts, curve25519 for the key exchange, and 64 hosts at once.
"""
import os
import statistics
import subprocess
import sys

from lab import PORT, USER, WORK, compared, in_turns, make_files, path, run, start_server, write

KIND, ROUNDS, FLEET = sys.argv[1], int(sys.argv[2]), sys.argv[4]
COUNT = {"exec": 128, "stub": 512, "throughput": 1}[KIND]
FANOUT = "64"


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


def main():
    make_files(COUNT)
    server = start_server(KIND)
    try:
        commands = compared(tools(), base=["libssh2 loop in C"])
        results = {name: [] for name in commands}
        for round_ in range(ROUNDS):
            for name, words in in_turns(round_, commands):
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
