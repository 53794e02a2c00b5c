/// The walk over all pairs i < j in order, four j at once.
struct PairWalk {
    /// Whether so many touch that asking for that alone saves nothing.
    let isCrowded: Bool

    /// Below, walking one by one is faster: a block can't be read while single stores to it are on their way.
    static let fewest = 12

    /// Lets every pair collide that does; returns how many did.
    ///
    /// A block of j is passed over when none of its lanes collides with i. Up to the first that does nothing has
    /// changed, so it is met as the walk one by one meets it; the block's other lanes are asked one by one. Where
    /// half of a block collided the next one is not asked as a block. The last few of a row are no block.
    @inline(__always) func collide(_ particles: Particles) -> Int {
        let size = Particles.Block.scalarCount
        var collisions = 0
        var i = 0
        while i < particles.count &- 1 {
            var particle = particles[i]
            var j = i &+ 1
            var last = 0
            while particles.count >= Self.fewest, j <= particles.count &- size {
                if last >= size / 2 || mayCollide(particle, block: j, particles) {
                    last = collide(&particle, j..<j &+ size, particles)
                    collisions &+= last
                    particles[i] = particle
                } else {
                    last = 0
                }
                j &+= size
            }
            last = collide(&particle, j..<particles.count, particles)
            if last > 0 { particles[i] = particle }
            collisions &+= last
            i &+= 1
        }
        return collisions
    }

    @inline(__always) private func mayCollide(_ particle: Particle, block j: Int, _ particles: Particles) -> Bool {
        let dx = particle.x - particles.x[block: j]
        let dy = particle.y - particles.y[block: j]
        let touch = dx * dx + dy * dy .< Box.diameter * Box.diameter
        guard isCrowded || touch.isAny else { return false }
        let apart = dx * (particle.vx - particles.vx[block: j]) + dy * (particle.vy - particles.vy[block: j]) .> 0
        return touch.isAny(without: apart)
    }

    @inline(__always) private func collide(
        _ particle: inout Particle, _ others: Range<Int>, _ particles: Particles
    ) -> Int {
        var collisions = 0
        var j = others.lowerBound
        while j < others.upperBound {
            if particle.collides(with: particles[j]) {
                collisions &+= 1
                particle.collide(with: &particles[j])
            }
            j &+= 1
        }
        return collisions
    }
}
