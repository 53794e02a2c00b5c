package import FleetBase
package import FleetConfig

/// What came of trying a host: a login, bytes in both directions, a tiny job by each method.
package struct HostTrial: Sendable, Hashable {
    /// A new login and one command.
    package let login: Duration
    /// In bytes a second, to the host and from it.
    package let up: Double
    package let down: Double
    /// What became of the methods that the host has, best first.
    package let methods: [MethodStart]
}

extension Fleet {
    /// How much is sent in each direction.
    private static let trialBytes = 1 << 20
    private static let sending = Duration.seconds(120)
    private static let trying = Duration.seconds(120)

    /// Tries hosts; nothing of it stays there.
    package func attempt(_ hosts: [Host]) async -> [HostOutcome<HostTrial>] {
        await onEach(of: hosts) { host throws(Failure) in
            let start = ContinuousClock.now
            return try await withShell(on: host, isFresh: true) { shell throws(Failure) in
                _ = try await shell.execute(["true"], deadline: .after(connectTimeout))
                let login = .now - start
                let (up, down) = try await rates(shell)
                return HostTrial(login: login, up: up, down: down, methods: try await methods(of: host, shell))
            }
        }
    }

    private func rates(_ shell: RemoteShell) async throws(Failure) -> (up: Double, down: Double) {
        // What does not compress, should anything on the way try to.
        var generator = SystemRandomNumberGenerator()
        let words = (0..<Self.trialBytes / 8).map { _ in generator.next() }
        let bytes = words.withUnsafeBytes { Array($0) }
        // What a command takes without any bytes is not the line's.
        let nothing = try await send([], shell)
        let up = try await send(bytes, shell)
        let result = try await shell.run(
            .bytesOut, [ShellWord("\(Self.trialBytes >> 10)")], deadline: .after(Self.sending))
        guard result.output.count == Self.trialBytes else {
            throw Failure(.lost, Message("\(result.output.count) bytes came back instead of \(Self.trialBytes)"))
        }
        return (Self.rate(up, nothing), Self.rate(result.duration, nothing))
    }

    private static func rate(_ duration: Duration, _ nothing: Duration) -> Double {
        // A line that is faster than can be told takes a millisecond.
        Double(trialBytes) / max((duration - nothing).seconds, 0.001)
    }

    private func send(_ bytes: [UInt8], _ shell: RemoteShell) async throws(Failure) -> Duration {
        let result = try await shell.run(.bytesIn, [], input: .bytes(bytes), deadline: .after(Self.sending))
        guard result.outputText.filter({ !$0.isWhitespace }) == "\(bytes.count)" else {
            let count = HostText(result.outputText).line(atMost: 40)
            throw Failure(.lost, Message("\(count) of \(bytes.count) bytes arrived"))
        }
        return result.duration
    }

    private func methods(of host: Host, _ shell: RemoteShell) async throws(Failure) -> [MethodStart] {
        let facts = try await facts(of: host, shell)
        let plain = facts.methods.filter { !$0.isContainer }.map { ShellWord($0.rawValue) }
        let result = try await shell.run(.methodTrial, [host.rootWord] + plain, deadline: .after(Self.trying))
        let tried = try MethodStart.all(
            in: HostAnswer(result) { Message("the host's shell can't run the probe: \($0)") })
        return try await engineStarts(on: host, shell) + tried
    }
}
