package import FleetBase

/// Runs commands and fleet's scripts on one host, each with a deadline and a proof of its end, and ends what is still
/// running there after a time-out or a cancellation.
package struct RemoteShell: Sendable {
    private static let cancelling = Duration.seconds(10)

    private let connection: any Connection
    /// Makes a new connection, to end what a broken one has left running.
    private let reconnect: @Sendable () async throws(Failure) -> any Connection

    package init(
        _ connection: any Connection, reconnect: @escaping @Sendable () async throws(Failure) -> any Connection
    ) {
        self.connection = connection
        self.reconnect = reconnect
    }

    package func close() async { await connection.close() }

    /// Runs a command of the user's in the login shell.
    ///
    /// - Parameters:
    ///   - words: the program and its arguments.
    ///   - directory: where it runs; the home folder when nil.
    ///   - input: a file for its standard input.
    package func execute(
        _ words: [ShellWord], in directory: String? = nil, input: CommandLine.Input = .none, deadline: Deadline,
        live: CommandLine.Output? = nil
    ) async throws(Failure) -> RemoteResult {
        let nonce = Nonce()
        let line = Self.line(for: words, in: directory, nonce: nonce)
        let collector = OutputCollector(nonce: nonce, live: live)
        return try await run(line, collector, mark: nonce.text, input: input, deadline: deadline, isScript: false)
    }

    /// The command stands first, as it is, so that it also reaches a host without any shell. `&&` reads the same in
    /// sh, csh and fish, though csh takes no word with a line break; the trailer is needed for status 0 alone, since SSH reads 0 also where none arrived.
    static func line(for words: [ShellWord], in directory: String?, nonce: Nonce) -> String {
        let change = directory.map { ["cd", ShellWord($0)].commandLine + " && " } ?? ""
        let trailer: [ShellWord] = ["/bin/sh", "-c", "printf \"\\n@fleet %s 0\\n\" \"$0\" >&2", ShellWord(nonce.text)]
        return change + words.commandLine + " && " + trailer.commandLine
    }

    /// Runs one of fleet's own scripts.
    ///
    /// - Parameter mark: what the session to end at a cancellation has in its arguments beside the nonce.
    func run(
        _ script: Script, _ arguments: [ShellWord], mark: String? = nil, input: CommandLine.Input = .none,
        pace: Pace? = nil, deadline: Deadline, keepsOutput: Bool = true, live: CommandLine.Output? = nil
    ) async throws(Failure) -> RemoteResult {
        let nonce = Nonce()
        let line = script.line(nonce: nonce, arguments)
        let marks = [nonce.text, mark].compactMap(\.self).joined(separator: " ")
        let collector = OutputCollector(nonce: nonce, keepsOutput: keepsOutput, live: live)
        return try await run(
            line, collector, mark: marks, input: input, pace: pace, deadline: deadline, isScript: true)
    }

    private func run(
        _ line: String, _ collector: OutputCollector, mark: String, input: CommandLine.Input, pace: Pace? = nil,
        deadline: Deadline, isScript: Bool
    ) async throws(Failure) -> RemoteResult {
        let start = ContinuousClock.now
        let completion: Completion
        do {
            let command = CommandLine(line, input: input, pace: pace) { collector.take($0, $1) }
            completion = try await connection.run(command, deadline: deadline)
        } catch  where error.kind == .timeOut || error.kind == .cancelled {
            guard await !end(mark) else { throw error }
            throw Failure(
                error.kind, error.message, hint: Message("it could not be ended on the host and may still run there"))
        }
        let (output, error, trailer, dropped) = collector.result
        let ending = try Self.ending(completion, trailer: trailer, isScript: isScript)
        return RemoteResult(
            output: output, error: error, dropped: dropped, ending: ending, bytesSent: completion.bytesSent,
            duration: .now - start, nonce: collector.nonce)
    }

    /// - Parameter isScript: fleet's own scripts need a shell, so they are never believed without their trailer.
    /// - Throws: lost, when the end is not proven.
    static func ending(
        _ completion: Completion, trailer: Int32?, isScript: Bool = false
    ) throws(Failure) -> Completion.Ending {
        if let trailer { return .status(trailer) }
        guard completion.ending == .status(0), completion.runsShell || isScript else { return completion.ending }
        throw Failure(
            .lost, Message("the command ended without a trace: nobody knows whether it was done"),
            hint: Message("the shell may have been killed, or the host shut down; look at the host and run it again"))
    }

    /// Ends what a command has left running, over a connection of its own, also when this task is cancelled.
    ///
    /// - Returns: whether the host proved that nothing of it is left.
    private func end(_ mark: String) async -> Bool {
        await Task {
            guard let connection = try? await reconnect() else { return false }
            let nonce = Nonce()
            let collector = OutputCollector(nonce: nonce)
            let command = CommandLine(Script.cancel.line(nonce: nonce, []), input: .bytes(Array(mark.utf8))) {
                collector.take($0, $1)
            }
            _ = try? await connection.run(command, deadline: .after(Self.cancelling))
            await connection.close()
            return collector.result.trailer == 0
        }.value
    }
}
