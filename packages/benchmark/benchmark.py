#!/usr/bin/env python3
"""Elastic particles in a box, with nothing but the standard library of Python 3.6 or newer.

The counts and the final state are the same to the last bit as those of the native engine: IEEE binary64 arithmetic
in one fixed order. Writes out/metrics.json below the working directory.
"""

import argparse
import array
import hashlib
import json
import math
import os
import random
import re
import sys
import time

# A release stays as it was sent.
sys.dont_write_bytecode = True
from recording import Recording

RADIUS = 5.0
DIAMETER = 2 * RADIUS
TIME_STEP = 0.1
TOP_SPEED = 20.0
WALL_RESTITUTION = 0.8
PARTICLE_RESTITUTION = 0.9


class Particles:
    """The state of the box and the collisions counted so far."""

    def __init__(self, count, seed, width, height):
        rand = mersenne_twister(seed)
        self.count, self.width, self.height = count, width, height
        self.x, self.y, self.vx, self.vy = [], [], [], []
        for _ in range(count):
            self.x.append(rand() * (width - DIAMETER) + RADIUS)
            self.y.append(rand() * (height - DIAMETER) + RADIUS)
        for _ in range(count):
            self.vx.append((rand() - 0.5) * (2 * TOP_SPEED))
            self.vy.append((rand() - 0.5) * (2 * TOP_SPEED))
        self.particle_collisions = 0
        self.wall_collisions = 0

    def step(self):
        self.move()
        self.bounce_off_walls()
        self.collide_pairs()

    def move(self):
        for i in range(self.count):
            self.x[i] += self.vx[i] * TIME_STEP
            self.y[i] += self.vy[i] * TIME_STEP

    def bounce_off_walls(self):
        for i in range(self.count):
            hit_x = bounce(self.x, self.vx, i, self.width)
            hit_y = bounce(self.y, self.vy, i, self.height)
            if hit_x or hit_y:
                self.wall_collisions += 1

    def collide_pairs(self):
        """Walks the pairs i < j in order; each sees what the earlier ones changed."""
        x, y = self.x, self.y
        for i in range(self.count):
            xi, yi = x[i], y[i]
            for j in range(i + 1, self.count):
                # Rounding keeps order: when one difference reaches the diameter, so does the distance.
                dx = xi - x[j]
                if dx >= DIAMETER or dx <= -DIAMETER:
                    continue
                dy = yi - y[j]
                squared = dx * dx + dy * dy
                if squared < DIAMETER * DIAMETER and self.collide(i, j, dx, dy, squared):
                    xi, yi = x[i], y[i]

    def collide(self, i, j, dx, dy, squared):
        """Lets two touching particles collide unless they are moving apart."""
        vx, vy = self.vx, self.vy
        if dx * (vx[i] - vx[j]) + dy * (vy[i] - vy[j]) > 0:
            return False
        self.particle_collisions += 1
        distance = math.sqrt(squared)
        if not distance > 0:
            return False
        nx, ny = dx / distance, dy / distance
        a = vx[i] * nx + vy[i] * ny
        b = vx[j] * nx + vy[j] * ny
        vx[i] += ((b - a) * nx) * PARTICLE_RESTITUTION
        vy[i] += ((b - a) * ny) * PARTICLE_RESTITUTION
        vx[j] += ((a - b) * nx) * PARTICLE_RESTITUTION
        vy[j] += ((a - b) * ny) * PARTICLE_RESTITUTION
        correction = 0.5 * (DIAMETER - distance)
        self.x[i] += correction * nx
        self.y[i] += correction * ny
        self.x[j] -= correction * nx
        self.y[j] -= correction * ny
        return True

    def digest(self):
        return hashlib.sha256(self.state()).hexdigest()

    def state(self):
        """x, y, vx, vy of each particle in order, little-endian."""
        state = array.array("d")
        for values in zip(self.x, self.y, self.vx, self.vy):
            state.extend(values)
        if sys.byteorder == "big":
            state.byteswap()
        return state.tobytes()


def bounce(positions, speeds, i, size):
    if positions[i] - RADIUS < 0:
        positions[i] = RADIUS
    elif positions[i] + RADIUS > size:
        positions[i] = size - RADIUS
    else:
        return False
    speeds[i] = speeds[i] * -WALL_RESTITUTION
    return True


def mersenne_twister(seed):
    """MT19937 after init_genrand(seed), which random.seed() does not offer; random() is its 53-bit double."""
    words = [seed]
    for i in range(1, 624):
        words.append((1812433253 * (words[-1] ^ (words[-1] >> 30)) + i) & 0xFFFFFFFF)
    generator = random.Random()
    generator.setstate((3, tuple(words) + (624,), None))
    return generator.random


def run(particles, steps, recording):
    reports = os.environ.get("FLEET_PROGRESS") == "1"
    percent = 0
    for step in range(1, steps + 1):
        particles.step()
        recording.take(step)
        if reports and step * 100 // steps > percent:
            percent = step * 100 // steps
            reports = report(percent)


def report(percent):
    """Writes a line of progress to descriptor 3; false when nobody reads there."""
    try:
        os.write(3, b'{"progress":%d.%02d}\n' % divmod(percent, 100))
        return True
    except OSError:
        return False


def whole(low, high):
    def parse(text):
        if not re.match(r"[0-9]+\Z", text) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError("must be a whole number from %d to %d" % (low, high))
        return int(text)

    return parse


def length(text):
    if not re.match(r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z", text) or not DIAMETER <= float(text) < math.inf:
        raise argparse.ArgumentTypeError("must be a number, at least %g" % DIAMETER)
    return float(text)


def truth(text):
    if text not in ("true", "false"):
        raise argparse.ArgumentTypeError("must be true or false")
    return text == "true"


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, "error: %s\n" % message)


def parse_arguments():
    parser = Arguments(description="particles that collide in a box", allow_abbrev=False)
    parser.add_argument("--particles", type=whole(1, 2**31 - 1), default=100)
    parser.add_argument("--steps", type=whole(0, 2**31 - 1), default=1000)
    parser.add_argument("--seed", type=whole(0, 2**32 - 1), default=42)
    parser.add_argument("--width", type=length, default=800.0)
    parser.add_argument("--height", type=length, default=600.0)
    parser.add_argument("--snapshots", type=whole(0, 2**31 - 1), default=0)
    parser.add_argument("--plot", type=truth, default=False, nargs="?", const=True)
    parser.add_argument("--animate", type=truth, default=False, nargs="?", const=True)
    return parser.parse_args()


def main(make=Particles):
    arguments = parse_arguments()
    particles = make(arguments.particles, arguments.seed, arguments.width, arguments.height)
    recording = Recording(particles, arguments)
    start = time.perf_counter()
    run(particles, arguments.steps, recording)
    metrics = {
        "particle_collisions": particles.particle_collisions,
        "wall_collisions": particles.wall_collisions,
        "seconds": round(time.perf_counter() - start, 6),
        "state_sha256": particles.digest(),
    }
    os.makedirs("out", exist_ok=True)
    with open("out/metrics.json", "w") as file:
        json.dump(metrics, file)
        file.write("\n")
    recording.finish()
    print(
        "{particle_collisions} particle collisions, {wall_collisions} wall collisions, {seconds:.3f} s, "
        "state {state_sha256:.12}".format(**metrics)
    )


if __name__ == "__main__":
    main()
