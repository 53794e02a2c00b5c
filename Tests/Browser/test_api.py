"""The API as its own description tells it: schemathesis makes requests of it. Run by: scripts/browser Tests/Browser/test_api.py"""

import os
import subprocess
import sys
import unittest

from serving import Project


class DescriptionTests(unittest.TestCase):
    def test_answers_are_as_described(self):
        project = Project()
        self.addCleanup(project.end)
        project.write(
            "inventory/hosts.yaml",
            f"hosts:\n  one: {{ address: localhost, transport: local, root: {project.folder}/one }}\n")
        project.serve()
        token = project.fleet("serve", "token", "--renew").strip()
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
