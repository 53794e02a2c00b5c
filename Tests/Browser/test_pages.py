"""The pages in a real browser, over three hosts of `fleet lab`. Run by: scripts/browser Tests/Browser/test_pages.py"""

import os
import re
import signal
import subprocess
import unittest

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from serving import FLEET, Browser, Project

SHOTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.build/shots")

PACKAGE = """name: slow
version: 1.0.0
description: { en: counts slowly, es: cuenta despacio }
parameters:
  steps: { type: int, default: 20, min: 1, max: 5000, help: { en: how many steps, es: cuántos pasos } }
  pace: { type: choice, choices: [calm, brisk, wild], default: calm, help: { en: how fast, es: a qué ritmo } }
  loud: { type: bool, default: false }
engines:
  sh: { methods: [native], run: sh work.sh }
metrics: { n: { type: int } }
"""

WORK = """i=0
while [ $i -lt "$2" ]; do i=$((i + 1)); echo "step <b>$i</b> of $2"; sleep 0.2; done
echo "{\\"n\\":$i}" >"$FLEET_OUT/metrics.json"
"""

TASKS = """tasks:
  - { name: count, command: 'sleep 1; echo done $N', matrix: { n: 1..12 } }
  - { name: nightly, command: 'true', schedule: every 15m }
"""


def kill_with_sessions(process):
    """As a machine dies: an sshd alone would leave the sessions that it has begun."""
    with open(f"/proc/{process}/task/{process}/children") as file:
        children = [int(word) for word in file.read().split()]
    os.kill(process, signal.SIGKILL)
    for child in children:
        kill_with_sessions(child)


class PageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.project = Project()
        cls.addClassCleanup(cls.project.end)
        cls.project.write("packages/slow/package.yaml", PACKAGE)
        cls.project.write("packages/slow/work.sh", WORK)
        cls.project.write("tasks.yaml", TASKS)
        cls.project.fleet("lab", "up", "--hosts", "3")
        cls.project.inventory = "inventory/lab.yaml"
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.end)
        cls.home = cls.browser.enter(cls.project.serve())

    def setUp(self):
        self.browser.complaints.clear()

    def open(self, place, width=1280, **options):
        page = self.browser.page(width, **options)
        self.addCleanup(page.context.close)
        page.goto(self.project.address + place)
        return page

    def start_run(self, page, steps):
        page.goto(self.project.address + "/start/run?package=slow")
        page.get_by_label("steps").fill(str(steps))
        page.get_by_role("button", name="Start the run").click()
        page.wait_for_url("**/runs/*")

    def no_complaints(self):
        self.assertEqual(self.browser.complaints, [])

    def test_code_works_once_and_needs_no_place_in_history(self):
        self.assertEqual(self.home.url, self.project.address + "/")
        stranger = self.browser.chromium.new_context().new_page()
        self.addCleanup(stranger.context.close)
        stranger.goto(self.project.address + "/packages")
        expect(stranger.get_by_label("Code or token")).to_be_visible()
        stranger.get_by_label("Code or token").fill("wrong")
        stranger.keyboard.press("Enter")
        expect(stranger.locator("#word-error")).to_contain_text("this word lets nobody in")

    def test_hosts_are_watched_while_somebody_looks(self):
        page = self.open("/")
        for host in ("lab-1", "lab-2", "lab-3"):
            row = page.locator(f"#host-{host}")
            expect(row).to_contain_text("answers")
            expect(row.locator("time[data-age]")).to_have_text(re.compile(r"^\d+ (s|min)$"))
            expect(row).to_contain_text("GiB")
        self.no_complaints()

    def test_run_from_the_form_shows_its_lines_and_ends(self):
        page = self.open("/")
        self.start_run(page, 12)
        # What a worker writes is text.
        expect(page.locator("#log")).to_contain_text("step <b>3</b> of 12")
        expect(page.locator("#timeline svg rect.bar").first).to_be_attached()
        expect(page.locator("#run-head .sign")).to_contain_text("done")
        expect(page.locator("#tasks tr")).to_have_count(3)
        expect(page.locator("#tasks")).to_contain_text("n=12")
        # What came home stands there for who comes later.
        page.reload()
        expect(page.locator("#log")).to_contain_text("step <b>12</b> of 12")
        page.get_by_role("link", name="Once more").click()
        expect(page.get_by_label("steps")).to_have_value("12")
        self.no_complaints()

    def test_running_run_is_cancelled(self):
        page = self.open("/")
        self.start_run(page, 3000)
        expect(page.locator("#log p").first).to_be_visible()
        page.locator("#run-head").get_by_role("button", name="Cancel").click()
        expect(page.locator("#run-head .sign")).to_contain_text("cancelled")
        self.no_complaints()

    def test_operation_is_found_again_and_tells_of_each_host(self):
        page = self.open("/start/push")
        page.get_by_role("button", name="Start the push").click()
        page.wait_for_url("**/operations/*")
        for host in ("lab-1", "lab-2", "lab-3"):
            expect(page.locator(f"#result-{host}")).to_contain_text("ok")
        expect(page.locator("#operation-head .sign")).to_contain_text("done")
        page.get_by_role("link", name="lab-1").first.click()
        expect(page.locator("#packages-of-host")).to_contain_text(re.compile("slow.*built last"))
        # A command of another process is found on the overview, and ended there.
        other = subprocess.Popen(
            [FLEET, "exec", "--hosts", "lab-1", "sleep 300"], cwd=self.project.folder,
            env=self.project.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(other.wait)
        self.addCleanup(other.terminate)
        page.get_by_role("link", name="Overview").click()
        running = page.locator("#operations li", has_text="sleep 300")
        running.get_by_role("link").click()
        expect(page.locator("#result-lab-1")).to_contain_text("running")
        page.locator("#operation-head").get_by_role("button", name="Cancel").click()
        expect(page.locator("#status")).to_contain_text("The server was asked to end it: fleet exec")
        expect(page.locator("#operation-head .sign")).to_contain_text("cancelled")
        other.wait(timeout=60)
        self.no_complaints()

    def test_several_choices_are_a_sweep(self):
        page = self.open("/start/run?package=slow")
        page.get_by_label("steps").fill("1")
        pace, loud = page.get_by_role("group", name="pace"), page.get_by_role("group", name="loud")
        expect(pace.get_by_label("calm")).to_be_checked()
        expect(loud.get_by_label("false")).to_be_checked()
        pace.get_by_label("wild").check()
        loud.get_by_label("true").check()
        expect(page.locator(".count")).to_have_text("These are 4 tasks; each runs once, on one of the hosts.")
        page.screenshot(path=f"{SHOTS}/choices-1280.png", full_page=True)
        page.get_by_role("button", name="Start the run").click()
        page.wait_for_url("**/runs/*")
        expect(page.locator("#run-head .numbers")).to_contain_text("4 of 4 done")
        page.get_by_role("link", name="Once more").click()
        self.assertEqual(
            [box.get_attribute("value") for box in pace.get_by_role("checkbox", checked=True).all()], ["calm", "wild"])
        self.assertEqual(loud.get_by_role("checkbox", checked=True).count(), 2)

    def test_several_values_are_a_sweep(self):
        page = self.open("/start/run?package=slow")
        page.get_by_label("steps").fill("1,2,4..6")
        page.get_by_label("steps").press("Tab")
        expect(page.locator(".count")).to_have_text("These are 5 tasks; each runs once, on one of the hosts.")
        page.screenshot(path=f"{SHOTS}/sweep-1280.png", full_page=True)
        page.get_by_role("button", name="Start the run").click()
        page.wait_for_url("**/runs/*")
        expect(page.locator("#run-head .numbers")).to_contain_text("5 of 5 done")
        page.get_by_role("link", name="Once more").click()
        expect(page.get_by_label("steps")).to_have_value("1,2,4,5,6")
        self.assertRegex(page.url, r"/start/run\?run=[0-9a-f-]+$")
        page.get_by_label("steps").fill("1,0")
        page.get_by_role("button", name="Start the run").click()
        expect(page.locator('[data-error="parameters.steps"]')).to_contain_text("below the minimum")
        self.no_complaints()

    def test_queue_of_another_process_tells_why_tasks_wait(self):
        self.project.write("waiting.yaml", "tasks:\n  - { name: hold, command: 'sleep 300',"
                           " needs: { hosts: [lab-1] }, matrix: { n: 1..40 } }\n")
        other = subprocess.Popen(
            [FLEET, "tasks", "run", "waiting.yaml"], cwd=self.project.folder,
            env=self.project.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(other.wait)
        self.addCleanup(other.terminate)
        page = self.open("/")
        expect(page.locator("#runs li").first).to_contain_text("wait for a free slot")
        page.locator("#runs li").first.get_by_role("link").first.click()
        expect(page.locator("#run-head .numbers time[data-age]")).to_be_visible()
        page.screenshot(path=f"{SHOTS}/waiting-1280.png", full_page=True)
        page.goto(self.project.address + "/hosts/lab-1")
        expect(page.locator("#work-of-host")).to_contain_text("hold[n=")
        page.screenshot(path=f"{SHOTS}/host-at-work-1280.png", full_page=True)
        other.send_signal(signal.SIGINT)
        other.wait(timeout=60)
        self.no_complaints()

    def test_mistakes_are_told_beside_their_field(self):
        page = self.open("/start/run?package=slow")
        page.locator("form[data-operation]").evaluate("form => form.noValidate = true")
        page.get_by_label("steps").fill("0")
        page.get_by_role("button", name="Start the run").click()
        expect(page.locator('[data-error="parameters.steps"]')).to_contain_text("below the minimum")
        expect(page.get_by_label("steps")).to_be_focused()
        page.get_by_label("steps").fill("5")
        page.locator("[data-group=hosts]").get_by_role("button", name="none").click()
        page.get_by_role("button", name="Start the run").click()
        expect(page.locator('[data-error="hosts"]')).to_contain_text("at least one")
        self.assertTrue(page.url.endswith("/start/run?package=slow"))

    def test_queue_tells_why_tasks_wait(self):
        page = self.open("/start/tasks")
        page.get_by_role("button", name="Start the tasks").click()
        page.wait_for_url("**/runs/*")
        home = self.open("/")
        expect(home.locator("#runs li").first).to_contain_text(re.compile("wait for a free slot|13 of 13 done"))
        expect(page.locator("#run-head .numbers")).to_contain_text("13 of 13 done")
        self.no_complaints()

    def test_pages_follow_what_other_programs_do(self):
        page = self.open("/")
        expect(page.locator("#host-lab-1")).to_contain_text("answers")
        page.evaluate("""() => {
            window.seen = new Promise((tell) => new MutationObserver(() => {
                if (document.querySelector('#events').textContent.includes('echo follow')) tell(performance.timeOrigin + performance.now());
            }).observe(document.querySelector('#events'), { childList: true, subtree: true, characterData: true }));
        }""")
        self.project.fleet("exec", "--hosts", "lab-1", "echo follow")
        seen = page.evaluate("() => window.seen")
        told = page.evaluate("""() => [...document.querySelectorAll('#events li')].map((line) => [line.textContent,
            Date.parse(line.querySelector('time').dateTime)]).findLast(([text]) => text.includes('echo follow'))[1]""")
        print(f"from an event of another program to the page: {seen - told:.0f} ms")
        self.no_complaints()

    def test_hidden_tab_hears_nothing_and_catches_up(self):
        page = self.open("/")
        expect(page.locator("#host-lab-1")).to_contain_text("answers")
        hide = """(hidden) => {
            Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
            document.dispatchEvent(new Event('visibilitychange'));
        }"""
        page.evaluate(hide, True)
        before = page.locator("#events li").first.get_attribute("id")
        self.project.fleet("exec", "--hosts", "lab-2", "true")
        other = self.open("/")
        expect(other.locator("#events")).to_contain_text("fleet exec")
        self.assertEqual(page.locator("#events li").first.get_attribute("id"), before)
        page.evaluate(hide, False)
        expect(page.locator("#events li").first).not_to_have_attribute("id", before)
        # The same with the button, by the keyboard.
        page.get_by_role("button", name="Pause").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#status")).to_contain_text("paused")
        self.no_complaints()

    def test_keyboard_alone_reaches_everything(self):
        page = self.open("/")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="to the content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_label("a part of a name")).to_be_focused()
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        self.assertEqual(outline, "solid")

    def test_language_is_remembered(self):
        page = self.open("/packages", locale="es-ES")
        expect(page.get_by_role("heading", name="Paquetes")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "es")
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", name="Packages")).to_be_visible()
        self.assertTrue(page.url.endswith("/packages"))
        page.goto(self.project.address + "/schedules")
        expect(page.get_by_role("heading", name="Schedules")).to_be_visible()
        self.no_complaints()

    def test_y_all_pages_are_accessible_on_all_screens(self):
        os.makedirs(SHOTS, exist_ok=True)
        run = self.home.evaluate("() => fetch('/api/runs?limit=1').then((answer) => answer.json())")["runs"]
        places = ["/", "/runs", "/hosts/lab-1", "/start/run", "/start/push", "/start/tasks", "/packages", "/schedules",
                  "/events", "/nothing", "/runs/none", "/start/run?package=nope"] + [f"/runs/{one['run']}" for one in run]
        operations = self.home.evaluate("() => fetch('/api/operations').then((answer) => answer.json())")["operations"]
        places += [f"/operations/{one['operation']}" for one in operations if one["name"] == "push"][:1]
        for place in places:
            for width in (390, 1280, 1920):
                for scheme in ("light", "dark"):
                    language = "es-ES" if scheme == "dark" else "en-GB"
                    page = self.browser.page(width, color_scheme=scheme, locale=language, reduced_motion="reduce")
                    page.goto(self.project.address + place)
                    if place == "/":
                        expect(page.locator("#host-lab-1 .good")).to_be_visible()
                    name = re.sub(r"\W+", "-", re.sub(r"\d{8}-.*", "one", place)).strip("-") or "overview"
                    page.screenshot(path=f"{SHOTS}/{name}-{width}-{scheme}.png", full_page=True)
                    with self.subTest(place=place, width=width, scheme=scheme):
                        if width != 1920:
                            results = Axe().run(page)
                            self.assertEqual(results.violations_count, 0, results.generate_report())
                        wide = page.evaluate(
                            "document.documentElement.scrollWidth - document.documentElement.clientWidth")
                        self.assertLessEqual(wide, 0)
                    page.context.close()
        missing = "Failed to load resource: the server responded with a status of 404 (Not Found)"
        self.assertEqual([text for text in self.browser.complaints if text != missing], [])

    def test_z_page_comes_back_with_its_server(self):
        page = self.open("/")
        expect(page.locator("#host-lab-1")).to_contain_text("answers")
        self.project.stop()
        expect(page.locator("#status")).to_have_text("The connection is gone. Trying again.")
        self.project.serve(port=self.project.address.rsplit(":", 1)[1])
        expect(page.locator("#status")).to_have_text("Connected again.", timeout=60_000)
        self.project.fleet("exec", "--hosts", "lab-1", "echo back")
        expect(page.locator("#events")).to_contain_text("echo back")

    def test_zz_dead_host_turns_grey_and_keeps_its_figures(self):
        page = self.open("/")
        row = page.locator("#host-lab-2")
        expect(row).to_contain_text("answers")
        with open(f"{self.project.folder}/.fleet/lab/hosts.d/lab-2/sshd.pid") as file:
            kill_with_sessions(int(file.read()))
        expect(row).to_contain_text("does not answer", timeout=60_000)
        expect(row).to_have_class("silent")
        expect(row).to_contain_text("GiB")
        # Its age grows while the others' begin anew.
        expect(row.locator("time[data-age]")).to_have_text(re.compile(r"^(1[6-9]|[2-9]\d) s$"), timeout=60_000)
        expect(page.locator("#host-lab-1")).to_contain_text("answers")
        expect(page.locator("#summary")).to_contain_text("1")
        os.makedirs(SHOTS, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/overview-silent.png", full_page=True)
        self.no_complaints()

    def test_zzz_visit_that_has_ended_says_why(self):
        page = self.open("/packages")
        token = self.project.fleet("serve", "token", "--renew").strip()
        expect(page.locator("#ending")).to_contain_text("the token was renewed or revoked", timeout=60_000)
        page.screenshot(path=f"{SHOTS}/ended-1280.png", full_page=True)
        page.get_by_label("Code or token").fill(token)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"^http://[^/]+/$"))
        other = page.context.new_page()
        other.goto(self.project.address + "/packages")
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_label("Code or token")).to_be_visible()
        expect(page.locator("#ending")).to_have_count(0)
        expect(other.locator("#ending")).to_contain_text("somebody logged out in this browser", timeout=60_000)


if __name__ == "__main__":
    unittest.main()
