"""The overview of a thousand hosts. Run by: scripts/browser Tests/Browser/test_many_hosts.py"""

import json
import unittest

from playwright.sync_api import expect

from serving import Browser, Project

COUNT = 1000


class ManyHostsTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = Project()
        cls.addClassCleanup(cls.project.end)
        # Nothing listens on port 1.
        hosts = [f"  node-{number:04}: {{ address: 127.0.0.1, port: 1, user: nobody, tags: [rack-{number % 20}] }}\n"
                 for number in range(COUNT)]
        cls.project.write("inventory/hosts.yaml", "hosts:\n" + "".join(hosts))
        seen = {f"node-{number:04}": {
            "seen": "2026-11-26T10:00:00.000Z", "facts": {"cores": 8, "memory": 16 << 30, "disk": 512 << 30},
            "methods": ["native"], "packages": {"slow": {"version": "1.0.0-0123456789ab", "digest": "00", "pushed":
            "2026-11-26T10:00:00.000Z"}}} for number in range(COUNT)}
        cls.project.write("inventory/state.json", json.dumps({"hosts": seen}))
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.end)
        cls.home = cls.browser.enter(cls.project.serve())

    def test_first_paint_comes_within_a_second(self):
        page = self.browser.page()
        for _ in range(2):
            page.goto(self.project.address + "/")
            paint = page.evaluate("""() => new Promise((tell) => new PerformanceObserver((list) =>
                list.getEntriesByName('first-contentful-paint').forEach((entry) => tell(entry.startTime))
            ).observe({ type: 'paint', buffered: true }))""")
            print(f"first paint with {COUNT} hosts: {paint:.0f} ms")
        self.assertLess(paint, 1000)
        expect(page.locator("#hosts tr")).to_have_count(100)
        self.assertEqual(page.locator("#summary dd").first.text_content(), str(COUNT))

    def test_server_filters_and_pages(self):
        page = self.browser.page()
        page.goto(self.project.address + "/?q=rack-7")
        expect(page.locator("#hosts tr")).to_have_count(50)
        page.goto(self.project.address + "/?page=10")
        expect(page.locator("#hosts tr").last).to_contain_text("node-0999")
        # All of these are refused at once.
        expect(page.locator("#hosts tr.silent")).to_have_count(100, timeout=60_000)
        page.goto(self.project.address + "/?only=silent")
        expect(page.locator("#hosts tr").first).to_contain_text("does not answer")
        page.get_by_label("a part of a name").fill("no-such")
        page.get_by_role("button", name="Show").click()
        expect(page.get_by_text("No host is like that.")).to_be_visible()


if __name__ == "__main__":
    unittest.main()
