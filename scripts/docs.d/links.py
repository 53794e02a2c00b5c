#!/usr/bin/env python3
"""Tells which links of the documents lead nowhere: to a file that is not there, or to a heading that it does not have.

Usage: scripts/docs.d/links.py FILE...
"""

import os
import re
import sys


def headings(path):
    """The anchors of a file's headings, as GitHub makes them."""
    with open(path) as file:
        text = re.sub(r"(?ms)^```.*?^```$", "", file.read())
    titles = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def main(paths):
    wrong = 0
    for path in paths:
        with open(path) as file:
            text = re.sub(r"(?ms)^```.*?^```$", "", file.read())
        for link in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(path), name)) if name else path
            if not os.path.exists(target) or (anchor and target.endswith(".md") and anchor not in headings(target)):
                print(f"{path}: the link {link} leads nowhere", file=sys.stderr)
                wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
