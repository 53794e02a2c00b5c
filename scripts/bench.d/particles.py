"""Milliseconds of a step of the particle benchmark, for each engine, and how they grow: scripts/bench calls it.

Constant density: the box of 800 by 600 is for 2,000 particles and grows along. In the last column is the exponent of
the growth, from the two largest. Every run of one size must count the same collisions. What would take a minute for a
step is left out.
"""
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.join(HERE, "../../packages/benchmark")
SIZES = [100, 200, 500, 1000, 2000, 5000, 10000, 20000]
LONGEST = 60
ROUNDS = int(sys.argv[1])


def engines(work):
    package = os.path.join(work, "benchmark")
    shutil.copytree(PACKAGE, package)
    subprocess.run([os.path.join(package, "build.sh")], check=True, stdout=subprocess.DEVNULL)
    loop = os.path.join(work, "loop")
    subprocess.run(["gcc", "-O3", "-ffp-contract=off", "-o", loop, os.path.join(HERE, "particles.c"), "-lm"], check=True)
    found = {"native": [package + "/particles"], "C -O3, every pair": [loop],
             "cython": ["python3", package + "/benchmark_cython.py"], "python": ["python3", package + "/benchmark.py"]}
    for python in ("python3", "/usr/bin/python3"):
        if not subprocess.run([python, "-c", "import numpy"], stderr=subprocess.DEVNULL).returncode:
            found["NumPy, double loop"] = [python, os.path.join(HERE, "numpy_pairs.py")]
            break
    return found


def run(words, count, steps, work):
    """Seconds of the steps alone, and both counts."""
    side = math.sqrt(count / 2000)
    size = [repr(800 * side), repr(600 * side)]
    if words[-1].endswith(("loop", "numpy_pairs.py")):
        output = subprocess.run([*words, str(count), str(steps), "42", *size], check=True, stdout=subprocess.PIPE).stdout
        pairs, walls, seconds = output.split()
        return float(seconds), int(pairs), int(walls)
    flags = ["--particles", str(count), "--steps", str(steps), "--width", size[0], "--height", size[1]]
    subprocess.run([*words, *flags], check=True, cwd=work, stdout=subprocess.DEVNULL)
    with open(os.path.join(work, "out/metrics.json")) as file:
        metrics = json.load(file)
    return metrics["seconds"], metrics["particle_collisions"], metrics["wall_collisions"]


def steps_for(seconds):
    """So many that a run takes about a fifth of a second, and never more than 1,000."""
    return max(1, min(1000, int(0.2 / max(seconds, 1e-6))))


def measure(words, sizes, work):
    """Seconds of a step by size: the shortest of all rounds."""
    results = {}
    for count in sizes:
        guess = run(words, count, 1, work)[0]
        steps = steps_for(guess)
        rounds = [run(words, count, steps, work)[0] / steps for _ in range(ROUNDS if guess < 5 else 0)]
        results[count] = min(rounds or [guess])
        following = sizes[sizes.index(count) + 1:][:1]
        if following and results[count] * (following[0] / count) ** 2 > LONGEST:
            break
    return results


def main():
    with tempfile.TemporaryDirectory() as work:
        found = engines(work)
        counts = {name: run(words, 200, 20, work)[1:] for name, words in found.items()}
        if len(set(counts.values())) != 1:
            sys.exit(f"the engines do not agree: {counts}")
        print(f"particles: milliseconds of a step, shortest of {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}")
        print(f"{'':20}" + "".join(f"{count:>11,}" for count in SIZES) + f"{'exponent':>10}")
        for name, words in found.items():
            results = measure(words, SIZES, work)
            (small, fast), (large, slow) = list(results.items())[-2:]
            exponent = math.log(slow / fast) / math.log(large / small)
            cells = "".join(f"{results[n] * 1000:>11,.4g}" if n in results else f"{'–':>11}" for n in SIZES)
            print(f"{name:20}{cells}{exponent:>10.2f}", flush=True)


main()
