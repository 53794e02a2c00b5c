"""Estimates pi: the share of random points of the unit square that lie in the quarter circle is pi/4."""

import argparse
import json
import math
import os
import random
import time

parser = argparse.ArgumentParser()
parser.add_argument("--samples", type=int, default=100000)
parser.add_argument("--seed", type=int, default=1)
arguments = parser.parse_args()

start = time.perf_counter()
rand = random.Random(arguments.seed).random
inside = sum(rand() ** 2 + rand() ** 2 <= 1 for _ in range(arguments.samples))
pi = 4 * inside / arguments.samples
print(f"pi is about {pi:.5f}")
metrics = {"pi": pi, "error": abs(pi - math.pi), "seconds": time.perf_counter() - start}
with open(os.path.join(os.environ.get("FLEET_OUT", "out"), "metrics.json"), "w") as file:
    json.dump(metrics, file)
