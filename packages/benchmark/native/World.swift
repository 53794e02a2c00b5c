/// The box with its particles and the collisions counted so far.
struct World {
    let particles: Particles
    private let flight: Flight
    private var pairWalk: PairWalk
    private var gridWalk: GridWalk
    /// Up to which effort the grid is faster.
    private let limit: Int
    /// Steps that go by without asking the grid again, after it had too many.
    private var pause = 0
    private(set) var particleCollisions = 0
    private(set) var wallCollisions = 0

    // Measured: below the first, or with more effort than a thousandth of N², the full walk is faster.
    private static let fewestOfGrid = 64
    private static let pairsPerEffort = 1000
    private static let longestPause = 32
    private static let crowdedArea = 10_000.0

    init(_ options: Options) {
        let count = options.particles
        particles = Particles(options)
        flight = Flight(width: options.width, height: options.height)
        gridWalk = GridWalk(count: count, width: options.width, height: options.height)
        pairWalk = PairWalk(particles: count, isCrowded: options.width * options.height < Self.crowdedArea)
        limit = count < Self.fewestOfGrid ? 0 : count * count / Self.pairsPerEffort
    }

    @inline(__always) mutating func step() {
        wallCollisions &+= flight.step(particles)
        particleCollisions &+= collidePairs()
    }

    /// Both walks give the same bits; the grid's is taken when it is expected to be faster.
    @inline(__always) private mutating func collidePairs() -> Int {
        if limit == 0 { return pairWalk.collide(particles) }
        return collidePairsOfMany()
    }

    @inline(never) private mutating func collidePairsOfMany() -> Int {
        guard pause == 0 else {
            pause &-= 1
            return pairWalk.collide(particles)
        }
        let isWorthIt = gridWalk.prepare(particles, limit: limit)
        let collisions = isWorthIt ? gridWalk.collide(particles) : pairWalk.collide(particles)
        if gridWalk.effort > limit { pause = Self.longestPause }
        return collisions
    }
}
