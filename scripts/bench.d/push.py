"""Pushes to 8 hosts, side by side: scripts/bench calls it in a namespace.

CPU is that of the tool on the master; the hosts' part, which the same two cores do, is not in it. The wire is what the
loopback device carried, both directions and headers included. Hosts are folders in memory behind one real sshd.
"""
import os
import random
import shutil
import statistics
import subprocess
import sys
import time

from lab import WORK, address, compared, in_turns, make_files, path, run, start_server

ROUNDS, FLEET = int(sys.argv[2]), sys.argv[4]
CASES = sys.argv[5].split(",") if len(sys.argv) > 5 and sys.argv[5] else ["big", "big2", "tree", "tree2", "tree0"]
HOSTS = [address(index) for index in range(8)]
HOMES, PACKAGES = path("homes"), path("packages")
TITLES = {
    "big": "first push of a file of 256 MiB",
    "big2": "second push of it, 1 % changed in 655 places",
    "tree": "first push of 10,000 files, 100 MB",
    "tree2": "second push of them, 100 changed",
    "tree0": "push of them with nothing changed",
}


def text(generator, count):
    words = ["config", "server", "listen", "the", "package", "version", "= true", "= false", "/usr/lib", "\n", "return"]
    return " ".join(f"{generator.choice(words)} {generator.randrange(1000)}" for _ in range(count // 5)).encode()[:count]


def make_packages():
    generator = random.Random(7)
    for name in ("big", "tree"):
        os.makedirs(f"{PACKAGES}/{name}/files")
        with open(f"{PACKAGES}/{name}/package.yaml", "w") as file:
            file.write(f"name: {name}\nversion: 1.0.0\nengines:\n  sh: {{ methods: [native], run: 'true' }}\n")
    with open(f"{PACKAGES}/big/files/big.bin", "wb") as file:
        for _ in range(256):
            file.write(generator.randbytes(1 << 20))
    words = text(generator, 4 << 20)
    for index in range(10000):
        folder = f"{PACKAGES}/tree/files/d{index // 100:02d}"
        os.makedirs(folder, exist_ok=True)
        size = generator.randrange(500, 19500)
        start = generator.randrange(len(words) - size)
        with open(f"{folder}/f{index}", "wb") as file:
            file.write(generator.randbytes(size) if index % 2 else words[start:start + size])


def change_packages():
    generator = random.Random(8)
    with open(f"{PACKAGES}/big/files/big.bin", "r+b") as file:
        for _ in range(655):
            file.seek(generator.randrange(1 << 16) << 12)
            file.write(generator.randbytes(4096))
    for index in generator.sample(range(10000), 100):
        with open(f"{PACKAGES}/tree/files/d{index // 100:02d}/f{index}", "r+b") as file:
            file.write(generator.randbytes(16))


def fleet(*words):
    subprocess.run([FLEET, "--quiet", *words], cwd=WORK, check=True, stdout=subprocess.DEVNULL)


def each(command):
    hosts = " ".join(HOSTS)
    return ["sh", "-c", f"printf '%s\\n' {hosts} | xargs -P 8 -IHOST {command}"]


def tools(name):
    config, gcm = path("ssh_config"), "-c aes128-gcm@openssh.com"
    files = f"{PACKAGES}/{name}/files"
    send = f"tar -cf - -C {files} ." if name == "tree" else f"cat {files}/big.bin"
    target = f"{HOMES}/HOST/plain"
    receive = f"mkdir -p {target} && cd {target} && " + ("tar -xf -" if name == "tree" else "cat >big.bin")
    result = {"fleet": [FLEET, "push", name, "--all"]}
    for title, option in (("tar | ssh", ""), ("tar | ssh, GCM", gcm)):
        result[title] = each(f"sh -c '{send} | ssh -F {config} {option} HOST \"{receive}\"'")
    result["rsync"] = each(f"rsync -a -e 'ssh -F {config}' {files}/ HOST:{target}/")
    result["scp"] = each(f"scp -q -F {config} -r {files} HOST:{target}")
    return compared(result)


def wire():
    with open("/proc/net/dev") as file:
        line = next(line for line in file if line.strip().startswith("lo:"))
    return int(line.split(":")[1].split()[0])


def reset(tool, name, is_second):
    for host in HOSTS:
        shutil.rmtree(f"{HOMES}/{host}", ignore_errors=True)
        os.makedirs(f"{HOMES}/{host}")
        if is_second:
            kind = "fleet" if tool.startswith("fleet") else "plain"
            subprocess.run(["cp", "-a", path(f"old-{kind}-{name}"), f"{HOMES}/{host}/{kind}"], check=True)
    folder = path(f".fleet/packages/{name}")
    for file in os.listdir(folder):
        if ".from." in file:
            os.unlink(f"{folder}/{file}")


def check(tool, name):
    for host in HOSTS:
        here = f"{HOMES}/{host}/" + (f"fleet/packages/{name}/current/files" if tool.startswith("fleet") else "plain")
        if subprocess.run(["diff", "-rq", f"{PACKAGES}/{name}/files", here], stdout=subprocess.DEVNULL).returncode:
            sys.exit(f"{tool}: {here} differs")


def measure(case):
    name, is_second = case.rstrip("02"), case[-1] in "02"
    results = {}
    for round_ in range(ROUNDS):
        for tool, words in in_turns(round_, tools(name)):
            # Others than rsync and fleet send everything again.
            if is_second and tool != "rsync" and not tool.startswith("fleet"):
                continue
            reset(tool, name, is_second)
            before = wire()
            result = run(words)
            results.setdefault(tool, []).append((*result, wire() - before))
            check(tool, name)
    print(f"\n{TITLES[case]}: 8 hosts, {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}, medians")
    print(f"{'':16}{'wall s':>8}{'to fleet':>10}{'CPU s':>8}{'wire KB/host':>14}{'memory MiB':>12}")
    base = [wall for wall, *_ in results["fleet"]]
    for tool, runs in results.items():
        walls, cpus, sizes, bytes_ = zip(*runs)
        ratio = statistics.median(w / b for w, b in zip(walls, base))
        print(f"{tool:16}{statistics.median(walls):8.2f}{ratio:10.2f}{statistics.median(cpus):8.2f}"
              f"{statistics.median(bytes_) / 8000:14.0f}{max(sizes) / 1024:12.0f}", flush=True)


def measure_packing():
    archive, files = path("tree.tar.zst"), f"{PACKAGES}/tree/files"
    commands = {"tar | zstd -T0 -3": ["sh", "-c", f"tar -cf - -C {files} . | zstd -q -T0 -3 -f -o {archive}"],
                "fleet package": [FLEET, "package", "tree"], "again": [FLEET, "package", "tree"]}
    results = {tool: [] for tool in commands}
    for _ in range(ROUNDS):
        shutil.rmtree(path(".fleet"), ignore_errors=True)
        for tool, words in commands.items():
            results[tool].append(run(words)[:2])
            # Fleet trusts a file's time stamps once they are two seconds old.
            while tool == "fleet package" and time.time() < os.stat(f"{files}/d99/f9999").st_mtime + 3:
                pass
    print(f"\npacking the tree: {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}, medians")
    for tool, runs in results.items():
        walls, cpus = zip(*runs)
        print(f"{tool:20}{statistics.median(walls):8.2f} s{statistics.median(cpus):8.2f} s of CPU")


def main():
    make_files(8, f", root: {HOMES}/{{}}/fleet")
    make_packages()
    server = start_server("push")
    try:
        measure_packing()
        fleet("package")
        for case in CASES:
            if case[-1] not in "02":
                measure(case)
        for case in CASES:
            if case[-1] in "02":
                keep_old(case[:-1])
        for case in CASES:
            if case.endswith("0"):
                measure(case)
        change_packages()
        fleet("package")
        for case in CASES:
            if case.endswith("2"):
                measure(case)
    finally:
        server.terminate()
        server.wait()


def keep_old(name):
    """What a host has that has got the package, by fleet and otherwise."""
    if os.path.exists(path(f"old-fleet-{name}")):
        return
    host = HOSTS[0]
    shutil.rmtree(f"{HOMES}/{host}", ignore_errors=True)
    os.makedirs(f"{HOMES}/{host}")
    fleet("push", name, "--hosts", "h0")
    shutil.move(f"{HOMES}/{host}/fleet", path(f"old-fleet-{name}"))
    subprocess.run(["cp", "-a", f"{PACKAGES}/{name}/files", path(f"old-plain-{name}")], check=True)


main()
