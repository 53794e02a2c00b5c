package import FleetBase
package import FleetConfig

extension Fleet {
    /// Each item of the probe gets this long on the host; the whole of it a little more.
    private static let itemSeconds = 5
    private static let probing = Duration.seconds(20)

    /// What hosts are and have, in one round trip each.
    ///
    /// - Parameter startsContainers: whether container engines have to prove that they start one.
    package func probe(
        _ hosts: [Host], startsContainers: Bool = false, finished: @Sendable (HostOutcome<Facts>) -> Void = { _ in }
    ) async -> [HostOutcome<Facts>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            try await withShell(on: host) { shell throws(Failure) in
                var facts = try await facts(of: host, shell)
                if startsContainers, facts["docker"] != nil || facts["podman"] != nil {
                    facts.engines = try await engineStarts(on: host, shell)
                }
                return facts
            }
        }
    }

    package func facts(of host: Host, _ shell: RemoteShell) async throws(Failure) -> Facts {
        try await shell.events.step(.probe) { () async throws(Failure) in try await askForFacts(host, shell) }
    }

    private func askForFacts(_ host: Host, _ shell: RemoteShell) async throws(Failure) -> Facts {
        let result = try await shell.run(
            .probe, [host.rootWord, ShellWord("\(Self.itemSeconds)")], deadline: .after(Self.probing))
        guard result.status == 0 else {
            let reason = result.reason
            throw Failure(
                .exit, Message("the host's shell can't run the probe: \(reason)"),
                hint: Message("a host needs a POSIX shell, tar and the usual small tools"))
        }
        var facts = try Facts(HostAnswer(result))
        facts.greeting = result.greeting
        return facts
    }

    /// How long a login and one command take.
    package func ping(
        _ hosts: [Host], finished: @Sendable (HostOutcome<Duration>) -> Void = { _ in }
    ) async -> [HostOutcome<Duration>] {
        await onEach(of: hosts, finished: finished) { host throws(Failure) in
            let start = ContinuousClock.now
            return try await withShell(on: host) { shell throws(Failure) in
                _ = try await shell.execute(["true"], deadline: .after(connectTimeout))
                return .now - start
            }
        }
    }
}
