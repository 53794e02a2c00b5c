"""What a run keeps beside its result: out/snapshots.bin, out/plot.svg, out/animation.svg. native/Recording.swift writes
the same bytes.

A snapshot file is little-endian: the eight letters "fleet-1\\n", then the number of particles as a 64-bit integer, then
for each state the step as a 64-bit integer and x, y, vx, vy of each particle as binary64.
"""

import os
import struct

import drawing


class Recording:
    def __init__(self, particles, arguments):
        self.particles, self.steps = particles, arguments.steps
        self.wants_plot, self.wants_animation = arguments.plot, arguments.animate
        self.snapshots = None
        self.due_snapshots = spread(arguments.steps, arguments.snapshots)
        self.due_frames = spread(arguments.steps, drawing.FRAMES + 1) if arguments.plot or arguments.animate else []
        self.frames = []
        if self.due_snapshots:
            os.makedirs("out", exist_ok=True)
            self.snapshots = open("out/snapshots.bin", "wb")
            self.snapshots.write(b"fleet-1\n" + struct.pack("<q", particles.count))
        self.take(0)

    def take(self, step):
        """Keeps what is due after a step."""
        if self.due_snapshots and self.due_snapshots[0] == step:
            del self.due_snapshots[0]
            self.snapshots.write(struct.pack("<q", step) + self.particles.state())
        if self.due_frames and self.due_frames[0] == step:
            del self.due_frames[0]
            self.frames.append(Frame(self.particles, self.wants_animation))

    def finish(self):
        if self.snapshots:
            self.snapshots.close()
        if self.wants_plot:
            write("out/plot.svg", drawing.plot(self.frames, self.steps))
        if self.wants_animation:
            write("out/animation.svg", drawing.animation(self.frames, self.particles, self.steps))


class Frame:
    """What a drawing shows of one moment; positions in tenths."""

    def __init__(self, particles, with_positions):
        self.collisions = particles.particle_collisions
        energy = 0.0
        for vx, vy in zip(particles.vx, particles.vy):
            energy += (vx * vx + vy * vy) * 0.5
        self.energy = energy
        shown = min(particles.count, drawing.SHOWN) if with_positions else 0
        self.x = [drawing.tenths(x) for x in particles.x[:shown]]
        self.y = [drawing.tenths(y) for y in particles.y[:shown]]


def spread(steps, count):
    """At most `count` different steps from 0 to the last, evenly spaced; a single one is the last."""
    count = min(count, steps + 1)
    return [steps] if count == 1 else [k * steps // (count - 1) for k in range(count)]


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
