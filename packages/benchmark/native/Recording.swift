/// What a run keeps beside its result: snapshots, a plot, an animation. recording.py writes the same bytes and says what
/// a snapshot file holds.
struct Recording {
    private let options: Options
    private var snapshots: OutputFile?
    private var dueSnapshots: [Int]
    private var dueFrames: [Int]
    private var frames: [Frame] = []
    private var next = 0

    /// What a drawing shows of one moment; positions in tenths.
    struct Frame {
        let energy: Double
        let collisions: Int
        let x: [Int]
        let y: [Int]
    }

    init(_ options: Options) throws(Options.Problem) {
        self.options = options
        dueSnapshots = Self.spread(options.steps, options.snapshots).reversed()
        dueFrames = options.plots || options.animates ? Self.spread(options.steps, Drawing.frames + 1).reversed() : []
        if !dueSnapshots.isEmpty {
            let file = try OutputFile("out/snapshots.bin")
            try file.write(Array("fleet-1\n".utf8) + Self.bytes(options.particles))
            snapshots = file
        }
    }

    @inline(__always) func isDue(_ step: Int) -> Bool { step == next }

    /// Keeps what is due after a step.
    mutating func take(_ step: Int, _ world: World) throws(Options.Problem) {
        if dueSnapshots.last == step, let snapshots {
            dueSnapshots.removeLast()
            let state = world.particles.all
            try snapshots.write(Self.bytes(step))
            try snapshots.write(state)
            state.deallocate()
        }
        if dueFrames.last == step {
            dueFrames.removeLast()
            frames.append(frame(world))
        }
        next = min(dueSnapshots.last ?? .max, dueFrames.last ?? .max)
    }

    func finish(_ world: World) throws(Options.Problem) {
        try snapshots?.close()
        guard !frames.isEmpty else { return }
        let drawing = Drawing(frames, options)
        if options.plots { try write(drawing.plot(), to: "out/plot.svg") }
        if options.animates { try write(drawing.animation(), to: "out/animation.svg") }
    }

    private func frame(_ world: World) -> Frame {
        let particles = world.particles
        var energy = 0.0
        for i in 0..<particles.count {
            energy += (particles.vx[i] * particles.vx[i] + particles.vy[i] * particles.vy[i]) * 0.5
        }
        let shown = options.animates ? min(particles.count, Drawing.shown) : 0
        return Frame(
            energy: energy, collisions: world.particleCollisions,
            x: (0..<shown).map { Drawing.tenths(particles.x[$0]) },
            y: (0..<shown).map { Drawing.tenths(particles.y[$0]) })
    }

    /// At most `count` different steps from 0 to the last, evenly spaced; a single one is the last.
    private static func spread(_ steps: Int, _ count: Int) -> [Int] {
        let count = min(count, steps + 1)
        return count == 1 ? [steps] : (0..<count).map { $0 * steps / (count - 1) }
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private func write(_ bytes: [UInt8], to path: String) throws(Options.Problem) {
        let file = try OutputFile(path)
        try file.write(bytes)
        try file.close()
    }
}
