package import FleetBase
package import FleetConfig

/// A command that a person wants run on hosts.
package struct Execution: Sendable, Codable {
    /// One word is a line for the shell; several are a program and its arguments.
    package let words: [String]
    package var directory: String?
    package var input: CommandLine.Input = .none
    package var timeout = Duration.seconds(600)

    package init(words: [String]) { self.words = words }

    /// Python code, run by the host's own interpreter.
    package init(python code: String) { words = ["python3", "-c", code] }

    /// The words as the host's shell gets them.
    var command: [ShellWord] {
        words.count == 1 ? ["/bin/sh", "-c", ShellWord(words[0])] : words.map { ShellWord($0) }
    }
}

extension Fleet {
    /// Runs a command on hosts.
    ///
    /// - Parameters:
    ///   - live: gets each host's output as it comes, instead of the answer.
    ///   - isBehind: whether `live` is behind with what it has got.
    package func execute(
        _ execution: Execution, on hosts: [Host], width: Int = Fleet.width,
        live: (@Sendable (Host) -> CommandLine.Output)? = nil, isBehind: (@Sendable () -> Bool)? = nil,
        finished: @Sendable (HostOutcome<ExecAnswer>) -> Void = { _ in }
    ) async -> [HostOutcome<ExecAnswer>] {
        await onEach(of: hosts, width: width, finished: finished) { host throws(Failure) in
            if let live {
                let result = try await execute(execution, on: host, live(host), isBehind: isBehind)
                return ExecAnswer(result: result, output: .empty, error: .empty)
            }
            let spool = OutputSpool(in: project.workFolder)
            let result = try await execute(
                execution, on: host, { spool.take($0, $1) }, isBehind: { spool.isBehind })
            let (output, error) = try await spool.finish()
            return ExecAnswer(result: result, output: output, error: error)
        }
    }

    private func execute(
        _ execution: Execution, on host: Host, _ output: @escaping CommandLine.Output,
        isBehind: (@Sendable () -> Bool)?
    ) async throws(Failure) -> RemoteResult {
        try await withShell(on: host) { shell throws(Failure) in
            let teller = OutputTeller(shell.events)
            defer { teller.finish() }
            do throws(Failure) {
                return try await shell.events.step(.command, ending: { ($0.failure == nil ? .done : .failed, nil) }) {
                    () async throws(Failure) in
                    try await shell.execute(
                        execution.command, in: execution.directory, input: execution.input,
                        deadline: .after(execution.timeout),
                        live: { stream, bytes in
                            teller.take(stream, bytes)
                            return output(stream, bytes)
                        }, isBehind: isBehind)
                }
            } catch  where error.kind == .noAnswer {
                let limit = "\(execution.timeout.seconds)"
                guard error.hint == nil else {
                    throw Failure(.timeOut, Message("still running after \(limit) s"), hint: error.hint)
                }
                throw Failure(
                    .timeOut, Message("still running after \(limit) s, so it was stopped"),
                    hint: Message("give it longer with --timeout"))
            }
        }
    }
}

/// A command's answer, with all of its output.
package struct ExecAnswer: Sendable {
    package let result: RemoteResult
    package let output: SpooledStream
    package let error: SpooledStream

    /// Both streams in memory.
    ///
    /// - Throws: limit, when they are larger than fits there.
    package func bytes() throws(Failure) -> (output: [UInt8], error: [UInt8]) {
        let size = ByteCount(output.size + error.size)
        guard size <= Self.mostInMemory else {
            let limit = Self.mostInMemory
            throw Failure(
                .limit, Message("the command wrote \(size), and no more than \(limit) fit into one answer"),
                hint: Message("write it to a file: fleet exec --quiet --hosts HOST -- COMMAND >FILE"))
        }
        return (output.prefix(Int(output.size)), error.prefix(Int(error.size)))
    }

    private static let mostInMemory = ByteCount(64 << 20)
}

extension RemoteResult {
    /// Why the command is no success; nil when it is one.
    package var failure: Failure? {
        switch ending {
        case .status(0): return nil
        case .signal(let name): return Failure(.signal, Message("killed by the signal \(name)"))
        case .status(let code):
            let status = Message("status \(code)")
            guard code == 127 else { return Failure(.exit, status) }
            let reason = reason
            return Failure(
                .exit, reason.isEmpty ? status : Message("\(status): \(reason)"),
                hint: Message("the command is not on this host, or not on the PATH of a login without a terminal"))
        }
    }
}
