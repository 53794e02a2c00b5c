package import FleetBase
package import FleetConfig

extension Fleet {
    private static let looking = Duration.seconds(30)
    private static let installing = Duration.seconds(1800)
    /// So many of a failed command's last lines are told.
    private static let toldLines = 3
    /// Where they are looked for, in bytes.
    private static let endSize = 4096

    /// What has to be done so that hosts have something that works.
    package func planPreparing(
        _ hosts: [Host], with supplies: [Supply], finished: @Sendable (HostOutcome<PreparePlan>) -> Void = { _ in }
    ) async -> [HostOutcome<PreparePlan>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                try await needs(of: host, supplies, shell).plan()
            }
        }
    }

    /// Does on a host what its plan says, and looks whether all of it works then.
    ///
    /// - Returns: the host's facts as they are now.
    package func prepare(_ host: Host, by plan: PreparePlan) async throws(Failure) -> Facts {
        try await withShell(on: host) { shell throws(Failure) in
            for command in plan.commands {
                try await shell.events.step(.prepare, command.commandLine) { () async throws(Failure) in
                    try await run(command, shell)
                }
            }
        }
        // A new login: a group that the user is in since now counts there.
        return try await withShell(on: host, isFresh: true) { shell throws(Failure) in
            let left = try await needs(of: host, plan.missing, shell).missing
            guard left.isEmpty else {
                let names = left.map(\.rawValue).joined(separator: ", ")
                throw Failure(
                    .exit, Message("installed, but it does not work: \(names)"),
                    hint: Message("its service may not run, or the package is damaged: log in and look"))
            }
            return try await facts(of: host, shell)
        }
    }

    func needs(
        of host: Host, _ supplies: [Supply], _ shell: RemoteShell
    ) async throws(Failure) -> HostNeeds {
        let programs = PackageManager.allCases.map(\.program).joined(separator: " ")
        let words = [ShellWord(programs)] + supplies.map { ShellWord($0.rawValue) }
        let result = try await shell.run(.needs, words, deadline: .after(Self.looking))
        guard result.status == 0 else {
            let reason = result.reason
            throw Failure(.exit, Message("the host's shell can't run the probe: \(reason)"))
        }
        return try HostNeeds(HostAnswer(result))
    }

    private func run(_ command: [ShellWord], _ shell: RemoteShell) async throws(Failure) {
        let result = try await shell.execute(command, deadline: .after(Self.installing))
        guard result.failure != nil else { return }
        let line = command.commandLine
        let ending =
            switch result.ending {
            case .status(let code): "\(code)"
            case .signal(let name): name
            }
        let words = Self.lastLines(result)
        throw Failure(
            .exit, Message("\(line) ended with \(ending): \(words)"),
            hint: Message("log in and try it by hand; what was done before it stays"))
    }

    /// The last lines of standard error, or of what the command wrote otherwise.
    private static func lastLines(_ result: RemoteResult) -> String {
        let lines =
            [result.error, result.output].lazy
            .map { String(decoding: $0.suffix(endSize), as: UTF8.self) }
            .map { $0.split(whereSeparator: \.isNewline).filter { $0.contains { !$0.isWhitespace } } }
            .first { !$0.isEmpty } ?? []
        return lines.suffix(toldLines).joined(separator: " | ")
    }
}
