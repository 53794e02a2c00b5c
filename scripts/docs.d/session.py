"""A home folder with hosts that stand for real ones: what scripts/transcripts and scripts/pictures run commands in."""

import glob
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVED = "127.0.0.1:7600"
LONGEST = 60


class Wrong(Exception):
    """A command did not do what it should."""


def find_fleet():
    """Sets FLEET to the program; builds it where nobody names one."""
    if "FLEET" not in os.environ:
        subprocess.run(["swift", "build", "--quiet", "--product", "fleet"], check=True, cwd=ROOT)
        built = subprocess.run(
            ["swift", "build", "--show-bin-path"], check=True, capture_output=True, text=True, cwd=ROOT)
        os.environ["FLEET"] = built.stdout.strip() + "/fleet"
    os.environ["FLEET"] = os.path.abspath(os.environ["FLEET"])


class Session:
    """A home folder, its hosts, and what goes on in the background."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="fleet-transcripts-")
        self.home = os.path.join(self.folder, "home")
        self.lab = None
        self.hosts = []
        self.kept = []
        self.address = SERVED
        self.tools = os.path.join(self.folder, "bin")
        for folder in (self.home, self.tools):
            os.mkdir(folder)
        self.link_tools()
        self.place = self.home
        self.environment = {
            "PATH": self.tools, "HOME": self.home, "LANG": "C.UTF-8", "USER": os.environ.get("USER", "root"),
            "TZ": "UTC",
        }

    def link_tools(self):
        """This machine's programs without its container engines: whether they work, each machine answers its own way."""
        os.symlink(os.environ["FLEET"], f"{self.tools}/fleet")
        for folder in ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]:
            for name in os.listdir(folder):
                if name not in ("docker", "podman") and not os.path.lexists(f"{self.tools}/{name}"):
                    os.symlink(f"{folder}/{name}", f"{self.tools}/{name}")

    def start_lab(self, hosts):
        """Hosts that ~/.ssh/config leads to, so that commands and files stand here as they would for real ones."""
        self.lab = os.path.join(self.folder, "lab")
        self.hosts = [host.split("=")[0] for host in hosts]
        self.quiet(f"fleet init {self.lab} && fleet --project {self.lab} lab up --hosts {len(hosts)}")
        with open(f"{self.lab}/inventory/lab.yaml") as file:
            inventory = file.read()
        places = re.findall(r"address: (\S+), port: (\d+)", inventory)
        key = re.search(r"key: (\S+)", inventory).group(1)
        user = re.search(r"user: (\S+)", inventory).group(1)
        for shell in glob.glob(f"{self.lab}/.fleet/lab/**/shell", recursive=True):
            with open(shell) as file:
                text = file.read()
            with open(shell, "w") as file:
                file.write(text.replace("export HOME\n", f"PATH={self.tools}\nexport HOME PATH\n"))
        os.mkdir(f"{self.home}/.ssh", 0o700)
        with open(f"{self.home}/.ssh/config", "w") as file:
            for host, (address, port) in zip(hosts, places):
                name = host.split("=")[1]
                file.write(f"Host {name}\n  HostName {address}\n  HostKeyAlias {name}\n  Port {port}\n")
                file.write(f"  User {user}\n  IdentityFile {key}\n")

    def begin(self, command):
        """Starts a command; what it prints goes into a file."""
        output = tempfile.TemporaryFile(dir=self.folder)
        command = command.replace(SERVED, self.address)
        # All hosts of the lab are this machine, which real ones are not.
        command = re.sub(r"\bfleet host add (?=\S)", "fleet host add --same-machine ", command)
        script = f"cd '{self.place}' && {command}\nstatus=$?; pwd >'{self.folder}/place'; exit $status"
        process = subprocess.Popen(
            ["bash", "-c", script], stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=self.environment,
            start_new_session=True)
        return process, output

    def text(self, output):
        """Without the lines that fleet adds every 15 s while something takes long, as on a busy machine."""
        output.seek(0)
        said = re.sub(r"(?m)^\[\d+/\d+\] .*at work: .*\n", "", output.read().decode())
        return self.shown(re.sub(r"(?m)^(?:warning: )?\S+ is the machine that the inventory has as .*\n", "", said))

    def run(self, command, status):
        process, output = self.begin(command)
        try:
            ended = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            what = subprocess.run(
                ["ps", "-o", "pid,ppid,stat,wchan:20,etimes,args", "--forest", "-s", str(process.pid)],
                capture_output=True, text=True, check=False).stdout
            os.killpg(process.pid, signal.SIGKILL)
            raise Wrong(f"$ {command}\nhas not ended after {LONGEST} s:\n{self.text(output)}\n{what}")
        if ended != status:
            raise Wrong(f"$ {command}\nended with status {ended}, not {status}:\n{self.text(output)}")
        with open(f"{self.folder}/place") as file:
            self.place = file.read().strip()
        return self.text(output)

    def quiet(self, command):
        self.run(command, 0)

    def keep(self, command, word):
        """Until it has said the word; it goes on after that."""
        process, output = self.begin(command)
        self.kept.append(process)
        end = time.monotonic() + LONGEST
        while True:
            output.seek(0)
            said = output.read().decode()
            if word in said:
                break
            if process.poll() is not None or time.monotonic() > end:
                raise Wrong(f"$ {command}\nhas not said {word}:\n{said}")
            time.sleep(0.02)
        found = re.search(r"127\.0\.0\.1:\d+", said)
        self.address = found.group(0) if found else self.address
        token = re.search(r"only now: (\S+)", said)
        if token:
            self.environment["TOKEN"] = token.group(1)
        return self.shown(said)

    def shown(self, text):
        text = text.replace(self.home, "~").replace(self.address, SERVED)
        return "\n".join(self.named(line) for line in text.split("\n"))

    def named(self, line):
        """All hosts of the lab have this machine's own name; real ones would say theirs."""
        words = line.split()
        name = words[0] if words and words[0] in self.hosts else "workstation"
        return re.sub(rf"(?<![\w./-]){re.escape(os.uname().nodename)}(?![\w./-])", name, line)

    def end(self):
        # Who has ended is reaped, and the number may be another's.
        running = [process for process in self.kept if process.poll() is None]
        for process in running:
            os.killpg(process.pid, signal.SIGINT)
        for process in running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if self.lab:
            subprocess.run(
                [os.environ["FLEET"], "--project", self.lab, "lab", "down"], env=self.environment,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
