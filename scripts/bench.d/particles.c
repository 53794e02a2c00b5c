/* The particle benchmark as it is defined: every pair, in order, each step. What the engines are measured and tested
   against. Build with -O3 -ffp-contract=off -lm. Usage: particles PARTICLES STEPS SEED WIDTH HEIGHT
   Prints: particle collisions, wall collisions, seconds. With a file as sixth word, writes the state there. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RADIUS 5.0
#define DIAMETER (2 * RADIUS)

static uint32_t words[624];
static int next_word = 624;

static void seed(uint32_t value) {
    words[0] = value;
    for (int i = 1; i < 624; i++) words[i] = 1812433253u * (words[i - 1] ^ (words[i - 1] >> 30)) + (uint32_t)i;
}

static uint32_t random_word(void) {
    if (next_word == 624) {
        for (int i = 0; i < 624; i++) {
            uint32_t pair = (words[i] & 0x80000000u) | (words[(i + 1) % 624] & 0x7fffffffu);
            words[i] = words[(i + 397) % 624] ^ (pair >> 1) ^ (pair & 1 ? 0x9908b0dfu : 0);
        }
        next_word = 0;
    }
    uint32_t word = words[next_word++];
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c5680u;
    word ^= (word << 15) & 0xefc60000u;
    return word ^ (word >> 18);
}

static double random_double(void) {
    double a = random_word() >> 5, b = random_word() >> 6;
    return (a * 67108864 + b) / 9007199254740992;
}

static int bounce(double *position, double *speed, double size) {
    if (*position - RADIUS < 0) *position = RADIUS;
    else if (*position + RADIUS > size) *position = size - RADIUS;
    else return 0;
    *speed = *speed * -0.8;
    return 1;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count < 6) return 2;
    const long n = atol(arguments[1]), steps = atol(arguments[2]);
    const double width = atof(arguments[4]), height = atof(arguments[5]);
    double *restrict x = malloc(n * sizeof *x), *restrict y = malloc(n * sizeof *y);
    double *restrict vx = malloc(n * sizeof *vx), *restrict vy = malloc(n * sizeof *vy);
    long pairs = 0, walls = 0;
    seed((uint32_t)strtoul(arguments[3], NULL, 10));
    for (long i = 0; i < n; i++) {
        x[i] = random_double() * (width - DIAMETER) + RADIUS;
        y[i] = random_double() * (height - DIAMETER) + RADIUS;
    }
    for (long i = 0; i < n; i++) {
        vx[i] = (random_double() - 0.5) * 40;
        vy[i] = (random_double() - 0.5) * 40;
    }
    double start = now();
    for (long step = 0; step < steps; step++) {
        for (long i = 0; i < n; i++) {
            x[i] += vx[i] * 0.1;
            y[i] += vy[i] * 0.1;
        }
        for (long i = 0; i < n; i++) {
            int hits = bounce(&x[i], &vx[i], width);
            hits |= bounce(&y[i], &vy[i], height);
            walls += hits;
        }
        for (long i = 0; i < n; i++) {
            for (long j = i + 1; j < n; j++) {
                double dx = x[i] - x[j], dy = y[i] - y[j], squared = dx * dx + dy * dy;
                if (!(squared < DIAMETER * DIAMETER)) continue;
                if (dx * (vx[i] - vx[j]) + dy * (vy[i] - vy[j]) > 0) continue;
                pairs++;
                double distance = sqrt(squared);
                if (!(distance > 0)) continue;
                double nx = dx / distance, ny = dy / distance;
                double a = vx[i] * nx + vy[i] * ny, b = vx[j] * nx + vy[j] * ny;
                vx[i] += ((b - a) * nx) * 0.9;
                vy[i] += ((b - a) * ny) * 0.9;
                vx[j] += ((a - b) * nx) * 0.9;
                vy[j] += ((a - b) * ny) * 0.9;
                double correction = 0.5 * (DIAMETER - distance);
                x[i] += correction * nx;
                y[i] += correction * ny;
                x[j] -= correction * nx;
                y[j] -= correction * ny;
            }
        }
    }
    double seconds = now() - start;
    if (count > 6) {
        FILE *file = fopen(arguments[6], "wb");
        if (!file) return 1;
        for (long i = 0; i < n; i++) {
            double state[] = {x[i], y[i], vx[i], vy[i]};
            fwrite(state, sizeof state, 1, file);
        }
        if (fclose(file)) return 1;
    }
    printf("%ld %ld %.6f\n", pairs, walls, seconds);
    return 0;
}
