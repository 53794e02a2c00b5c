import CLibrary

/// What a run says of itself while it goes on and at its end.
struct Report {
    private var percent = 0
    private var isWanted = getenv("FLEET_PROGRESS").map { String(cString: $0) } == "1"

    init() {
        // A reader of the progress that goes away must not end the run.
        ignore_closed_pipes()
    }

    /// Writes a line of JSON to descriptor 3 for each hundredth of the way.
    @inline(__always) mutating func progress(_ step: Int, of steps: Int) {
        if isWanted { tell(step, of: steps) }
    }

    private mutating func tell(_ step: Int, of steps: Int) {
        guard step * 100 / steps > percent else { return }
        percent = step * 100 / steps
        let line = "{\"progress\":\(Double(percent) / 100)}\n"
        isWanted = write(3, line, line.utf8.count) == line.utf8.count
    }

    /// Writes `out/metrics.json` and a line for people.
    func finish(_ world: World, microseconds: Int) throws(Options.Problem) {
        let seconds = Double(microseconds) / 1e6
        let digest = SHA256.hex(of: UnsafeRawBufferPointer(world.particles.all))
        let metrics = """
            {"particle_collisions": \(world.particleCollisions), "wall_collisions": \(world.wallCollisions), \
            "seconds": \(seconds), "state_sha256": "\(digest)"}

            """
        let file = try OutputFile("out/metrics.json")
        try file.write(Array(metrics.utf8))
        try file.close()
        print(
            """
            \(world.particleCollisions) particle collisions, \(world.wallCollisions) wall collisions, \
            \(seconds) s, state \(digest.prefix(12))
            """)
    }
}
