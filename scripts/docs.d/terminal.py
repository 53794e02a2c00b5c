"""A terminal that keeps what a program draws as cells with colours, and draws them as SVG."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata
from html import escape

# Colours by the numbers of ECMA-48; None is the text's own.
PALETTES = {
    "light": {"paper": "#ffffff", "frame": "#d0d7de", None: "#1f2328", 31: "#b3261e", 32: "#116329", 33: "#7a5200",
              36: "#0b6178", "dim": "#59636e"},
    "dark": {"paper": "#0d1117", "frame": "#30363d", None: "#e6edf3", 31: "#ff7b72", 32: "#56d364", 33: "#e3b341",
             36: "#56d4dd", "dim": "#9198a1"},
}
CELL_WIDTH, CELL_HEIGHT, MARGIN = 8.4, 18, 14


class Screen:
    """What stands in the cells: (character, colour, isBold, isDim, isReversed)."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.cells = [self.empty() for _ in range(rows)]
        self.row = self.column = 0
        self.pen = (None, False, False, False)
        self.rest = ""

    def empty(self):
        return [(" ", None, False, False, False)] * self.columns

    @property
    def lines(self):
        return ["".join(cell[0] for cell in row).rstrip() for row in self.cells]

    @property
    def text(self):
        return "\n".join(self.lines)

    def take(self, text):
        text, self.rest = self.rest + text, ""
        while text:
            found = re.match(r"\x1b\[([?0-9;]*)([A-Za-z])|\x1b[()][A-Z0-9]|\x1b[=>78]|\x1b\][^\x07]*\x07", text)
            if found:
                self.control(found.group(1) or "", found.group(2) or "")
                text = text[found.end():]
            elif text[0] == "\x1b":
                self.rest = text
                return
            else:
                self.put(text[0])
                text = text[1:]

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.line_feed()
        elif character >= " ":
            wide = self.width(character) == 2
            if self.column + 1 + wide > self.columns:
                self.column = 0
                self.line_feed()
            self.cells[self.row][self.column] = (character, *self.pen)
            self.column += 1
            if wide:
                self.cells[self.row][self.column] = ("", *self.pen)
                self.column += 1

    @staticmethod
    def width(character):
        """In columns."""
        return 2 if unicodedata.east_asian_width(character) in "WF" else 1

    def line_feed(self):
        self.row += 1
        if self.row == self.rows:
            self.cells = self.cells[1:] + [self.empty()]
            self.row -= 1

    def control(self, words, kind):
        numbers = [int(word) for word in words.lstrip("?").split(";") if word]
        number = numbers[0] if numbers else 1
        if kind == "A":
            self.row = max(0, self.row - number)
        elif kind == "H":
            self.row, self.column = number - 1, (numbers[1] if len(numbers) > 1 else 1) - 1
        elif kind == "J" and numbers == [2]:
            self.cells = [self.empty() for _ in range(self.rows)]
        elif kind == "J":
            self.clear_line()
            for row in range(self.row + 1, self.rows):
                self.cells[row] = self.empty()
        elif kind == "K":
            self.clear_line()
        elif kind == "m":
            for code in numbers or [0]:
                self.draw_with(code)

    def clear_line(self):
        self.cells[self.row][self.column:] = self.empty()[self.column:]

    def draw_with(self, code):
        colour, bold, dim, reverse = self.pen
        if code == 0:
            self.pen = (None, False, False, False)
        elif code == 1:
            self.pen = (colour, True, dim, reverse)
        elif code == 2:
            self.pen = (colour, bold, True, reverse)
        elif code == 7:
            self.pen = (colour, bold, dim, True)
        else:
            self.pen = (code, bold, dim, reverse)

    def svg(self, palette, title):
        """The rows down to the last one that shows something."""
        used = max((index + 1 for index, line in enumerate(self.lines) if line), default=1)
        width = self.columns * CELL_WIDTH + 2 * MARGIN
        height = used * CELL_HEIGHT + 2 * MARGIN
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" role="img" font-family="ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace" '
            f'font-size="14">',
            f"<title>{escape(title)}</title>",
            f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" rx="8" fill="{palette["paper"]}" '
            f'stroke="{palette["frame"]}"/>',
        ]
        for row, cells in enumerate(self.cells[:used]):
            parts += self.row_svg(cells, MARGIN + row * CELL_HEIGHT, palette)
        return "\n".join(parts) + "\n</svg>\n"

    @staticmethod
    def row_svg(cells, top, palette):
        """A text for each piece of one colour, as wide as its cells whatever the font is."""
        parts, start = [], 0
        while start < len(cells):
            end = start
            while end < len(cells) and cells[end][1:] == cells[start][1:]:
                end += 1
            text = "".join(cell[0] for cell in cells[start:end])
            colour, bold, dim, reverse = cells[start][1:]
            fill = palette["dim"] if dim else palette[colour]
            left, width = MARGIN + start * CELL_WIDTH, (end - start) * CELL_WIDTH
            if reverse:
                parts.append(f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{CELL_HEIGHT}" fill="{fill}"/>')
                fill = palette["paper"]
            weight = ' font-weight="bold"' if bold else ""
            # Browsers make one of several spaces, so what stands between them is a text of its own.
            for word in re.finditer(r"[^ ]+(?: [^ ]+)*", text):
                columns = [sum(Screen.width(character) for character in text[:place]) for place in word.span()]
                parts.append(
                    f'<text x="{left + columns[0] * CELL_WIDTH:g}" y="{top + 13:g}" fill="{fill}" '
                    f'textLength="{(columns[1] - columns[0]) * CELL_WIDTH:g}"{weight}>{escape(word.group())}</text>')
            start = end
        return parts


def watch(command, place, environment, screen, until, seconds=60):
    """Runs a command on a terminal until its screen is the wanted one, or until it ends.

    until: a function of the screen; None waits for the end of the command.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", screen.rows, screen.columns, 0, 0))
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=place, env={**environment, "TERM": "xterm-256color"}, stdin=slave, stdout=slave,
        stderr=slave, start_new_session=True)
    os.close(slave)
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            if not select.select([master], [], [], 0.1)[0]:
                if process.poll() is not None:
                    return until is None
                continue
            try:
                data = os.read(master, 65536)
            except OSError:
                return until is None
            screen.take(data.decode(errors="replace"))
            if until and until(screen):
                return True
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        # What still comes is read, so that the program can end.
        while process.poll() is None:
            if select.select([master], [], [], 0.05)[0]:
                try:
                    os.read(master, 65536)
                except OSError:
                    break
        process.wait()
        os.close(master)
