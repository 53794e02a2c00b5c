"""Runs of many short tasks in the middle of which something goes wrong: scripts/bench calls it in namespaces.

A line for each kind of fault. What is promised, and makes it end with status 1 when it is broken: each task has one
result, or a reason why not; what has succeeded is not started again once the ledger has the success; nothing stays on
the hosts, nor in the folders that the master uses for a moment; the exit status tells the truth.

`again` counts starts beside the first of each task. They are allowed where nobody could know of a success.
"""
import collections
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

from fault_hosts import FAKETIME, Host, clock, fields, inventory, name_of, processes, set_clock, uptime
from lab import WORK, make_files, path

KIND, TASKS, FLEET = sys.argv[1], int(sys.argv[2]), sys.argv[4]
# A host reads /proc/uptime, which no fault changes. What can't write its result has failed.
COMMAND = ('read up _ </proc/uptime; echo "$N $up" >>"$HOME/marks"; echo "$N"; sleep SECONDS; '
           'echo "$N" >out/number || exit 9')
LONGEST = 900


class Fault:
    """A lab, a run in it, and what comes of both. Kinds say what happens in the middle."""

    jump = None
    linked = ()
    # Of a task.
    seconds = 1

    def __init__(self, name):
        self.name = name
        self.base = path(name)
        self.project = os.path.join(self.base, "project")
        self.temporary = os.path.join(self.base, "tmp")
        for folder in (self.project, self.temporary):
            os.makedirs(folder)
        self.hosts = [Host(self.base, index, index in self.linked) for index in range(4)]
        self.statuses, self.broken, self.clock, self.count = [], [], None, 0
        self.known, self.is_over = {}, threading.Event()

    # What kinds may do otherwise.

    def prepare(self):
        for host in self.hosts:
            host.start()

    def happen(self, master):
        """Once a third of the tasks is done."""

    def follow(self, master):
        """Goes on with what the fault has ended."""

    # The run.

    def write(self):
        os.makedirs(os.path.join(self.project, "inventory"))
        with open(os.path.join(self.project, "inventory/hosts.yaml"), "w") as file:
            file.write(inventory(self.hosts, self.jump))
        with open(os.path.join(self.project, "tasks.yaml"), "w") as file:
            file.write(f"tasks:\n  - name: say\n    matrix: {{ n: 1..{TASKS} }}\n    command: |-\n      "
                       + COMMAND.replace("SECONDS", str(self.seconds)) + "\n")

    def fleet(self, *words):
        environment = {**os.environ, "HOME": self.base, "TMPDIR": self.temporary}
        faked = []
        if self.clock:
            environment.update(clock(self.clock))
            # Without it the library puts what it shares with its children into the environment, which moves then, and
            # Swift looks for the arguments before it. The file counts where FAKETIME is not set.
            faked = ["faketime", "-f", "+0", "env", "-u", "FAKETIME"]
        number = self.count
        self.count += 1
        with open(f"{self.base}/said.{number}", "w") as said, open(f"{self.base}/json.{number}", "w") as result:
            return subprocess.Popen([*faked, FLEET, *words, "--json"], cwd=self.project, env=environment,
                                    stdin=subprocess.DEVNULL, stdout=result, stderr=said)

    def wait(self, master):
        try:
            self.statuses.append(master.wait(LONGEST))
        except subprocess.TimeoutExpired:
            master.kill()
            self.statuses.append(master.wait())
            self.broken.append(f"fleet did not end within {LONGEST} s")

    def resume(self):
        self.wait(self.fleet("runs", "resume", self.run))

    @property
    def run(self):
        return self.ask("SELECT id FROM run")[0][0]

    def ask(self, query):
        try:
            with sqlite3.connect(f"file:{self.project}/.fleet/ledger.sqlite?mode=ro", uri=True, timeout=30) as ledger:
                rows = ledger.execute(query).fetchall()
            ledger.close()
            return rows
        except sqlite3.OperationalError:
            return []

    def watch(self):
        """Notes when a success became known: a later start of the same task breaks a promise."""
        while not self.is_over.wait(0.1):
            now = uptime()
            for task, in self.ask("SELECT task FROM attempt WHERE state = 'done'"):
                self.known.setdefault(int(task.rsplit(".", 1)[1]), now)

    def until_done(self, share, master):
        while len(self.known) < TASKS * share and master.poll() is None:
            time.sleep(0.05)

    def perform(self):
        start = uptime()
        self.prepare()
        self.write()
        watcher = threading.Thread(target=self.watch)
        watcher.start()
        try:
            master = self.fleet("tasks", "run")
            self.until_done(1 / 3, master)
            self.happen(master)
            self.wait(master)
            self.follow(master)
            seconds = uptime() - start
            self.check()
        finally:
            self.is_over.set()
            watcher.join()
            for host in self.hosts:
                host.close()
        self.tell(seconds)
        return not self.broken

    # What came of it.

    def check(self):
        left = self.left()
        end = uptime() + 30
        while left and uptime() < end:
            time.sleep(0.5)
            left = self.left()
        self.leftovers = left
        self.broken += left
        self.check_results()
        self.check_starts()
        self.check_status()

    def check_results(self):
        self.reasons = collections.Counter()
        try:
            with open(f"{self.base}/json.{len(self.statuses) - 1}") as file:
                self.results = json.load(file)["tasks"]
        except (ValueError, KeyError):
            self.results = []
            self.broken.append("fleet printed no results")
        if len(self.results) != TASKS:
            self.broken.append(f"results of {len(self.results)} tasks")
        recorded = collections.Counter(task for task, in self.ask("SELECT task FROM attempt WHERE state = 'done'"))
        self.done = 0
        for task in self.results:
            count = recorded[task["task"]]
            if task["state"] == "done" and not task["failure"]:
                self.done += 1
                self.check_result(task, count)
            elif not (task["failure"] or {}).get("message"):
                self.broken.append(f"{task['name']} has neither result nor reason")
            else:
                self.reasons[f"{task['failure']['class']}: {task['failure']['message']}"] += 1
                if count:
                    self.broken.append(f"{task['name']} has a reason, and a success in the ledger")
        lost = [number for number in self.known if f"{self.run}.{number}" not in recorded]
        if lost:
            self.broken.append(f"the ledger has lost the successes of {lost}")

    def check_result(self, task, count):
        number = int(task["parameters"]["n"])
        try:
            with open(f"{task['results']}/out/number") as file, open(f"{task['results']}/stdout") as output:
                right = file.read() == output.read() == f"{number}\n"
        except (OSError, TypeError):
            right = False
        if not right or count != 1:
            self.broken.append(f"{task['name']}: {count} results, the right one: {right}")

    def check_starts(self):
        starts = collections.defaultdict(list)
        for host in self.hosts:
            for number, moment in host.marks():
                starts[number].append(moment)
        self.again = sum(len(moments) - 1 for moments in starts.values())
        for task in self.results:
            number, known = int(task["parameters"]["n"]), self.known.get(int(task["task"].rsplit(".", 1)[1]))
            if task["state"] == "done" and not starts[number]:
                self.broken.append(f"{task['name']} has a success and was never started")
            if known and any(moment > known for moment in starts[number]):
                self.broken.append(f"{task['name']} ran again after its success was known")

    def check_status(self):
        expected = 0 if self.results and self.done == TASKS else 3
        if self.statuses[-1] != expected:
            self.broken.append(f"status {self.statuses[-1]}, not {expected}")

    def left(self):
        """What nobody should find any more."""
        found = []
        for host in self.hosts:
            for folder, folders, files in os.walk(host.root):
                names = [name for name in files + folders if ".lock" in name or name.startswith(".full")]
                if os.path.basename(folder) in ("runs", "incoming"):
                    names = files + folders
                found += [os.path.join(folder, name) for name in names]
        # sshd does not notice at once that a link is down; nobody else is here.
        own = {1, os.getpid(), *(host.server.pid for host in self.hosts),
               *(host.holder.pid for host in self.hosts if host.holder)}
        found += [f"process {number} {name_of(number)}" for number in processes()
                  if number not in own and name_of(number) != "sshd" and fields(number)[0] != "Z"]
        work = os.path.join(self.project, ".fleet")
        for place in (self.temporary, os.path.join(work, "tmp"), os.path.join(work, "claims")):
            found += [os.path.join(place, name) for name in (os.listdir(place) if os.path.isdir(place) else [])]
        for folder, folders, files in os.walk(os.path.join(work, "results")):
            found += [os.path.join(folder, name) for name in files + folders if ".part" in name or name.endswith(".tar")]
        return sorted(set(found))

    def tell(self, seconds):
        verdict = "kept" if not self.broken else "BROKEN"
        statuses = ",".join(map(str, self.statuses))
        print(f"{self.name:12}{TASKS:7}{self.done:11}{sum(self.reasons.values()):8}{self.again:7}{len(self.leftovers):7}"
              f"{seconds:9.1f}  {statuses:12}{verdict}", flush=True)
        for reason, count in self.reasons.most_common(5):
            print(f"{'':12}{count} tasks: {reason}", flush=True)
        for promise in self.broken[:10]:
            print(f"{'':12}broken: {promise}", flush=True)


class Filler:
    """Somebody else who takes every free byte of a small file system, until it gets better."""

    def __init__(self, folder):
        self.file, self.is_over = os.path.join(folder, "filler"), threading.Event()
        self.thread = threading.Thread(target=self.fill)
        self.thread.start()

    def fill(self):
        with open(self.file, "wb", buffering=0) as file:
            while not self.is_over.is_set():
                try:
                    while not self.is_over.is_set():
                        file.write(bytes(1 << 16))
                except OSError:
                    try:
                        file.write(bytes(1 << 9))
                    except OSError:
                        time.sleep(0.005)

    def stop(self):
        self.is_over.set()
        self.thread.join()
        os.unlink(self.file)


def mount_small(folder):
    os.makedirs(folder, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=700", "tmpfs", folder], check=True)


class MasterDisk(Fault):
    """The master's project lies on a disk that another writer fills; freed, the run is resumed."""

    def prepare(self):
        mount_small(self.project)
        super().prepare()

    def happen(self, master):
        self.filler = Filler(self.project)

    def follow(self, master):
        if self.statuses[0] == 0 and len(self.known) < TASKS:
            self.broken.append("status 0 with a full disk")
        self.filler.stop()
        self.resume()


class MasterDiskFreed(MasterDisk):
    """The same, but there is room again before the master has ended."""

    def happen(self, master):
        super().happen(master)
        time.sleep(2)
        self.filler.stop()

    def follow(self, master):
        if self.statuses[0] != 0:
            self.resume()


class HostDisk(Fault):
    """A host's folder lies on a disk that another writer fills for 10 s."""

    def prepare(self):
        mount_small(self.hosts[1].root)
        super().prepare()

    def happen(self, master):
        filler = Filler(self.hosts[1].root)
        time.sleep(10)
        filler.stop()


class Clocks(Fault):
    """The clocks of three hosts, or the master's, go a day forward, and then two back."""

    of_hosts, of_master = True, False

    def prepare(self):
        for host in self.hosts:
            host.start(fakes_clock=self.of_hosts and host is not self.hosts[0])
        if self.of_master:
            self.clock = os.path.join(self.base, "clock")
            self.set("+0")

    def set(self, text):
        files = [host.clock for host in self.hosts[1:]] if self.of_hosts else []
        for file in files + ([self.clock] if self.clock else []):
            set_clock(file, text)

    def happen(self, master):
        self.set("+1d")
        self.until_done(1 / 2, master)
        self.set("-1d")
        self.until_done(2 / 3, master)
        self.set("+0")


class MasterClock(Clocks):
    of_hosts, of_master = False, True


class Stopped(Fault):
    """The master stands still for a minute."""

    def happen(self, master):
        master.send_signal(signal.SIGSTOP)
        time.sleep(60)
        master.send_signal(signal.SIGCONT)


class Jump(Fault):
    """One of three hosts behind a jump host is cut off for 75 s: nobody hears of it but by silence."""

    jump, linked, seconds, gone = "h0", (1, 2, 3), 8, 75

    def happen(self, master):
        self.hosts[1].set_link("down")
        time.sleep(self.gone)
        self.hosts[1].set_link("up")


class JumpShort(Jump):
    """The same for 20 s, which a connection may outlive."""

    seconds, gone = 3, 20


class JumpLate(Jump):
    """The same, and the run ends before the host is back: fleet says that something stays there, and can remove it."""

    seconds = 1

    def follow(self, master):
        with open(f"{self.base}/said.0") as file:
            if "fleet runs reap --hosts h1" not in file.read():
                return
        reap = self.fleet("runs", "reap", "--hosts", "h1")
        if reap.wait():
            self.broken.append(f"fleet runs reap ended with status {reap.returncode}")


class JumpStopped(Jump):
    """The target's sshd stands still with all its connections, and goes on after 75 s."""

    def happen(self, master):
        self.hosts[1].send(signal.SIGSTOP)
        time.sleep(self.gone)
        self.hosts[1].send(signal.SIGCONT)


class JumpKilled(Jump):
    """The target's sshd dies with all its connections, and is there again after 15 s."""

    seconds, gone = 3, 15

    def happen(self, master):
        self.hosts[1].stop()
        time.sleep(self.gone)
        self.hosts[1].start()


class Killed(Fault):
    """The master is killed, and the run resumed; three times."""

    def happen(self, master):
        master.kill()

    def follow(self, master):
        for share in (1 / 2, 2 / 3):
            master = self.fleet("runs", "resume", self.run)
            self.until_done(share, master)
            master.kill()
            self.wait(master)
        self.resume()


KINDS = {
    "master-disk": MasterDisk, "master-freed": MasterDiskFreed, "host-disk": HostDisk, "clock": Clocks,
    "master-clock": MasterClock, "stopped": Stopped, "jump": Jump, "jump-short": JumpShort, "jump-late": JumpLate,
    "jump-stop": JumpStopped, "jump-killed": JumpKilled, "killed": Killed,
}


def main():
    if KIND not in ("all", *KINDS):
        sys.exit(f"no such fault: {KIND}; there are {', '.join(KINDS)}")
    make_files(0)
    os.makedirs("/run/sshd", exist_ok=True)
    print(f"faults: {TASKS} tasks on 4 hosts, 4 at once on each, load {os.getloadavg()[0]:.1f}")
    print(f"{'':12}{'tasks':>7}{'succeeded':>11}{'failed':>8}{'again':>7}{'left':>7}{'seconds':>9}  {'status':12}promises")
    kept = True
    for name, kind in KINDS.items():
        if KIND not in ("all", name):
            continue
        if "clock" in name and not FAKETIME:
            sys.exit("libfaketime is not here: apt-get install faketime")
        kept = kind(name).perform() and kept
        # What is mounted there goes with the namespace.
        if not os.environ.get("KEEP"):
            shutil.rmtree(path(name), ignore_errors=True)
    sys.exit(0 if kept else 1)


main()
