package import FleetBase
package import FleetConfig
package import FleetHosts

extension Fleet {
    private static let reading = Duration.seconds(3600)

    /// Reads every file of the releases on hosts again, and checks their signatures where the project says who may sign.
    ///
    /// - Parameter repairs: whether damaged releases are sent anew, where this master has their archive.
    package func verify(
        _ names: [String], on hosts: [Host], repairs: Bool,
        finished: @Sendable (HostOutcome<Verification>) -> Void = { _ in }
    ) async -> [HostOutcome<Verification>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                let signers = ShellWord(try await signers(for: host))
                let result = try await shell.run(
                    .verify, [host.rootWord, signers] + names.map { ShellWord($0) }, deadline: .after(Self.reading))
                guard result.status == 0 else {
                    let reason = result.reason
                    throw Failure(.verify, Message("the files can't be checked: \(reason)"))
                }
                var found = try Verification(HostAnswer(result), of: names, requiresSignatures: host.requireSigned)
                if repairs {
                    for release in found.untrusted.union(found.damaged.keys) {
                        await repair(release, on: host, shell, &found)
                    }
                }
                return found
            }
        }
    }
}
