"""The overview of a thousand hosts. Run by: scripts/browser Tests/Browser/test_many_hosts.py"""

import unittest

from playwright.sync_api import expect

from serving import Browser, Project, many_hosts

COUNT = 1000


class ManyHostsTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = Project()
        cls.addClassCleanup(cls.project.end)
        many_hosts(cls.project, COUNT)
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.end)
        cls.home = cls.browser.enter(cls.project.serve())

    def test_shows_a_part_of_the_hosts_and_the_number_of_all(self):
        page = self.browser.page()
        page.goto(self.project.address + "/")
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
