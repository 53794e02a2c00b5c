"""What fleet monitor takes while it shows COUNT hosts on a terminal of 80 columns and 24 lines.

    monitor.py monitor COUNT FOLDER FLEET [SECONDS]

The hosts are one real sshd on many addresses. They have neither Python nor container engines, so that looking at them
costs this machine little. Once all have answered, the monitor's processor time is counted for SECONDS, 60 when left out.
"""

import fcntl
import os
import pty
import re
import struct
import sys
import termios
import threading
import time

import lab

COUNT, FLEET = int(sys.argv[2]), sys.argv[4]
SECONDS = int(sys.argv[5]) if len(sys.argv) > 5 else 60
UNWANTED = re.compile(r"python|docker|podman|nvidia|perl|gcc|swift")


def limit_tools():
    """A folder with the system's programs but for those that cost much to ask."""
    tools = lab.path("tools")
    os.mkdir(tools)
    for folder in ("/usr/bin", "/bin", "/usr/sbin", "/sbin"):
        for name in os.listdir(folder):
            if not UNWANTED.search(name) and not os.path.lexists(f"{tools}/{name}"):
                os.symlink(f"{folder}/{name}", f"{tools}/{name}")
    with open(lab.path("sshd_config")) as file:
        text = file.read()
    lab.write("sshd_config", text.replace("SetEnv HOME=", f"SetEnv PATH={tools} HOME="))


def cpu(process):
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process):
    with open(f"/proc/{process}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


def connections():
    """Of the master's side: those that lead to sshd."""
    with open("/proc/net/tcp") as file:
        port = f":{lab.PORT:04X}"
        return sum(1 for line in file if line.split()[2].endswith(port) and line.split()[3] == "01")


def main():
    lab.make_files(COUNT)
    limit_tools()
    server = lab.start_server("sshd")
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm-256color"
        os.chdir(lab.WORK)
        os.execv(FLEET, [FLEET, "monitor", "--interval", "5"])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    drawn = [0]

    def read():
        try:
            while part := os.read(terminal, 1 << 16):
                drawn[0] += len(part)
        except OSError:
            pass

    threading.Thread(target=read, daemon=True).start()
    begun = time.monotonic()
    while connections() < COUNT:
        time.sleep(0.5)
        if time.monotonic() - begun > 240:
            sys.exit(f"only {connections()} of {COUNT} hosts are connected")
    print(f"{COUNT} hosts are connected after {time.monotonic() - begun:.0f} s, {cpu(process):.1f} s of a core", flush=True)
    # Until nothing of the first looks is under way.
    before = cpu(process)
    while True:
        time.sleep(10)
        now = cpu(process)
        if now - before < 1:
            break
        before = now
    used, bytes_, start = cpu(process), drawn[0], time.monotonic()
    time.sleep(SECONDS)
    seconds = time.monotonic() - start
    used, bytes_ = cpu(process) - used, drawn[0] - bytes_
    print(f"in {seconds:.0f} s: {used:.2f} s of a core ({100 * used / seconds:.1f} %), {memory(process):.0f} MB, "
          f"{bytes_ / seconds / 1024:.1f} KiB/s drawn")
    os.write(terminal, b"q")
    os.waitpid(process, 0)
    server.kill()


main()
