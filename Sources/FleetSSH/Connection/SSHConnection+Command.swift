import CSSH2
import FleetBase

extension SSHConnection: Connection {
    /// What sshd gives a channel by default; larger windows help long links only.
    private static let windowSize: UInt32 = 2 << 20
    private static let packetSize: UInt32 = 32 << 10

    package func run(_ command: CommandLine, deadline: Deadline) async throws(Failure) -> Completion {
        let file = try InputFile(command.input)
        let channel = try await openSession(until: deadline)
        try await start(command.text, on: channel, until: deadline)
        session.traffic.pointee.channels += 1
        var pump = ChannelPump(command, file: file, channel: channel, scratch: loop.scratch)
        let isClosing: Bool
        do throws(Failure) {
            isClosing = try await drive(&pump, until: deadline)
        } catch {
            leave(channel)
            throw error
        }
        defer { session.traffic.pointee.channels -= 1 }
        // The command's time may be over, or have been longer than it was: its end still takes a round trip.
        let ending = try await finish(channel, isClosing: isClosing, until: max(deadline, .after(Self.farewell)))
        return Completion(ending: ending, runsShell: runsShell, bytesSent: pump.bytesSent)
    }

    /// OpenSSH and Dropbear hand a command to a shell. A switch or an appliance may not.
    nonisolated var runsShell: Bool { hasShell.load(ordering: .acquiring) }

    /// libssh2 sends no request of more than one packet of 35,000 bytes. Dropbear closes the connection at a line of more
    /// than 9,000.
    package nonisolated var longestLine: Int { isDropbear.load(ordering: .acquiring) ? 8_000 : 30_000 }

    func openSession(until deadline: Deadline) async throws(Failure) -> OpaquePointer {
        let answer = try await perform(.opening, until: deadline) {
            addressOrError(
                libssh2_channel_open_ex(
                    session.pointer, "session", UInt32("session".utf8.count), Self.windowSize, Self.packetSize, nil, 0))
        }
        guard answer > 0, let channel = OpaquePointer(bitPattern: answer) else {
            guard answer == Int(LIBSSH2_ERROR_CHANNEL_FAILURE) else { throw fail(lost) }
            let reason = session.problem
            throw Failure(
                .lost, Message("the server opens no further channel: \(reason)"),
                hint: Message("MaxSessions in the server's sshd_config limits the commands of one connection"))
        }
        return channel
    }

    /// A channel as `perform` returns it: addresses are positive, libssh2's errors negative.
    func addressOrError(_ channel: OpaquePointer?) -> Int {
        channel.map { Int(bitPattern: $0) } ?? Int(session.lastCode)
    }

    private func start(_ line: String, on channel: OpaquePointer, until deadline: Deadline) async throws(Failure) {
        let code = try await perform(until: deadline) {
            Int(libssh2_channel_process_startup(channel, "exec", 4, line, UInt32(line.utf8.count)))
        }
        guard code == 0 else { throw fail(lost) }
    }

    // MARK: Pumping

    private enum Step { case progressed, blocked, heldUp, ended }

    /// What one command does on the session. Each may send, reading and listening by answers and window adjustments: what
    /// one of them has sent by half, the same one finishes.
    private struct Operations {
        let writing: Int
        let reading: Int
        let listening: Int

        func contains(_ operation: Int?) -> Bool {
            operation == writing || operation == reading || operation == listening
        }
    }

    /// How many rounds are made after the deadline: this program itself may have slept, and what it waited for be there.
    private static let lateRounds = 64
    /// How soon a receiver that is behind is asked again.
    private static let breather = Duration.milliseconds(20)

    /// Closes the channel of a command that nobody waits for any more; the commands beside it go on. sshd closes its side
    /// when the command has ended, which may be never: what it sends until then is no more than the channel's window.
    private func leave(_ channel: OpaquePointer) {
        guard !isClosed else { return }
        Task {
            guard (try? await closeInTime(channel)) == true else { return }
            _ = try? await perform(until: .after(Self.farewell)) { Int(libssh2_channel_free(channel)) }
            session.traffic.pointee.channels -= 1
        }
    }

    /// The connection is of use after the end of one command's time, unless a packet of that command is sent by half.
    private func interrupted(_ failure: Failure, _ operations: Operations) -> Failure {
        guard operations.contains(halfSent) else { return failure }
        return fail { _ in failure }
    }

    /// Pumps until the far end has closed both streams, or until the receiver has seen the end and the grace is over.
    ///
    /// The time in which the receiver takes nothing is not the command's.
    ///
    /// - Returns: whether the far end closes by itself.
    private func drive(_ pump: inout ChannelPump, until deadline: Deadline) async throws(Failure) -> Bool {
        let operations = Operations(writing: newOperation(), reading: newOperation(), listening: newOperation())
        var (deadline, late) = (deadline, 0)
        while true {
            var interest: Interest = []
            let start = ContinuousClock.now
            let step = try turn(&pump, operations, &interest)
            if step == .ended { return true }
            if Task.isCancelled { throw interrupted(.cancelled, operations) }
            if deadline.hasPassed {
                late += 1
                if step == .blocked || late > Self.lateRounds {
                    guard pump.knowsEnd else { throw interrupted(.noAnswer, operations) }
                    return false
                }
            }
            switch step {
            case .ended: return true
            case .progressed:
                if pump.hasEnough, !operations.contains(halfSent) { return false }
                // Others on the loop come first.
                await Task.yield()
            case .heldUp:
                _ = try await wakeup(for: interest, until: .after(Self.breather), closes: false)
                deadline = deadline.later(by: .now - start)
            case .blocked:
                pump.noticeEnd()
                // Asked after a look at the streams: this loop may itself have slept longer than the grace.
                if pump.grace?.hasPassed == true, !operations.contains(halfSent) { return false }
                let pause = pump.pause.flatMap { $0.hasPassed ? nil : $0 } ?? deadline
                // A cancellation is seen at the next turn.
                _ = try await wakeup(for: interest, until: min(pause, deadline), closes: false)
            }
        }
    }

    /// One round over the three streams.
    private func turn(
        _ pump: inout ChannelPump, _ operations: Operations, _ interest: inout Interest
    ) throws(Failure) -> Step {
        var step = Step.blocked
        let before = session.bytesReceived
        // Nobody else could send before an answer that was sent by half is through.
        if halfSent == operations.listening { try listen(&pump, operations, &interest) }
        for _ in 0..<ChannelPump.writesPerTurn where pump.maySend {
            guard let code = try attempt(operations.writing, &interest, { pump.write() }) else { break }
            guard code >= 0 else { throw fail(lost) }
            guard code > 0 || pump.hasFinishedWriting else {
                // The window is used up: what opens it comes in.
                interest.insert(.read)
                break
            }
            session.traffic.pointee.progressed()
            step = .progressed
        }
        for stream in [CommandLine.Stream.output, .error] {
            for _ in 0..<ChannelPump.readsPerTurn {
                guard !pump.isHeldUp || halfSent == operations.reading else {
                    try listen(&pump, operations, &interest)
                    return step == .progressed ? step : .heldUp
                }
                let code = try attempt(operations.reading, &interest) { pump.read(stream) }
                guard let code, code != 0 else { break }
                guard code > 0 else { throw fail(lost) }
                session.traffic.pointee.progressed()
                step = .progressed
            }
        }
        // Nobody else could send before the rest of a packet of this command is through.
        if pump.hasClosedOutput, !operations.contains(halfSent) { return .ended }
        // The last read may have taken from the socket what an earlier step waits for: a window for the input, output.
        // No event would tell of it again.
        return session.bytesReceived == before ? step : .progressed
    }

    /// Reads the connection without reading the channel, whose receiver is behind: other channels go on, and a server that
    /// asks whether anybody is there (ClientAliveInterval) gets its answer. What comes for the channel itself meanwhile is
    /// no more than its window.
    private func listen(
        _ pump: inout ChannelPump, _ operations: Operations, _ interest: inout Interest
    ) throws(Failure) {
        guard let code = try attempt(operations.listening, &interest, { pump.listen() }) else { return }
        guard code >= 0 else { throw fail(lost) }
    }

    // MARK: The end

    /// - Parameter isClosing: the far end has closed its streams and will close the channel after the status; else this
    ///   side closes, and what still holds the streams there is left alone.
    private func finish(
        _ channel: OpaquePointer, isClosing: Bool, until deadline: Deadline
    ) async throws(Failure) -> Completion.Ending {
        let code = try await perform(until: deadline) {
            Int(isClosing ? libssh2_channel_wait_closed(channel) : libssh2_channel_close(channel))
        }
        guard code == 0 else { throw fail(lost) }
        let ending = ending(of: channel)
        let freed = try await perform(until: deadline) { Int(libssh2_channel_free(channel)) }
        guard freed == 0 else { throw fail(lost) }
        return ending
    }

    private func ending(of channel: OpaquePointer) -> Completion.Ending {
        var name: UnsafeMutablePointer<CChar>?
        var length = 0
        libssh2_channel_get_exit_signal(channel, &name, &length, nil, nil, nil, nil)
        guard let name else { return .status(libssh2_channel_get_exit_status(channel)) }
        defer { libssh2_free(session.pointer, name) }
        return .signal(String(cString: name))
    }
}
