"""A project with its server and a browser, for the tests of the pages."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading

from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"

# The program that is tested; the one that was built last when nobody names another.
FLEET = os.environ.get("FLEET") or os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.build/debug/fleet"))


class Project:
    """A project folder with a home of its own; `fleet` is the program that FLEET names."""

    def __init__(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="fleet-browser-"))
        self.home = self.folder + "/home"
        os.mkdir(self.home)
        self.inventory = "inventory/hosts.yaml"
        self.server = None
        self.fleet("init", ".")

    def write(self, path, text):
        os.makedirs(os.path.dirname(f"{self.folder}/{path}"), exist_ok=True)
        with open(f"{self.folder}/{path}", "w") as file:
            file.write(text)

    def environment(self):
        return {**os.environ, "HOME": self.home, "FLEET_INVENTORY": self.inventory}

    def fleet(self, *words):
        return subprocess.run(
            [FLEET, *words], cwd=self.folder, env=self.environment(), check=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True).stdout

    def serve(self, port=0):
        """Starts the server, and returns the address that lets one browser in."""
        self.server = subprocess.Popen(
            [FLEET, "serve", "--json", "--print-code", "--listen", f"127.0.0.1:{port}"], cwd=self.folder,
            env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        answer = json.loads(self.server.stdout.readline())
        # Nobody else reads it, and a full pipe would hold the server up.
        self.words = []
        threading.Thread(target=lambda: self.words.extend(self.server.stderr), daemon=True).start()
        self.address = answer["address"]
        return answer["open"]

    def stop(self):
        self.server.send_signal(signal.SIGINT)
        self.server.wait(timeout=90)
        self.server.stdout.close()
        self.server.stderr.close()
        self.server = None

    def end(self):
        if self.server:
            self.stop()
        if os.path.exists(f"{self.folder}/.fleet/lab"):
            self.fleet("lab", "down")
        shutil.rmtree(self.folder, ignore_errors=True)


def write_ask(project):
    """The package that asks models, as a master without compilers would build it."""
    for name in ("ask.py", "package.yaml"):
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../packages/ask", name)) as file:
            text = file.read()
        project.write(f"packages/ask/{name}", re.sub(r"tool: (go|javac),", "tool: no-such-compiler,", text))


def many_hosts(project, count, slots=1):
    """An inventory of hosts that all refuse, and what is remembered of them; `slots` are those of the first one."""
    # Nothing listens on port 1.
    hosts = [
        f"  node-{number:04}: {{ address: 127.0.0.1, port: 1, user: nobody, tags: [rack-{number % 20}], "
        f"slots: {1 if number else slots} }}\n"
        for number in range(count)]
    project.write("inventory/hosts.yaml", "hosts:\n" + "".join(hosts))
    pushed = {"slow": {"version": "1.0.0-0123456789ab", "digest": "00", "pushed": "2026-11-26T10:00:00.000Z"}}
    facts = {"cores": 8, "memory": 16 << 30, "disk": 512 << 30}
    seen = {
        f"node-{number:04}": {
            "seen": "2026-11-26T10:00:00.000Z", "facts": facts, "methods": ["native"], "packages": pushed}
        for number in range(count)}
    project.write("inventory/state.json", json.dumps({"hosts": seen}))


class Browser:
    """Chromium; what its pages complain of is collected in `complaints`."""

    def __init__(self):
        self.playwright = sync_playwright().start()
        self.chromium = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        self.complaints = []
        self.state = None

    def page(self, width=1280, **options):
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900}, storage_state=self.state, **{"locale": "en-GB", **options})
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def enter(self, invitation):
        """Comes in by the one-time code; the pages after this one are in, too."""
        page = self.page()
        page.goto(invitation)
        page.wait_for_url(re.compile(r"^http://[^/]+/$"))
        self.state = page.context.storage_state()
        return page

    def end(self):
        self.chromium.close()
        self.playwright.stop()
