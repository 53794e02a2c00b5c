/// The first two parts of a step: free flight, then walls. No particle depends on another, so blocks of them fly at
/// once; those that fill no block go one by one, which is also fastest for a handful.
struct Flight {
    let width: Double
    let height: Double

    /// Moves all particles for one step; returns how many touched a wall.
    @inline(__always) func step(_ particles: Particles) -> Int {
        let size = Particles.Block.scalarCount
        var touched = 0
        var i = 0
        if particles.count >= PairWalk.fewest {
            var counts = SIMD4<Int64>.zero
            while i <= particles.count - size {
                // A lane of a mask is -1 where it holds.
                let touchesX = block(i, particles.x, particles.vx, width)
                let touchesY = block(i, particles.y, particles.vy, height)
                counts &-= unsafeBitCast(touchesX .| touchesY, to: SIMD4<Int64>.self)
                i += size
            }
            touched = Int(counts.wrappedSum())
        }
        while i < particles.count {
            let touchesX = single(i, particles.x, particles.vx, width)
            let touchesY = single(i, particles.y, particles.vy, height)
            if touchesX || touchesY { touched += 1 }
            i += 1
        }
        return touched
    }

    @inline(__always) private func single(_ i: Int, _ positions: Column, _ speeds: Column, _ size: Double) -> Bool {
        let position = positions[i] + speeds[i] * Box.timeStep
        positions[i] = position
        if position - Box.radius < 0 {
            positions[i] = Box.radius
        } else if position + Box.radius > size {
            positions[i] = size - Box.radius
        } else {
            return false
        }
        speeds[i] = speeds[i] * -Box.wallRestitution
        return true
    }

    @inline(__always) private func block(
        _ i: Int, _ positions: Column, _ speeds: Column, _ size: Double
    ) -> SIMDMask<SIMD4<Int64>> {
        let position = positions[block: i] + speeds[block: i] * Box.timeStep
        let isBelow = position - Box.radius .< 0
        let isAbove = (position + Box.radius .> size) .& .!isBelow
        let touches = isBelow .| isAbove
        positions[block: i] = position.replacing(with: Box.radius, where: isBelow)
            .replacing(with: size - Box.radius, where: isAbove)
        speeds[block: i] = speeds[block: i].replacing(with: speeds[block: i] * -Box.wallRestitution, where: touches)
        return touches
    }
}
