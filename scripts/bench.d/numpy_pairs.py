"""The particle benchmark as people write it with NumPy first: arrays, and a double loop over the pairs.

Usage: numpy_pairs.py PARTICLES STEPS SEED WIDTH HEIGHT. Prints: particle collisions, wall collisions, seconds.
"""
import sys
import time

import numpy as np

RADIUS, DIAMETER = 5.0, 10.0


def step(position, velocity, size):
    position += velocity * 0.1
    below = position - RADIUS < 0
    above = ~below & (position + RADIUS > size)
    position[below] = RADIUS
    position[above] = np.broadcast_to(size - RADIUS, position.shape)[above]
    velocity[below | above] *= -0.8
    walls = int((below | above).any(axis=1).sum())
    pairs = 0
    for i in range(len(position)):
        for j in range(i + 1, len(position)):
            delta = position[i] - position[j]
            squared = delta[0] * delta[0] + delta[1] * delta[1]
            if squared < DIAMETER * DIAMETER:
                relative = velocity[i] - velocity[j]
                if delta[0] * relative[0] + delta[1] * relative[1] > 0:
                    continue
                pairs += 1
                distance = np.sqrt(squared)
                if distance > 0:
                    normal = delta / distance
                    a = velocity[i][0] * normal[0] + velocity[i][1] * normal[1]
                    b = velocity[j][0] * normal[0] + velocity[j][1] * normal[1]
                    velocity[i] += ((b - a) * normal) * 0.9
                    velocity[j] += ((a - b) * normal) * 0.9
                    correction = 0.5 * (DIAMETER - distance)
                    position[i] += correction * normal
                    position[j] -= correction * normal
    return pairs, walls


def main():
    count, steps, seed = map(int, sys.argv[1:4])
    size = np.array([float(word) for word in sys.argv[4:6]])
    np.random.seed(seed)
    position = np.random.rand(count, 2) * (size - DIAMETER) + RADIUS
    velocity = (np.random.rand(count, 2) - 0.5) * 40
    totals = np.zeros(2, dtype=int)
    start = time.perf_counter()
    for _ in range(steps):
        totals += step(position, velocity, size)
    print(totals[0], totals[1], "%.6f" % (time.perf_counter() - start))


main()
