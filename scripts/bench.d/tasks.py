"""1,000 tasks of `true` over 16 hosts, two at once on each: scripts/bench calls it in a namespace.

CPU is that of the tool on the master. `host` is what the hosts spent for a task, which is sshd with all that it started,
whoever waited for it; the same cores do both. Hosts are folders in memory behind one real sshd.
"""
import ctypes
import os
import shutil
import statistics
import sys

from lab import USER, address, compared, in_turns, make_files, path, run, start_server, write

ROUNDS, FLEET = int(sys.argv[2]), sys.argv[4]
TASKS = int(sys.argv[5]) if len(sys.argv) > 5 and sys.argv[5] else 1000
HOSTS = [address(index) for index in range(16)]
SLOTS = 2
PR_SET_CHILD_SUBREAPER = 36


def tools():
    config = path("ssh_config")
    logins = write("logins", "".join(f"{SLOTS}/{USER}@{host}\n" for host in HOSTS))
    numbers = write("numbers", "".join(f"{index}\n" for index in range(TASKS)))
    targets = write("targets", "".join(f"{HOSTS[index % len(HOSTS)]}\n" for index in range(TASKS)))
    # -N0: a line of input is a task without arguments.
    parallel = (f"PARALLEL_HOME={path('parallel')} parallel --will-cite -N0 --sshloginfile {logins} "
                f"--ssh 'ssh -F {config}{{}}' true <{numbers}")
    masters = f"""
numbers=
for host in {" ".join(HOSTS)}; do ssh -F {config} -M -S {path("masters")}/$host -N $host & numbers="$numbers $!"; done
until [ "$(ls {path("masters")} | grep -cv '[.].*[.].*[.].*[.]')" = {len(HOSTS)} ]; do sleep 0.02; done
{parallel.format(f" -S {path('masters')}/%h")}
status=$?
kill $numbers
wait
exit $status
"""
    return compared({
        "fleet tasks run": [FLEET, "--quiet", "tasks", "run"],
        "parallel": ["sh", "-c", parallel.format("")],
        "parallel, masters": ["sh", "-c", masters],
        "xargs ssh": ["xargs", "-a", targets, "-P", str(SLOTS * len(HOSTS)), "-I{}", "ssh", "-F", config, "{}", "true"],
    })


def cpu_of(server):
    """Seconds of a process and of all that it has waited for: proc(5)."""
    with open(f"/proc/{server.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def adopt():
    """Processes that nobody else waits for, such as a job's supervisor, become children of this one."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def measure(words, server):
    for folder in (".fleet", "homes"):
        shutil.rmtree(path(folder), ignore_errors=True)
    for host in HOSTS:
        os.makedirs(path(f"homes/{host}"))
    before = cpu_of(server)
    result = run(words)
    return *result, cpu_of(server) - before


def check(tool):
    """Each task has its result, and no host has anything left."""
    runs = os.listdir(path(".fleet/results"))
    results = os.listdir(path(f".fleet/results/{runs[0]}"))
    folders = {host: path(f"homes/{host}/fleet/runs") for host in HOSTS}
    left = {host: os.listdir(folder) for host, folder in folders.items() if os.path.isdir(folder) and os.listdir(folder)}
    if len(runs) != 1 or len(results) != TASKS or left:
        sys.exit(f"{tool}: {len(runs)} runs, {len(results)} results, left on {left}")


def main():
    make_files(len(HOSTS), f", slots: {SLOTS}, root: {path('homes')}/{{}}/fleet")
    write("tasks.yaml", f"tasks: [{{ name: nothing, command: 'true', repeat: {TASKS} }}]\n")
    for folder in ("parallel", "masters"):
        os.makedirs(path(folder))
    # Parallel finds out once how long a command line may be, which takes seconds.
    run(["env", f"PARALLEL_HOME={path('parallel')}", "parallel", "--will-cite", "true", ":::", "1"])
    server = start_server("queue", adopt)
    results = {}
    try:
        for round_ in range(ROUNDS):
            for tool, words in in_turns(round_, tools()):
                results.setdefault(tool, []).append(measure(words, server))
                if tool.startswith("fleet"):
                    check(tool)
    finally:
        server.terminate()
        server.wait()
    print(f"queue: {TASKS} tasks on {len(HOSTS)} hosts, {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}, medians")
    print(f"{'':20}{'wall s':>8}{'to fleet':>10}{'CPU ms/task':>13}{'host ms/task':>14}{'memory MiB':>12}")
    base = [wall for wall, *_ in results["fleet tasks run"]]
    for tool, runs in results.items():
        walls, cpus, sizes, hosts = zip(*runs)
        ratio = statistics.median(w / b for w, b in zip(walls, base))
        print(f"{tool:20}{statistics.median(walls):8.2f}{ratio:10.2f}{statistics.median(cpus) * 1000 / TASKS:13.2f}"
              f"{statistics.median(hosts) * 1000 / TASKS:14.2f}{max(sizes) / 1024:12.0f}")


main()
