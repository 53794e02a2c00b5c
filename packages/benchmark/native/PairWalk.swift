/// The walk over all pairs i < j in order, one by one or four j at once.
struct PairWalk {
    /// Whether so many touch that asking for that alone saves nothing.
    private let isCrowded: Bool
    /// With more idle collisions in a step the next walks one by one.
    private let limit: Int
    /// Collisions of this step, of two at the same place, that changed nothing.
    private var idle = 0

    /// Below, walking one by one is faster: a block can't be read while single stores to it are on their way.
    private static let fewestOfBlocks = 12
    /// Measured. Particles that come to rest in a corner, one on another, collide there in every step. The processor
    /// soon knows these by heart: it gets further one by one, with no block to wait for.
    private static let pairsPerIdle = 32

    init(particles: Int, isCrowded: Bool) {
        self.isCrowded = isCrowded
        limit = particles < Self.fewestOfBlocks ? -1 : particles * (particles - 1) / 2 / Self.pairsPerIdle
    }

    /// Lets every pair collide that does; returns how many did.
    @inline(__always) mutating func collide(_ particles: Particles) -> Int {
        let isSingle = idle > limit
        idle = 0
        return isSingle ? collideSingly(particles) : collideInBlocks(particles)
    }

    @inline(__always) private mutating func collideSingly(_ particles: Particles) -> Int {
        var collisions = 0
        var i = 0
        while i < particles.count &- 1 {
            var particle = particles[i]
            let before = collisions
            var j = i &+ 1
            while j < particles.count {
                if particle.collides(with: particles[j]) {
                    collisions &+= 1
                    if !particle.collide(with: &particles[j]) { idle &+= 1 }
                }
                j &+= 1
            }
            if collisions > before { particles[i] = particle }
            i &+= 1
        }
        return collisions
    }

    /// A block of j is passed over when none of its lanes collides with i. Up to the first that does nothing has
    /// changed, so it is met as the walk one by one meets it, and the next block begins behind it. The last block of a
    /// row ends with NaN, which collides with nothing.
    @inline(__always) private mutating func collideInBlocks(_ particles: Particles) -> Int {
        var collisions = 0
        var i = 0
        while i < particles.count &- 1 {
            var particle = particles[i]
            let before = collisions
            var j = i &+ 1
            while j < particles.count {
                let lanes = lanesColliding(with: particle, block: j, particles)
                guard lanes != 0 else {
                    j &+= Particles.Block.scalarCount
                    continue
                }
                j &+= lanes.trailingZeroBitCount
                collisions &+= 1
                if !particle.collide(with: &particles[j]) { idle &+= 1 }
                j &+= 1
            }
            if collisions > before { particles[i] = particle }
            i &+= 1
        }
        return collisions
    }

    /// Bit k is set where the particle collides with the one in lane k.
    @inline(__always) private func lanesColliding(
        with particle: Particle, block j: Int, _ particles: Particles
    ) -> Int32 {
        let dx = particle.x - particles.x[block: j]
        let dy = particle.y - particles.y[block: j]
        let touch = dx * dx + dy * dy .< Box.diameter * Box.diameter
        guard isCrowded || touch.isAny else { return 0 }
        let apart = dx * (particle.vx - particles.vx[block: j]) + dy * (particle.vy - particles.vy[block: j]) .> 0
        return touch.bits & ~apart.bits
    }
}
