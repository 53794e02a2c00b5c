import Glibc

/// What a program of the master says until its end. It goes through pipes and never to a disk: it may be a secret.
package struct ChildOutput: Sendable {
    private static let limit = 1 << 20
    private static let glance = 1000

    /// Nil when the program was ended, since it said too much or took too long.
    package let ending: Completion.Ending?
    /// By the number of the stream.
    package let streams: [CInt: [UInt8]]

    /// Blocks until the program has ended.
    ///
    /// - Parameters:
    ///   - words: the program, found on the PATH, and its arguments.
    ///   - taken: the streams to read; the others are this program's own.
    ///   - patience: how long it may take.
    /// - Returns: nil when it can't be started.
    package init?(of words: [String], taking taken: [CInt], patience: Duration, in directory: String? = nil) {
        var pipes: [CInt: (read: CInt, write: CInt)] = [:]
        defer { for pipe in pipes.values { close(pipe.read) } }
        for stream in taken { pipes[stream] = Descriptor.pipe() }
        let child =
            pipes.count == taken.count
            ? ChildProcess.spawn(words, descriptors: pipes.mapValues(\.write), directory: directory) : nil
        for pipe in pipes.values { close(pipe.write) }
        guard let child else { return nil }
        let (streams, isWhole) = Self.read(pipes.mapValues(\.read), until: .after(patience))
        if !isWhole { kill(child, SIGKILL) }
        let ending = ChildProcess.wait(child)
        (self.ending, self.streams) = (isWhole ? ending : nil, streams)
    }

    private static func read(_ ends: [CInt: CInt], until deadline: Deadline) -> (texts: [CInt: [UInt8]], isWhole: Bool)
    {
        var texts = ends.mapValues { _ in [UInt8]() }
        var open = ends
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while !open.isEmpty {
            guard !deadline.hasPassed, texts.values.allSatisfy({ $0.count < limit }) else { return (texts, false) }
            let order = Array(open)
            var watched = order.map { pollfd(fd: $0.value, events: Int16(POLLIN), revents: 0) }
            guard poll(&watched, nfds_t(watched.count), CInt(glance)) > 0 else { continue }
            for (watch, (stream, end)) in zip(watched, order) where watch.revents != 0 {
                let count = Glibc.read(end, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return (texts, false) }
                if count > 0 { texts[stream, default: []] += buffer[..<count] } else { open[stream] = nil }
            }
        }
        return (texts, true)
    }
}
