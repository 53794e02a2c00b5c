"""Two people who chat at once, in a real browser. Run by: scripts/browser Tests/Browser/test_chat.py"""

import os
import re
import subprocess
import sys
import unittest

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from serving import Browser, Project, write_ask

HERE = os.path.dirname(os.path.abspath(__file__))
SHOTS = os.path.join(HERE, "../../.build/shots")
KEY = "AIza-test-key"
# A busy machine answers late, and every answer is a job on a host.
expect.set_options(timeout=60_000)


class ChatTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gemini = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "../FleetTesting/gemini_server.py")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.end_gemini)
        cls.port = int(cls.gemini.stdout.readline())
        cls.project = Project()
        cls.addClassCleanup(cls.project.end)
        write_ask(cls.project)
        cls.project.fleet("lab", "up", "--hosts", "2")
        cls.project.inventory = "inventory/lab.yaml"
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.end)
        cls.invitation = cls.project.serve()

    @classmethod
    def end_gemini(cls):
        cls.gemini.stdin.close()
        cls.gemini.wait()
        cls.gemini.stdout.close()

    def release(self):
        self.gemini.stdin.write("\n")
        self.gemini.stdin.flush()

    def person(self, width=1280, **options):
        """Somebody with a browser of their own, who comes in by the token."""
        self.browser.state = None
        page = self.browser.page(width, **options)
        self.addCleanup(page.context.close)
        page.goto(self.project.address + "/login")
        page.fill("#word", self.token())
        page.press("#word", "Enter")
        page.wait_for_url(re.compile(r"^http://[^/]+/$"))
        page.goto(self.project.address + "/chat")
        return page

    @classmethod
    def token(cls):
        if not hasattr(cls, "word"):
            cls.word = cls.project.fleet("serve", "token", "--renew").strip()
        return cls.word

    def ask(self, page, question, model):
        page.evaluate("document.querySelector('#how').open = true")
        page.fill("#key", KEY)
        page.fill("#model", model)
        page.fill("#base_url", f"http://127.0.0.1:{self.port}/x/v1beta")
        page.select_option("#engine", "python")
        page.fill("#question", question)
        page.click("button.main")

    def test_two_people_chat_at_once(self):
        ana, leo = self.person(), self.person(width=390, locale="es-ES", color_scheme="dark")
        self.ask(ana, "held?", "held")
        self.ask(leo, "two", "echo")
        expect(leo.locator("article.model .text")).to_have_text("user=two")
        expect(leo.locator("#chats li")).to_have_count(1)
        # In the middle of an answer: it is there again, and goes on.
        expect(ana.locator("article.model .text")).to_contain_text("Docker Swarm es un")
        ana.reload()
        expect(ana.locator("article.model .text")).to_contain_text("Docker Swarm es un")
        expect(ana.locator("#stop")).to_be_visible()
        self.release()
        expect(ana.locator("article.model .text")).to_contain_text("Fin ✓")
        expect(ana.locator("article.model .who")).to_contain_text("lab-")
        expect(ana.locator("#stop")).to_be_hidden()
        # The key was in the page's memory alone.
        expect(ana.locator("#key")).to_have_value("")
        os.makedirs(SHOTS, exist_ok=True)
        for page, name in ((ana, "chat-1280"), (leo, "chat-390-dark-es")):
            page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
            violations = Axe().run(page)
            self.assertEqual(violations.violations_count, 0, violations.generate_report())
        # Stop, from another tab of the same person.
        other = ana.context.new_page()
        other.goto(ana.url)
        self.ask(ana, "held again?", "held")
        expect(other.locator("#stop")).to_be_visible()
        other.click("#stop")
        expect(ana.locator("article.model .who").last).to_contain_text("stopped")
        self.release()
        self.assertEqual(self.browser.complaints, [])

    def test_what_a_model_writes_is_text(self):
        page = self.person()
        self.ask(page, "<img src=x onerror=alert(1)> ![p](https://evil.example/x.png) **bold**", "echo")
        answer = page.locator("article.model .text")
        expect(answer.locator("strong")).to_have_text("bold")
        self.assertEqual(answer.locator("img").count(), 0)
        expect(answer.locator("a")).to_have_attribute("href", "https://evil.example/x.png")
        self.ask(page, "x", "wrong-key")
        expect(page.locator(".failure")).to_contain_text("the key was not accepted")
        self.assertEqual(self.browser.complaints, [])


if __name__ == "__main__":
    unittest.main()
