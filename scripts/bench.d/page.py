"""How soon Chromium shows the overview of 1,000 hosts that fleet serve draws: page.py ROUNDS, run by scripts/browser with
Tests/Browser on PYTHONPATH.

first paint: first-contentful-paint of Paint Timing, from the start of the navigation.
update: from a message of the live stream to the frame that shows it; its own part is what the page's script takes.
"""

import statistics
import sys

from serving import Browser, Project, many_hosts

COUNT = 1000
WATCH = """
window.updates = [];
const add = EventSource.prototype.addEventListener;
EventSource.prototype.addEventListener = function (kind, hear) {
  add.call(this, kind, (event) => {
    const start = performance.now();
    hear(event);
    const own = performance.now() - start;
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => window.updates.push({ kind, own, all: performance.now() - start });
      painted.port2.postMessage(null);
    });
  });
};
"""
PAINT = """() => new Promise((tell) => new PerformanceObserver((list) =>
    list.getEntriesByName('first-contentful-paint').forEach((entry) => tell(entry.startTime))
).observe({ type: 'paint', buffered: true }))"""
MORE = """(count) => new Promise((tell) => {
    const look = () => {
        const some = window.updates.filter(({ kind }) => kind !== 'hello');
        some.length >= count ? tell(some) : setTimeout(look, 20);
    };
    look();
})"""


def main():
    project = Project()
    many_hosts(project, COUNT)
    browser = Browser()
    browser.enter(project.serve())
    page = browser.page()
    page.add_init_script(WATCH)
    paints = []
    for _ in range(int(sys.argv[1])):
        page.goto(project.address + "/")
        paints.append(page.evaluate(PAINT))
    updates = []
    for number in range(int(sys.argv[1])):
        # The first host gets one slot more, and the page follows.
        many_hosts(project, COUNT, slots=number + 2)
        updates = page.evaluate(MORE, len(updates) + 1)
    middle = statistics.median
    print(f"first paint: {middle(paints):.0f} ms, {max(paints):.0f} at most, in {len(paints)} loads of {COUNT} hosts")
    own, all_ = ([update[key] for update in updates] for key in ("own", "all"))
    print(f"update: {middle(all_):.0f} ms, {max(all_):.0f} at most, in {len(updates)}; "
          f"the script's own part {middle(own):.1f}, {max(own):.1f} at most")
    browser.end()
    project.end()


main()
