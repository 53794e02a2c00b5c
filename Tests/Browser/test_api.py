"""The API as its own description tells it: schemathesis makes requests of it. Run by: scripts/browser Tests/Browser/test_api.py"""

import json
import os
import subprocess
import sys
import time
import unittest
import urllib.request

import jsonschema_rs

from serving import Project, write_ask

PACKAGE = """name: benchmark
version: 1.0.0
engines: { sh: { methods: [native], run: sh work.sh } }
parameters: { particles: { type: int, default: 1 } }
"""


class DescriptionTests(unittest.TestCase):
    def serve(self):
        """A project with a host, a package and a task. Returns the server's address and the token."""
        project = Project()
        self.addCleanup(project.end)
        project.write(
            "inventory/hosts.yaml",
            f"hosts:\n  one: {{ address: localhost, transport: local, root: {project.folder}/one }}\n")
        project.write("packages/benchmark/package.yaml", PACKAGE)
        project.write("packages/benchmark/work.sh", "echo said; echo '{\"n\":3}' >\"$FLEET_OUT/metrics.json\"\n")
        project.write("packages/broken/package.yaml", "name: broken\n")
        project.write("tasks.yaml", "tasks:\n  - { name: count, command: echo 1, schedule: every 15m }\n")
        project.serve()
        return project, project.fleet("serve", "token", "--renew").strip()

    def test_what_is_done_is_answered_as_described(self):
        project, token = self.serve()

        def ask(method, path, body=None):
            request = urllib.request.Request(
                project.address + path, None if body is None else json.dumps(body).encode(), method=method,
                headers={"Authorization": "Bearer " + token, "Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)

        document = ask("GET", "/api/openapi.json")

        def check(method, path, body=None, at=None):
            answer = ask(method, path, body)
            responses = document["paths"][at or path.split("?")[0]][method.lower()]["responses"]
            reply = next(responses[code] for code in responses if code.startswith("2"))
            schema = reply["content"]["application/json"]["schema"]
            jsonschema_rs.validate({"components": document["components"], **schema}, answer)
            return answer

        for body in [
                {"operation": "ping"}, {"operation": "check"}, {"operation": "exec", "command": "echo hi; exit 3"},
                {"operation": "push", "packages": ["benchmark"], "hosts": "all"},
                {"operation": "run", "package": "benchmark"}, {"operation": "tasks run"}, {"operation": "tasks plan"},
                {"operation": "tasks status"}, {"operation": "versions"}, {"operation": "verify"},
                {"operation": "prune", "hosts": "all", "dry_run": True}, {"operation": "runs reap"},
                {"operation": "runs collect"}, {"operation": "runs pull"}, {"operation": "schedule list"},
                {"operation": "package", "packages": ["benchmark"]},
                {"operation": "host add", "name": "two", "no_check": True}]:
            operation = check("POST", "/api/operations", body)["operation"]
            end = check(
                "GET", f"/api/operations/{operation}?wait=true", at="/api/operations/{operation}")
            self.assertIsNotNone(end["result"], (body, end))
        for path in ["hosts", "packages", "schedules", "runs", "operations", "version", "health"]:
            check("GET", "/api/" + path)
        check("GET", "/api/hosts/one", at="/api/hosts/{host}")
        check("GET", "/api/runs/last", at="/api/runs/{run}")
        check("GET", "/api/runs/last/logs", at="/api/runs/{run}/logs")
        write_ask(project)
        question = {"question": "why", "simulate": "1ms"}
        chat = check("POST", "/api/chats", question)["chat"]
        at = "/api/chats/{chat}"
        while check("GET", f"/api/chats/{chat}", at=at)["messages"][-1]["state"] in ("waiting", "writing"):
            time.sleep(0.05)
        check("GET", "/api/chats")
        check("POST", f"/api/chats/{chat}/stop", at=at + "/stop")
        check("DELETE", f"/api/chats/{chat}", at=at)
        for path in ["/ping", "/health", "/ping_all", "/status"]:
            check("GET", path)
        for path, body in [
                ("/api/execute", {"command": "true"}), ("/execute", {"command": "true", "host": "one"}),
                ("/execute", {"benchmark": "benchmark.py", "params": {"particles": 3}}), ("/execute_tasks", {})]:
            check("POST", path, body)

    def test_answers_are_as_described(self):
        project, token = self.serve()
        # A description can't say all that makes no sense, such as no host at once; and streams have no end.
        done = subprocess.run(
            [os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", project.address + "/api/openapi.json",
             "-H", "Authorization: Bearer " + token, "--max-examples", "15", "--phases", "examples,coverage,fuzzing",
             "--seed", "7", "--request-timeout", "60", "--exclude-checks", "positive_data_acceptance",
             "--exclude-path-regex", "events$"],
            cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main()
