/// The first two parts of a step: free flight, then walls. No particle depends on another, so two of them fly at once.
/// The last of an odd number flies alone: two can't be read while single stores to them are on their way.
struct Flight {
    let width: Double
    let height: Double

    /// Moves all particles for one step; returns how many touched a wall.
    @inline(__always) func step(_ particles: Particles) -> Int {
        var touched = 0
        var i = 0
        while i < particles.count &- 1 {
            let x = particles.x[two: i] + particles.vx[two: i] * Box.timeStep
            let y = particles.y[two: i] + particles.vy[two: i] * Box.timeStep
            particles.x[two: i] = x
            particles.y[two: i] = y
            // Few touch a wall: that is asked of both at once, and the answer hardly ever holds up what follows.
            if (isOutside(x, width) .| isOutside(y, height)).isAny {
                touched &+= bounce(i, particles)
                touched &+= bounce(i &+ 1, particles)
            }
            i &+= 2
        }
        if i < particles.count {
            particles.x[i] += particles.vx[i] * Box.timeStep
            particles.y[i] += particles.vy[i] * Box.timeStep
            touched &+= bounce(i, particles)
        }
        return touched
    }

    @inline(__always) private func isOutside(_ positions: SIMD2<Double>, _ size: Double) -> SIMDMask<SIMD2<Int64>> {
        (positions - Box.radius .< 0) .| (positions + Box.radius .> size)
    }

    /// How many of one particle touched a wall.
    @inline(__always) private func bounce(_ i: Int, _ particles: Particles) -> Int {
        let touchesX = bounce(i, particles.x, particles.vx, width)
        let touchesY = bounce(i, particles.y, particles.vy, height)
        return touchesX || touchesY ? 1 : 0
    }

    @inline(__always) private func bounce(_ i: Int, _ positions: Column, _ speeds: Column, _ size: Double) -> Bool {
        if positions[i] - Box.radius < 0 {
            positions[i] = Box.radius
        } else if positions[i] + Box.radius > size {
            positions[i] = size - Box.radius
        } else {
            return false
        }
        speeds[i] = speeds[i] * -Box.wallRestitution
        return true
    }
}
