/// The box with its particles and the collisions counted so far. It lives as long as the program.
struct World {
    let particles: UnsafeMutableBufferPointer<Particle>
    private let width: Double
    private let height: Double
    private let grid: Grid
    private(set) var particleCollisions = 0
    private(set) var wallCollisions = 0

    init(_ options: Options) {
        width = options.width
        height = options.height
        grid = Grid(count: options.particles, width: width, height: height)
        particles = .allocate(capacity: options.particles)
        var random = MersenneTwister(seed: options.seed)
        for i in particles.indices {
            let x = random.next() * (width - Box.diameter) + Box.radius
            let y = random.next() * (height - Box.diameter) + Box.radius
            particles.initializeElement(at: i, to: Particle(x: x, y: y, vx: 0, vy: 0))
        }
        for i in particles.indices {
            particles[i].vx = (random.next() - 0.5) * (2 * Box.topSpeed)
            particles[i].vy = (random.next() - 0.5) * (2 * Box.topSpeed)
        }
    }

    mutating func step() {
        for i in particles.indices {
            particles[i].move()
            if particles[i].bounce(width: width, height: height) { wallCollisions += 1 }
        }
        grid.fill(with: particles)
        for i in particles.indices { collide(i) }
    }

    /// Lets particle `i` collide with those after it, as the walk over all pairs i < j in order does.
    ///
    /// That walk meets each j once, ascending, and asks whether i and j collide as they are at that moment. While it
    /// is at i, only i and the particles already met move. So between two collisions nothing that the question
    /// depends on changes for the particles to come, and the next collision is the lowest j not yet met that collides
    /// with i as it is now. Particles that touch i are in the cells around it, for the grid follows every correction;
    /// after a collision the search starts again from i's new place, past the last j.
    private mutating func collide(_ i: Int) {
        var last = i
        while let j = grid.firstCollision(of: i, after: last, in: particles) {
            particleCollisions += 1
            particles[i].collide(with: &particles[j])
            grid.update(i, particles[i])
            grid.update(j, particles[j])
            last = j
        }
    }
}
