/// The walk over all pairs i < j in order, one by one or four j at once, whichever is faster.
struct PairWalk {
    /// Whether so many touch that asking for a part of that first saves nothing.
    private let isCrowded: Bool
    /// Which of the walks is fastest depends on how many touch and how regularly, which no one knows beforehand.
    private var trial: Trial

    /// Below, walking one by one is faster: a block can't be read while single stores to it are on their way.
    private static let fewestOfBlocks = 12
    /// Over the number of particles: steps of a walk that a trial takes, for the processor to get to know its branches.
    private static let timed = 256

    init(particles: Int, isCrowded: Bool) {
        self.isCrowded = isCrowded
        trial = Trial(ways: 3, timed: min(max(Self.timed / particles, 1), 8))
    }

    /// Lets every pair collide that does; returns how many did.
    @inline(__always) mutating func collide(_ particles: Particles) -> Int {
        if particles.count >= Self.fewestOfBlocks { return collideMany(particles) }
        return isCrowded ? collideSingly(particles, xFirst: false) : collideSingly(particles, xFirst: true)
    }

    @inline(never) private mutating func collideMany(_ particles: Particles) -> Int {
        defer { trial.end() }
        switch trial.begin() {
        case 0: return collideInBlocks(particles)
        case 1: return collideSingly(particles, xFirst: false)
        default: return collideSingly(particles, xFirst: true)
        }
    }

    /// Rounding keeps order: when the difference of x reaches the diameter, so does the distance. To ask that first
    /// saves work where few touch, and costs wrong guesses of the processor where many do.
    @inline(__always) private func collideSingly(_ particles: Particles, xFirst: Bool) -> Int {
        var collisions = 0
        var i = 0
        while i < particles.count &- 1 {
            var particle = particles[i]
            var j = i &+ 1
            while j < particles.count {
                if xFirst, abs(particle.x - particles.x[j]) >= Box.diameter {
                    j &+= 1
                    continue
                }
                if particle.collides(with: particles[j]) {
                    collisions &+= 1
                    if particle.collide(with: &particles[j]) { particles[i] = particle }
                }
                j &+= 1
            }
            i &+= 1
        }
        return collisions
    }

    /// A block of j is passed over when none of its lanes collides with i. Up to the first that does nothing has
    /// changed, so it is met as the walk one by one meets it, and the next block begins behind it. The last block of a
    /// row ends with NaN, which collides with nothing.
    @inline(__always) private func collideInBlocks(_ particles: Particles) -> Int {
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
                particle.collide(with: &particles[j])
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
