package import FleetBase
package import FleetEvents

/// Runs commands and fleet's scripts on one host, each with a deadline and a proof of its beginning and its end, and ends
/// what is still running there after a time-out or a cancellation.
package struct RemoteShell: Sendable {
    private static let cancelling = Duration.seconds(10)

    private let connection: any Connection
    private let loginShell: LoginShell
    /// Tells what happens on this host.
    package let events: EventSource
    /// Makes a new connection, to end what a broken one has left running.
    private let reconnect: @Sendable () async throws(Failure) -> any Connection

    package init(
        _ connection: any Connection, events: EventSource = .silent, loginShell: LoginShell = LoginShell(),
        reconnect: @escaping @Sendable () async throws(Failure) -> any Connection
    ) {
        self.connection = connection
        self.events = events
        self.loginShell = loginShell
        self.reconnect = reconnect
    }

    /// Runs a command of the user's in the login shell.
    ///
    /// - Parameters:
    ///   - words: the program and its arguments.
    ///   - directory: where it runs; the home folder when nil.
    ///   - input: a file for its standard input.
    ///   - live: gets all of the output as it comes.
    ///   - isBehind: see ``CommandLine/isBehind``.
    package func execute(
        _ words: [ShellWord], in directory: String? = nil, input: CommandLine.Input = .none, deadline: Deadline,
        live: CommandLine.Output? = nil, isBehind: (@Sendable () -> Bool)? = nil
    ) async throws(Failure) -> RemoteResult {
        let hasShell = connection.runsShell
        return try await asTheShellReads { () async throws(Failure) in
            let nonce = Nonce()
            let line = try RemoteLine(words, in: directory, nonce: nonce, within: limits, hasShell: hasShell)
            let collector = OutputCollector(
                nonce: nonce, isMarked: hasShell, keeping: live == nil ? .answer : .first(64 << 10), live: live)
            return try await run(line, collector, input: input, isBehind: isBehind, deadline: deadline, isScript: false)
        }
    }

    /// Runs one of fleet's own scripts.
    ///
    /// - Parameters:
    ///   - job: the job to end, too, at a cancellation.
    ///   - told: gets the words of marks as they come.
    package func run(
        _ script: Script, _ arguments: [ShellWord], job: JobPlace? = nil, input: CommandLine.Input = .none,
        pace: Pace? = nil, deadline: Deadline, keeping: Keeping = .answer, live: CommandLine.Output? = nil,
        isBehind: (@Sendable () -> Bool)? = nil, told: (@Sendable (String) -> Void)? = nil
    ) async throws(Failure) -> RemoteResult {
        try await asTheShellReads { () async throws(Failure) in
            try await runOnce(
                script, arguments, job: job, input: input, pace: pace, deadline: deadline, keeping: keeping,
                live: live, isBehind: isBehind, told: told)
        }
    }

    private var limits: RemoteLine.Limits {
        RemoteLine.Limits(longest: connection.longestLine, isCsh: loginShell.isCsh)
    }

    /// csh has not begun what it could not read: it gets the same once more, in the form that it reads.
    private func asTheShellReads(
        _ body: () async throws(Failure) -> RemoteResult
    ) async throws(Failure) -> RemoteResult {
        let wasKnown = loginShell.isCsh
        do throws(Failure) {
            return try await body()
        } catch {
            guard error.kind == .noShell, !wasKnown, loginShell.isCsh else { throw error }
            return try await body()
        }
    }

    private func runOnce(
        _ script: Script, _ arguments: [ShellWord], job: JobPlace?, input: CommandLine.Input, pace: Pace?,
        deadline: Deadline, keeping: Keeping, live: CommandLine.Output?, isBehind: (@Sendable () -> Bool)?,
        told: (@Sendable (String) -> Void)?
    ) async throws(Failure) -> RemoteResult {
        let nonce = Nonce()
        let line = try RemoteLine(script, arguments, nonce: nonce, within: limits)
        let steps = ScriptSteps(events)
        let collector = OutputCollector(nonce: nonce, keeping: keeping, live: live) { words in
            steps.hear(words)
            told?(words)
        }
        do throws(Failure) {
            let result = try await run(
                line, collector, job: job, input: input, pace: pace, isBehind: isBehind, deadline: deadline,
                isScript: true)
            steps.end(result.status == 0 ? .done : .failed)
            return result
        } catch {
            steps.end(.failed)
            throw error
        }
    }

    private func run(
        _ line: RemoteLine, _ collector: OutputCollector, job: JobPlace? = nil, input: CommandLine.Input,
        pace: Pace? = nil, isBehind: (@Sendable () -> Bool)?, deadline: Deadline, isScript: Bool
    ) async throws(Failure) -> RemoteResult {
        let start = ContinuousClock.now
        let completion: Completion
        do {
            let command = CommandLine(
                line.text, prefix: line.prefix, input: input, pace: pace, isBehind: isBehind,
                sent: TransferTeller.teller(of: input, events)
            ) { collector.take($0, $1) }
            completion = try await connection.run(command, deadline: deadline)
        } catch  where error.kind == .noAnswer || error.kind == .cancelled {
            guard await !end(collector.nonce, job, isHere: error.kind == .cancelled) else { throw error }
            throw Failure(
                error.kind, error.message,
                hint: Message("the command could not be ended on the host and may still run there"))
        }
        let result = collector.finish()
        if result.isCsh { loginShell.becomesCsh() }
        return RemoteResult(
            output: result.output, error: result.error, isCut: result.isCut,
            ending: try Self.ending(completion, result, isScript: isScript), bytesSent: completion.bytesSent,
            duration: .now - start, greeting: result.greeting, news: result.news)
    }

    /// - Parameter isScript: fleet's own scripts mark their end whatever their status is.
    /// - Throws: no-shell, when the command was never started; lost, when its end is not proven or the answer is too long.
    static func ending(
        _ completion: Completion, _ result: OutputCollector.Result, isScript: Bool
    ) throws(Failure) -> Completion.Ending {
        guard !result.hasEndAlone else {
            throw Failure(
                .lost, Message("the host reported the end of a command that it had never begun"),
                hint: Message("is it what it should be? what it says can't be relied on; log in and look"))
        }
        guard result.hasBegun else { throw notStarted(completion, result.greeting) }
        guard !result.isTooMuch else { throw .answerTooLong }
        if result.hasEnded, let trailer = result.trailer { return .status(trailer) }
        guard isScript || completion.ending == .status(0), completion.runsShell else { return completion.ending }
        if case .signal = completion.ending { return completion.ending }
        throw Failure(
            .lost, Message("the command ended without a status: nobody knows whether it was done"),
            hint: Message("the shell may have been killed, or the host shut down; look at the host and run it again"))
    }

    private static func notStarted(_ completion: Completion, _ greeting: Greeting) -> Failure {
        if case .signal(let name) = completion.ending {
            return Failure(
                .lost, Message("the login shell was killed by the signal \(name) before it began the command"))
        }
        let lines = greeting.text.split(whereSeparator: \.isNewline).suffix(3)
        // Some shells write one sentence on both streams: it is quoted once.
        let said = lines.indices.filter { !lines[..<$0].contains(lines[$0]) }.map { lines[$0] }.joined(separator: " / ")
        return Failure(
            .noShell,
            said.isEmpty
                ? Message("the login shell did not start the command, and said nothing")
                : Message("the login shell did not start the command; it said: \(said)"),
            hint: Message(
                "fleet needs a login shell that runs commands, such as sh, csh or fish; chsh -s /bin/sh changes it there"
            ))
    }

    /// Ends what a command has left running, also when this task is cancelled.
    ///
    /// - Parameter isHere: the host was not silent; else it takes a connection of its own.
    /// - Returns: whether the host proved that nothing of it is left.
    private func end(_ nonce: Nonce, _ job: JobPlace?, isHere: Bool) async -> Bool {
        await Task {
            let own = connection
            if isHere, !own.isClosed, await end(nonce, job, over: own) { return true }
            guard let connection = try? await reconnect() else { return false }
            let isEnded = await end(nonce, job, over: connection)
            await connection.close()
            return isEnded
        }.value
    }

    private func end(_ nonce: Nonce, _ job: JobPlace?, over connection: any Connection) async -> Bool {
        let own = Nonce()
        let collector = OutputCollector(nonce: own)
        let words = [nonce.text, job?.root ?? "", job?.id ?? "", "end"]
        guard let line = try? RemoteLine(Script.cancel, [], nonce: own, within: limits) else { return false }
        let input = Array(words.map { $0 + "\n" }.joined().utf8)
        let command = CommandLine(line.text, prefix: line.prefix, input: .bytes(input)) { collector.take($0, $1) }
        _ = try? await connection.run(command, deadline: .after(Self.cancelling))
        return collector.finish().trailer == 0
    }
}

/// Where a job lies on a host.
package struct JobPlace: Sendable {
    /// fleet's folder there.
    let root: String
    let id: String

    package init(root: String, id: String) { (self.root, self.id) = (root, id) }
}
