"""The drawings of a run as SVG: drawing/plot.svg and drawing/animation.svg with their blanks filled in."""

import math
import os

FRAMES = 240
SHOWN = 1000
PLOT_WIDTH, PLOT_HEIGHT = 800, 150
# From blue to orange, in the order of where particles begin: told apart by everybody, by day and by night.
COLOURS = ["#0072b2", "#3e8fc0", "#7fb2c9", "#c9b98a", "#dda63c", "#e69f00"]


def plot(frames, steps):
    return fill("plot.svg", blanks(frames, steps))


def animation(frames, particles, steps):
    values = blanks(frames, steps)
    shown = len(frames[0].x)
    values.update(
        width=decimal(tenths(particles.width)),
        height=decimal(tenths(particles.height)),
        particles=str(particles.count),
        shown="" if shown == particles.count else ", the first %d shown" % shown,
        circles="".join(circle(frames, i, particles.width) for i in range(shown)),
    )
    return fill("animation.svg", values)


def blanks(frames, steps):
    """What both drawings say: two curves, each up to its own greatest value."""
    energies = [frame.energy for frame in frames]
    return {
        "steps": str(steps),
        "energy": curve(energies),
        "energy-top": str(tenths(max(energies)) // 10),
        "collisions": curve([float(frame.collisions) for frame in frames]),
        "total": str(frames[-1].collisions),
    }


def curve(values):
    top, last = max(max(values), 1.0), max(len(values) - 1, 1)
    return " ".join(
        decimal(10 * PLOT_WIDTH * k // last) + "," + decimal(tenths(PLOT_HEIGHT - value / top * PLOT_HEIGHT))
        for k, value in enumerate(values)
    )


def circle(frames, i, width):
    colour = COLOURS[min(frames[0].x[i] * len(COLOURS) // tenths(width), len(COLOURS) - 1)]
    return '<circle r="5" fill="%s">%s%s</circle>\n' % (
        colour, motion("cx", [frame.x[i] for frame in frames]), motion("cy", [frame.y[i] for frame in frames]))


def motion(name, values):
    return '<animate attributeName="%s" dur="20s" repeatCount="indefinite" values="%s"/>' % (
        name, ";".join(map(decimal, values)))


def tenths(value):
    return math.floor(max(value, 0.0) * 10 + 0.5)


def decimal(value):
    """A number of tenths as text."""
    return "%d.%d" % divmod(value, 10) if value % 10 else str(value // 10)


def fill(name, values):
    with open(os.path.join(os.path.dirname(os.path.realpath(__file__)), "drawing", name)) as file:
        text = file.read()
    for blank, value in values.items():
        text = text.replace("{%s}" % blank, value)
    return text
