import Glibc

/// Moves the bytes of one local command with poll(2), on a thread of its own.
struct LocalPump: Sendable {
    private static let bufferSize = 64 << 10
    private static let graceAfterEnd = Duration.milliseconds(500)
    /// How long a child that goes on is read after the receiver had all that it wants.
    private static let longestGrace = Duration.seconds(10)
    /// How soon a receiver that is behind is asked again.
    private static let breather = Duration.milliseconds(20)

    private let process: Int32
    private let input: CInt
    private let output: CInt
    private let error: CInt
    private let alarm: Alarm
    private let command: CommandLine
    private let file: InputFile?
    private let exit: ChildWatch

    /// - Parameter alarm: raised once the command is cancelled.
    init(
        _ command: CommandLine, environment: [String: String], directory: String?, alarm: Alarm,
        watchedBy means: ChildWatch.Means
    ) throws(Failure) {
        self.command = command
        self.alarm = alarm
        file = try InputFile(command.input)
        let (inputEnds, outputEnds, errorEnds) = (try Self.pipe(), try Self.pipe(), try Self.pipe())
        let process = ChildProcess.spawn(
            ["/bin/sh", "-c", command.text], environment: environment,
            descriptors: [
                STDIN_FILENO: inputEnds.read, STDOUT_FILENO: outputEnds.write, STDERR_FILENO: errorEnds.write,
            ],
            ownSession: true, directory: directory)
        for end in [inputEnds.read, outputEnds.write, errorEnds.write] { close(end) }
        (input, output, error) = (inputEnds.write, outputEnds.read, errorEnds.read)
        guard let process else {
            for end in [input, output, error] { close(end) }
            throw Failure(.lost, Message("this machine can't start another process"))
        }
        self.process = process
        guard let exit = ChildWatch(process, by: means) else {
            let failure = Self.noDescriptors
            for end in [input, output, error] { close(end) }
            kill(-process, SIGKILL)
            _ = ChildProcess.wait(process)
            throw failure
        }
        self.exit = exit
        for end in [input, output, error] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    private static func pipe() throws(Failure) -> (read: CInt, write: CInt) {
        guard let ends = Descriptor.pipe() else { throw noDescriptors }
        return ends
    }

    /// Reads `errno`.
    private static var noDescriptors: Failure {
        let reason = Message(systemError: errno)
        return Failure(.lost, Message("no pipes left: \(reason)"))
    }

    func run(until deadline: Deadline) throws(Failure) -> Completion {
        let signals = BlockedSignal(SIGPIPE)
        defer { signals.end() }
        var open: Set<CInt> = [input, output, error]
        defer { for end in open.union([exit.descriptor]) { close(end) } }
        var source = InputSource(command, file)
        var (grace, enough, deadline) = (Deadline?.none, Deadline?.none, deadline)
        while open.contains(output) || open.contains(error) {
            let start = ContinuousClock.now
            if command.isBehind?() == true {
                // The time in which the receiver takes nothing is not the command's.
                _ = try poll([], until: .after(Self.breather), isPatient: false)
                deadline = deadline.later(by: .now - start)
                continue
            }
            let limit = grace.map { min($0, deadline) } ?? deadline
            let watched = grace == nil ? open.union([exit.descriptor]) : open
            let ready = try poll(watched.sorted(), until: limit, isPatient: grace == nil)
            if enough?.hasPassed == true || (ready.isEmpty && limit.hasPassed && grace != nil) { break }
            if ready.contains(input), try !source.write(to: input) { finish(input, &open) }
            // A process that the command has left in the background may hold the streams; fleet does not wait for it.
            if ready.contains(exit.descriptor) { grace = .after(Self.graceAfterEnd) }
            for (end, stream) in [(output, CommandLine.Stream.output), (error, .error)] where ready.contains(end) {
                switch read(end, stream) {
                case .more where grace == nil: break
                case .more: grace = min(.after(Self.graceAfterEnd), enough ?? .distant)
                case .finished:
                    enough = enough ?? .after(Self.longestGrace)
                    grace = min(.after(Self.graceAfterEnd), enough ?? .distant)
                case nil: finish(end, &open)
                }
            }
        }
        // Who still writes after the end was seen must not wait for a reader.
        for end in open { finish(end, &open) }
        // A command may close its streams long before it ends.
        while try poll([exit.descriptor], until: deadline).isEmpty {}
        guard let ending = ChildProcess.wait(process) else {
            throw Failure(.lost, Message("the command does not exist any more"))
        }
        return Completion(ending: ending, bytesSent: source.bytesSent)
    }

    /// Reaps the process when it ends, on a thread of its own.
    func abandon() {
        OwnThread.start { [process] in _ = ChildProcess.wait(process) }
    }

    private func finish(_ end: CInt, _ open: inout Set<CInt>) {
        close(end)
        open.remove(end)
    }

    /// - Parameter isPatient: whether the end of the time is a failure.
    /// - Returns: the descriptors that are ready.
    private func poll(_ ends: [CInt], until deadline: Deadline, isPatient: Bool = true) throws(Failure) -> Set<CInt> {
        var polled = (ends + [alarm.descriptor]).map { end in
            pollfd(fd: end, events: Int16(end == input ? POLLOUT : POLLIN), revents: 0)
        }
        let milliseconds = CInt(clamping: Int((max(0, deadline.remaining.seconds) * 1000).rounded(.up)))
        let count = Glibc.poll(&polled, nfds_t(polled.count), milliseconds)
        let ready = count > 0 ? Set(polled.filter { $0.revents != 0 }.map(\.fd)) : []
        if ready.contains(alarm.descriptor) { throw Failure(.cancelled, Message("cancelled")) }
        if ready.isEmpty, isPatient, deadline.hasPassed { throw Failure(.noAnswer, Message("no answer in time")) }
        return ready
    }

    /// - Returns: what the receiver wants next; nil at the end of the stream.
    private func read(_ end: CInt, _ stream: CommandLine.Stream) -> CommandLine.Demand? {
        var buffer = [UInt8](repeating: 0, count: Self.bufferSize)
        let count = Glibc.read(end, &buffer, buffer.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return .more }
        guard count > 0 else { return nil }
        return buffer.withUnsafeBytes { command.output(stream, UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
}

/// A signal that this thread does not get for a while: whoever uses fleet as a library need not ignore SIGPIPE, which a
/// command that does not read its input would raise: write(2) has no MSG_NOSIGNAL for pipes.
private struct BlockedSignal {
    private var signals = sigset_t()
    private var before = sigset_t()

    init(_ number: CInt) {
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_BLOCK, &signals, &before)
    }

    /// Takes back what came in the meantime, then lets the signal through again.
    func end() {
        var (signals, before, now) = (signals, before, timespec())
        while sigtimedwait(&signals, nil, &now) > 0 {}
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}

/// The bytes for a command's standard input, chunk by chunk.
private struct InputSource {
    private static let chunkSize = 256 << 10

    private let file: InputFile?
    private let sent: (@Sendable (Int64) -> Void)?
    private var chunk: [UInt8]
    private var position = 0
    private(set) var bytesSent: Int64 = 0

    init(_ command: CommandLine, _ file: InputFile?) {
        self.file = file
        sent = command.sent
        chunk = command.prefix + command.input.bytes
    }

    /// - Returns: false when everything is written, or the reader is gone.
    /// - Throws: push, when the file can't be read any further: a cut input must not look like a whole one.
    mutating func write(to end: CInt) throws(Failure) -> Bool {
        if position == chunk.count { try refill() }
        guard position < chunk.count else { return false }
        let count = chunk.withUnsafeBytes {
            Glibc.write(end, $0.baseAddress?.advanced(by: position), $0.count - position)
        }
        guard count >= 0 else { return errno == EAGAIN || errno == EINTR }
        position += count
        bytesSent += Int64(count)
        sent?(bytesSent)
        return true
    }

    private mutating func refill() throws(Failure) {
        guard let file else { return }
        position = 0
        var problem: CInt = 0
        chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { buffer, count in
            let got = read(file.descriptor, buffer.baseAddress, buffer.count)
            if got < 0 { problem = errno }
            count = max(0, got)
        }
        guard problem == 0 else {
            let reason = Message(systemError: problem)
            throw Failure(.push, Message("can't read the input: \(reason)"))
        }
    }
}
