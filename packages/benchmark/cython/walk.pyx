# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""One step of all particles, compiled: every pair, in order. The arithmetic is that of benchmark.py, line by line."""

from libc.math cimport sqrt

cdef double RADIUS = 5.0
cdef double DIAMETER = 2 * RADIUS
cdef double TIME_STEP = 0.1
cdef double WALL_RESTITUTION = 0.8
cdef double PARTICLE_RESTITUTION = 0.9


def step(double[::1] x, double[::1] y, double[::1] vx, double[::1] vy, double width, double height):
    """Moves everything by one step; returns the particle collisions and the wall collisions."""
    cdef long long pairs, walls
    with nogil:
        walls = fly(x, y, vx, vy, width, height)
        pairs = collide_pairs(x, y, vx, vy)
    return pairs, walls


cdef long long fly(double[::1] x, double[::1] y, double[::1] vx, double[::1] vy, double width, double height) nogil:
    cdef Py_ssize_t i
    cdef bint hit_x, hit_y
    cdef long long walls = 0
    for i in range(x.shape[0]):
        x[i] += vx[i] * TIME_STEP
        y[i] += vy[i] * TIME_STEP
        hit_x = bounce(&x[i], &vx[i], width)
        hit_y = bounce(&y[i], &vy[i], height)
        walls += hit_x or hit_y
    return walls


cdef inline bint bounce(double *position, double *speed, double size) nogil:
    if position[0] - RADIUS < 0:
        position[0] = RADIUS
    elif position[0] + RADIUS > size:
        position[0] = size - RADIUS
    else:
        return False
    speed[0] = speed[0] * -WALL_RESTITUTION
    return True


cdef long long collide_pairs(double[::1] x, double[::1] y, double[::1] vx, double[::1] vy) nogil:
    cdef Py_ssize_t i, j
    cdef double dx, dy, squared, distance, nx, ny, a, b, correction
    cdef long long pairs = 0
    for i in range(x.shape[0]):
        for j in range(i + 1, x.shape[0]):
            dx = x[i] - x[j]
            dy = y[i] - y[j]
            squared = dx * dx + dy * dy
            if not squared < DIAMETER * DIAMETER or dx * (vx[i] - vx[j]) + dy * (vy[i] - vy[j]) > 0:
                continue
            pairs += 1
            distance = sqrt(squared)
            if not distance > 0:
                continue
            nx = dx / distance
            ny = dy / distance
            a = vx[i] * nx + vy[i] * ny
            b = vx[j] * nx + vy[j] * ny
            vx[i] += ((b - a) * nx) * PARTICLE_RESTITUTION
            vy[i] += ((b - a) * ny) * PARTICLE_RESTITUTION
            vx[j] += ((a - b) * nx) * PARTICLE_RESTITUTION
            vy[j] += ((a - b) * ny) * PARTICLE_RESTITUTION
            correction = 0.5 * (DIAMETER - distance)
            x[i] += correction * nx
            y[i] += correction * ny
            x[j] -= correction * nx
            y[j] -= correction * ny
    return pairs
