"""Hosts that something can happen to: one sshd for each, with a home folder of its own. faults.py makes them.

All of it stands in namespaces of network, mounts and processes that scripts/bench makes, so a mount, a link or a process
that a fault leaves goes with them.
"""
import glob
import os
import signal
import subprocess
import time

from lab import PORT, USER, path, write

FAKETIME = (glob.glob("/usr/lib/*/faketime/libfaketime.so.1") or [None])[0]


def clock(file):
    """What gives a process the clock that FILE tells, such as `+1d`; the monotonic one and the files' times stay."""
    return {"FAKETIME_TIMESTAMP_FILE": file, "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1"}


def set_clock(file, text):
    """In one step, as settimeofday(2) does."""
    with open(file + ".new", "w") as new:
        new.write(text + "\n")
    os.rename(file + ".new", file)


def uptime():
    """Seconds that no clock that is set changes, the same for the marks of the tasks."""
    with open("/proc/uptime") as file:
        return float(file.read().split()[0])


class Host:
    """HOME is its home; below it `fleet` is fleet's folder, and `marks` gets a line for each task that starts."""

    def __init__(self, base, index, has_link=False):
        self.name = f"h{index}"
        self.address = f"10.99.{index}.2" if has_link else f"127.0.1.{index + 1}"
        self.home = os.path.join(base, self.name)
        self.root = os.path.join(self.home, "fleet")
        self.clock = os.path.join(base, f"{self.name}.clock")
        self.holder = None
        self.link = f"v{index}" if has_link else None
        self.server = None
        os.makedirs(self.home)
        if has_link:
            self.make_link(index)

    def make_link(self, index):
        """A network of its own, with one line to here."""
        self.holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        inside = ["nsenter", "--net", "--target", str(self.holder.pid), "ip"]
        here = os.readlink("/proc/self/ns/net")
        while os.readlink(f"/proc/{self.holder.pid}/ns/net") == here:
            time.sleep(0.01)
        subprocess.run(["ip", "link", "add", self.link, "type", "veth", "peer", "name", "e0", "netns",
                        str(self.holder.pid)], check=True)
        subprocess.run(["ip", "address", "add", f"10.99.{index}.1/24", "dev", self.link], check=True)
        subprocess.run([*inside, "address", "add", f"{self.address}/24", "dev", "e0"], check=True)
        subprocess.run([*inside, "link", "set", "e0", "up"], check=True)
        subprocess.run([*inside, "link", "set", "lo", "up"], check=True)
        self.set_link("up")

    def set_link(self, state):
        subprocess.run(["ip", "link", "set", self.link, state], check=True)

    def start(self, fakes_clock=False):
        values = {"HOME": self.home}
        if fakes_clock:
            set_clock(self.clock, "+0")
            values.update(clock(self.clock), LD_PRELOAD=FAKETIME)
        # Not lab's: each host listens on its own address alone.
        config = write(f"{self.name}.{os.path.basename(os.path.dirname(self.home))}.sshd", f"""ListenAddress {self.address}
Port {PORT}
HostKey {path("host_key")}
AuthorizedKeysFile {path("id_ed25519.pub")}
StrictModes no
UsePAM no
UseDNS no
PidFile none
MaxStartups 1000:30:2000
Subsystem sftp internal-sftp
SetEnv {" ".join(f"{name}={value}" for name, value in values.items())}
LogLevel ERROR
""")
        inside = ["nsenter", "--net", "--target", str(self.holder.pid)] if self.holder else []
        self.server = subprocess.Popen([*inside, "/usr/sbin/sshd", "-D", "-f", config])

    def connections(self):
        """The processes of sshd that serve somebody, and not what they have started."""
        return [number for number in processes() if is_below(number, self.server.pid) and name_of(number) == "sshd"]

    def send(self, number):
        for process in [*self.connections(), self.server.pid]:
            kill(process, number)

    def stop(self):
        """Ends sshd with its connections, as a host that is switched off ends them; jobs go on."""
        self.send(signal.SIGKILL)
        self.server.wait()

    def close(self):
        self.stop()
        if self.holder:
            self.holder.kill()
            self.holder.wait()

    def marks(self):
        """Each start of a task on this host: its number, and when it was."""
        try:
            with open(os.path.join(self.home, "marks")) as file:
                return [(int(number), float(moment)) for number, moment in map(str.split, file)]
        except FileNotFoundError:
            return []

    def line(self, jump=None):
        way = f", jump: {jump}" if jump else ""
        return f"  {self.name}: {{ address: {self.address}, root: {self.root}, slots: 4{way} }}\n"


def kill(process, number):
    try:
        os.kill(process, number)
    except ProcessLookupError:
        pass


def processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def fields(number):
    """From the state on: proc(5)."""
    try:
        with open(f"/proc/{number}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return ["Z", "0"]


def name_of(number):
    try:
        with open(f"/proc/{number}/comm") as file:
            return file.read().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def is_below(number, ancestor):
    while number > 1:
        number = int(fields(number)[1])
        if number == ancestor:
            return True
    return False


def inventory(hosts, jump=None):
    known = path("known_hosts")
    key = " ".join(open(path("host_key.pub")).read().split()[:2])
    with open(known, "a") as file:
        file.writelines(f"[{host.address}]:{PORT} {key}\n" for host in hosts)
    return (f"defaults: {{ user: {USER}, port: {PORT}, key: {path('id_ed25519')}, known_hosts: {known} }}\nhosts:\n"
            + "".join(host.line(jump if host.link else None) for host in hosts))
