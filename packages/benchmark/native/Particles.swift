import CLibrary

/// The state of all particles: a column for each number, for loops that take four particles at once. It lives as long
/// as the program.
///
/// Behind the last particle there is room for one block, filled with NaN: whatever is compared with it is false.
struct Particles {
    typealias Block = SIMD4<Double>

    let count: Int
    let x: Column
    let y: Column
    let vx: Column
    let vy: Column

    /// At the random start.
    init(_ options: Options) {
        count = options.particles
        (x, y, vx, vy) = (Column(count), Column(count), Column(count), Column(count))
        var random = MersenneTwister(seed: options.seed)
        for i in 0..<count {
            x[i] = random.next() * (options.width - Box.diameter) + Box.radius
            y[i] = random.next() * (options.height - Box.diameter) + Box.radius
        }
        for i in 0..<count {
            vx[i] = (random.next() - 0.5) * (2 * Box.topSpeed)
            vy[i] = (random.next() - 0.5) * (2 * Box.topSpeed)
        }
    }

    /// A copy of every particle in order.
    var all: UnsafeBufferPointer<Particle> {
        let copy = UnsafeMutableBufferPointer<Particle>.allocate(capacity: count)
        for i in 0..<count { copy.initializeElement(at: i, to: self[i]) }
        return UnsafeBufferPointer(copy)
    }

    /// Says that a particle is wanted soon.
    @inline(__always) func prefetch(_ i: Int) {
        x.prefetch(i)
        y.prefetch(i)
        vx.prefetch(i)
        vy.prefetch(i)
    }

    subscript(_ i: Int) -> Particle {
        @inline(__always) get { Particle(x: x[i], y: y[i], vx: vx[i], vy: vy[i]) }
        @inline(__always) nonmutating set {
            (x[i], y[i], vx[i], vy[i]) = (newValue.x, newValue.y, newValue.vx, newValue.vy)
        }
    }
}

/// One number of each particle, and a block of NaN.
struct Column {
    private let start: UnsafeMutablePointer<Double>

    init(_ count: Int) {
        start = .allocate(capacity: count + Particles.Block.scalarCount)
        start.initialize(repeating: .nan, count: count + Particles.Block.scalarCount)
    }

    subscript(_ i: Int) -> Double {
        @inline(__always) get { start[i] }
        @inline(__always) nonmutating set { start[i] = newValue }
    }

    @inline(__always) func prefetch(_ i: Int) { CLibrary.prefetch(start + i) }

    /// A particle and the next.
    subscript(two i: Int) -> SIMD2<Double> {
        @inline(__always) get { UnsafeRawPointer(start + i).loadUnaligned(as: SIMD2<Double>.self) }
        @inline(__always) nonmutating set {
            UnsafeMutableRawPointer(start + i).storeBytes(of: newValue, as: SIMD2<Double>.self)
        }
    }

    /// The block that begins at a particle.
    subscript(block i: Int) -> Particles.Block {
        @inline(__always) get { UnsafeRawPointer(start + i).loadUnaligned(as: Particles.Block.self) }
        @inline(__always) nonmutating set {
            UnsafeMutableRawPointer(start + i).storeBytes(of: newValue, as: Particles.Block.self)
        }
    }
}

extension SIMDMask<SIMD2<Int64>> {
    /// Whether any lane holds.
    var isAny: Bool {
        @inline(__always) get { signs(unsafeBitCast(self, to: SIMD2<Int64>.self)) != 0 }
    }
}

extension SIMDMask<SIMD4<Int64>> {
    /// Bit i is set where lane i holds.
    var bits: Int32 {
        @inline(__always) get {
            let lanes = unsafeBitCast(self, to: SIMD4<Int64>.self)
            return signs(lanes.lowHalf) | signs(lanes.highHalf) << 2
        }
    }

    /// Whether any lane holds.
    var isAny: Bool {
        @inline(__always) get {
            let lanes = unsafeBitCast(self, to: SIMD4<Int64>.self)
            return signs(lanes.lowHalf | lanes.highHalf) != 0
        }
    }
}
