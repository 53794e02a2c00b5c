"""What fleet serve bears, on a project whose two hosts are this machine.

    serve.py streams | restarts | week | health  COUNT  FOLDER  FLEET

streams: COUNT seconds with 200 clients that listen to events, 20 of them not reading, while operations run: how late the
others hear each event, and what the server takes.
restarts: kill -9 of the server at COUNT moments of runs and chats: whether a listener that comes back at its sequence
misses or hears twice anything durable, whether each run comes to its end, and whether each question that was taken is
there once, with an answer or the reason why there is none.
week: COUNT operations through one server: what becomes of its memory, descriptors and disk.
health: wrk for COUNT seconds with 32 connections on /api/health, and on the same bytes as a file of nginx.
"""

import asyncio
import collections
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import urllib.request

MODE, COUNT, FOLDER, FLEET = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
PORT = 7690
PROJECT = FOLDER + "/project"


def make_project():
    for path in ("inventory", "packages/hello"):
        os.makedirs(f"{PROJECT}/{path}", exist_ok=True)
    with open(f"{PROJECT}/inventory/hosts.yaml", "w") as file:
        file.write("keep_events: { count: 20000 }\nhosts:\n")
        for name in ("one", "two"):
            file.write(f"  {name}: {{ address: localhost, transport: local, slots: 4, root: {FOLDER}/{name} }}\n")
    ask = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../packages/ask")
    os.makedirs(f"{PROJECT}/packages/ask", exist_ok=True)
    for name in ("ask.py", "package.yaml"):
        with open(f"{ask}/{name}") as source, open(f"{PROJECT}/packages/ask/{name}", "w") as file:
            # As a master without compilers would build it: python alone asks.
            text = re.sub(r"tool: (go|javac),", "tool: no-such-compiler,", source.read())
            file.write(re.sub(r"methods: \[.*?python\]", "methods: [python]", text))
    with open(f"{PROJECT}/packages/hello/package.yaml", "w") as file:
        file.write("name: hello\nversion: 1.0.0\nengines: { sh: { methods: [native], run: sh work.sh } }\n")
        file.write("parameters: { seconds: { type: float, default: 0 } }\n")
    with open(f"{PROJECT}/packages/hello/work.sh", "w") as file:
        file.write('sleep "$2"\necho said\n')


class Server:
    def __init__(self):
        words = [FLEET, "--project", PROJECT, "serve", "--listen", f"127.0.0.1:{PORT}", "--token-file", FOLDER + "/token"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=open(FOLDER + "/errors", "a"))
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/ping", timeout=1).read()
                return
            except OSError:
                if self.process.poll() is not None:
                    sys.exit("the server has ended: " + open(FOLDER + "/errors").read())
                time.sleep(0.02)

    def status(self, key):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(key + r":\s+(\d+)", file.read()).group(1))

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait()


def ask(method, path, body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", method=method)
    request.add_header("Authorization", "Bearer " + TOKEN)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=600) as answer:
        return json.loads(answer.read())


def when(text):
    """A time as events have it, in seconds."""
    head, _, fraction = text.rstrip("Z").partition(".")
    import calendar

    return calendar.timegm(time.strptime(head, "%Y-%m-%dT%H:%M:%S")) + float("0." + (fraction or "0"))


async def connect(path):
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT, limit=1 << 20)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode())
    await writer.drain()
    while (await reader.readline()).strip():
        pass
    return reader, writer


async def listen(delays):
    reader, _ = await connect("/api/events")
    count = 0
    while True:
        line = await reader.readline()
        if not line:
            return count
        if line.startswith(b"data: {\"detail"):
            count += 1
            # Decoding each would measure this program.
            at = re.search(rb'"time":"([^"]+)"', line).group(1).decode()
            delays.append(time.time() - when(at))


async def streams():
    server = Server()
    idle = server.status("VmRSS")
    delays, tasks, deaf = [], [], []
    for number in range(200):
        if number % 10 == 0:
            deaf.append(await connect("/api/events"))
            deaf[-1][0]._transport.pause_reading()
        else:
            tasks.append(asyncio.create_task(listen(delays)))
    await asyncio.sleep(1)
    listening, cpu, begun = server.status("VmRSS"), server.cpu(), time.monotonic()
    operations = 0
    while time.monotonic() - begun < COUNT:
        await asyncio.to_thread(ask, "POST", "/api/operations", {"operation": "ping"})
        operations += 1
        await asyncio.sleep(0.2)
    seconds, cpu, most = time.monotonic() - begun, server.cpu() - cpu, server.status("VmHWM")
    await asyncio.sleep(0.5)
    for task in tasks:
        task.cancel()
    delays.sort()
    place = lambda part: delays[int(len(delays) * part)] * 1000
    print(f"200 clients, 20 of them deaf, {seconds:.0f} s, {operations} operations, {len(delays)} events heard")
    print(f"late: p50 {place(0.5):.1f} ms, p99 {place(0.99):.1f} ms, most {delays[-1] * 1000:.1f} ms")
    print(f"memory: {idle / 1024:.1f} MB idle, {listening / 1024:.1f} with clients, {most / 1024:.1f} at most")
    print(f"CPU of the server: {cpu:.1f} s, {100 * cpu / seconds:.0f} % of a core")
    server.end()


async def restarts():
    server, seen, runs, random_ = Server(), [], [], random.Random(7)
    stop = False

    async def follow():
        last = ""
        while not stop:
            try:
                reader, writer = await connect("/api/events?after=" + (last or "0"))
                while line := await reader.readline():
                    if line.startswith(b"id: "):
                        last = line[4:].decode().strip()
                        seen.append(int(last.rpartition("-")[2]))
                writer.close()
            except OSError:
                await asyncio.sleep(0.05)

    follower = asyncio.create_task(follow())
    for moment in range(COUNT):
        body = {"operation": "run", "package": "hello", "parameters": {"seconds": 0.6}}
        await asyncio.to_thread(ask, "POST", "/api/operations", body)
        question = {"question": f"question {moment}", "simulate": "0.6s"}
        await asyncio.to_thread(ask, "POST", "/api/chats", question)
        await asyncio.sleep(random_.uniform(0, 1.5))
        server.end(signal.SIGKILL)
        server = await asyncio.to_thread(Server)
    while True:
        runs = (await asyncio.to_thread(ask, "GET", "/api/runs?limit=1000"))["runs"]
        chats = (await asyncio.to_thread(ask, "GET", "/api/chats"))["chats"]
        if all(run["state"] != "running" for run in runs) and not any(chat["open"] for chat in chats):
            break
        await asyncio.sleep(0.2)
    newest = subprocess.run(
        [FLEET, "--project", PROJECT, "events", "--json", "-n", "1"], capture_output=True, text=True, check=True
    ).stdout
    end = int(json.loads(newest.strip().splitlines()[-1])["sequence"].rpartition("-")[2])
    while not seen or seen[-1] < end:
        await asyncio.sleep(0.05)
    stop = True
    follower.cancel()
    missing = set(range(1, end + 1)) - set(seen)
    states = collections.Counter(run["state"] for run in runs)
    asked, answers = collections.Counter(), collections.Counter()
    for chat in chats:
        messages = (await asyncio.to_thread(ask, "GET", "/api/chats/" + chat["chat"]))["messages"]
        asked[messages[0]["text"]] += 1
        answers[messages[1]["state"], bool(messages[1]["text"] or messages[1]["failure"])] += 1
    lost = [n for n in range(COUNT) if asked[f"question {n}"] != 1]
    print(f"{COUNT} kills: {end} events, {len(missing)} missed, {len(seen) - len(set(seen))} heard twice")
    print(f"runs: {len(runs)}: {dict(states)}")
    print(f"questions: {COUNT - len(lost)} of {COUNT} there once; answers (state, says something): {dict(answers)}")
    server.end()


async def week():
    server = Server()
    gate, begun, failed = asyncio.Semaphore(16), time.monotonic(), 0

    async def one(number):
        nonlocal failed
        async with gate:
            id = (await asyncio.to_thread(ask, "POST", "/api/operations", {"operation": "ping"}))["operation"]
            if (await asyncio.to_thread(ask, "GET", f"/api/operations/{id}?wait=true"))["state"] != "done":
                failed += 1

    part = max(1, COUNT // 10)
    for start in range(0, COUNT, part):
        await asyncio.gather(*(one(number) for number in range(start, min(COUNT, start + part))))
        disk = int(subprocess.run(["du", "-sk", PROJECT + "/.fleet"], capture_output=True, text=True).stdout.split()[0])
        print(
            f"{min(COUNT, start + part):7} operations, {time.monotonic() - begun:6.0f} s: "
            f"{server.status('VmRSS') / 1024:6.1f} MB, {server.descriptors()} descriptors, "
            f"{server.status('Threads')} threads, {disk / 1024:.1f} MB of disk, {failed} failed",
            flush=True,
        )
    server.end()


NGINX = """
daemon off;
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    default_type application/json;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


async def health():
    server, port = Server(), PORT + 1
    os.makedirs(FOLDER + "/www/api")
    with open(FOLDER + "/www/api/health", "wb") as file:
        file.write(urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api/health").read())
    # Its workers are another user's.
    for folder, mode in ((FOLDER, 0o755), (FOLDER + "/www", 0o755)):
        os.chmod(folder, mode)
    with open(FOLDER + "/nginx.conf", "w") as file:
        file.write(NGINX.format(folder=FOLDER, port=port))
    path = os.environ["PATH"] + ":/usr/sbin"
    nginx = subprocess.Popen(["nginx", "-c", FOLDER + "/nginx.conf"], env={**os.environ, "PATH": path})
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health").read()
            break
        except OSError:
            await asyncio.sleep(0.02)
    for _ in range(2):
        for name, at in (("fleet", PORT), ("nginx", port)):
            words = ["wrk", "-t", "1", "-c", "32", "-d", str(COUNT), "--latency", f"http://127.0.0.1:{at}/api/health"]
            said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
            figures = [re.search(key + r"\s+(\S+)", said).group(1) for key in ("Requests/sec:", r"\n +50%", r"\n +99%")]
            wrong = re.search(r"(Non-2xx.*|Socket errors.*)", said)
            print(f"{name}: {figures[0]} requests/s, p50 {figures[1]}, p99 {figures[2]}", wrong.group(1) if wrong else "")
    nginx.terminate()
    nginx.wait()
    server.end()


make_project()
with open(FOLDER + "/token", "w") as file:
    file.write(os.urandom(24).hex())
with open(FOLDER + "/token") as file:
    TOKEN = file.read()
asyncio.run({"streams": streams, "restarts": restarts, "week": week, "health": health}[MODE]())
