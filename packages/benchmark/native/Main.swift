import CLibrary

/// Where the C library starts the program; Embedded Swift has no `CommandLine`.
@c(main) public func main(
    _ count: Int32, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>>
) -> Int32 {
    do {
        try run(Options((1..<Int(count)).map { String(cString: words[$0]) }))
        return 0
    } catch {
        fputs("error: \(error.text)\n", stderr)
        return 2
    }
}

private func run(_ options: Options) throws(Options.Problem) {
    var report = Report()
    var world = World(options)
    var recording = try Recording(options)
    try recording.take(0, world)
    let start = monotonicSeconds()
    for step in 0..<options.steps {
        world.step()
        if recording.isDue(step + 1) { try recording.take(step + 1, world) }
        report.progress(step + 1, of: options.steps)
    }
    let seconds = monotonicSeconds() - start
    try recording.finish(world)
    try report.finish(world, microseconds: Int(seconds * 1e6))
}

private func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
