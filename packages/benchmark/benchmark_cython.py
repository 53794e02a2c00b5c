#!/usr/bin/env python3
"""The engine cython: benchmark.py with its steps compiled, by the master when it could, else here in the venv."""

import array
import os
import shutil
import subprocess
import sys
import tempfile

# A release stays as it was sent.
sys.dont_write_bytecode = True
import benchmark

HERE = os.path.dirname(os.path.realpath(__file__))


class CompiledParticles(benchmark.Particles):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.walk = load()
        self.x, self.y, self.vx, self.vy = (array.array("d", v) for v in (self.x, self.y, self.vx, self.vy))

    def step(self):
        pairs, walls = self.walk.step(self.x, self.y, self.vx, self.vy, self.width, self.height)
        self.particle_collisions += pairs
        self.wall_collisions += walls


def load():
    """The compiled module: the master's where it fits this Python, else one made here, which a venv keeps."""
    kept = os.path.join(sys.prefix, "fleet-walk") if sys.prefix != sys.base_prefix else None
    for folder in filter(None, (os.path.join(HERE, "compiled"), kept)):
        walk = load_from(folder)
        if walk:
            return walk
    folder = tempfile.mkdtemp()
    try:
        build(folder)
        walk = load_from(folder)
        if kept and not os.path.isdir(kept):
            shutil.copytree(folder, kept)
        return walk
    finally:
        shutil.rmtree(folder)


def load_from(folder):
    sys.path.insert(0, folder)
    try:
        import walk
        return walk
    except ImportError:
        return None
    finally:
        sys.path.remove(folder)


def build(folder):
    script = os.path.join(HERE, "cython", "build.sh")
    environment = dict(os.environ, PYTHON=sys.executable)
    built = subprocess.run(["sh", script, folder], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if built.returncode:
        sys.stderr.write(
            "error: the engine cython has no module for Python %d.%d on %s, and none can be compiled here: %s\n"
            "hint: compile it on the master (scripts/setup --all installs what that takes) or install what is missing "
            "here, and leave containers out with --method venv; --engine python needs neither\n"
            % (sys.version_info[:2] + (os.uname().machine, " ".join(built.stdout.decode(errors="replace").split())))
        )
        sys.exit(1)


if __name__ == "__main__":
    benchmark.main(CompiledParticles)
