import FleetBase
package import FleetConfig
import FleetEvents
package import FleetHosts
package import FleetLedger
import FleetPackage

extension Fleet {
    /// Runs a package once on each host and brings the results back; every step is in the ledger before it is taken.
    ///
    /// - Parameters:
    ///   - live: gets the worker's lines as they come.
    ///   - output: gets the standard output instead, byte for byte; for one host.
    ///   - isBehind: whether who gets it is behind with it.
    /// - Returns: with why the ledger does not have the end of it.
    package func run(
        _ request: RunRequest, on hosts: [Host], ledger: Ledger,
        live: @escaping @Sendable (Host) -> LineSplitter.Receiver, output: LiveOutput? = nil,
        isBehind: (@Sendable () -> Bool)? = nil,
        finished: @escaping @Sendable (TaskOutcome) -> Void = { _ in }
    ) async throws(LedgerError) -> (run: RunID, outcomes: [TaskOutcome], problem: LedgerError?) {
        let run = Run(
            command: request.command, package: request.package?.name, version: request.package?.version,
            hosts: hosts.map(\.name.text))
        let tasks = hosts.enumerated().map { index, host in
            LedgerTask(run: run.id, position: index + 1, request, on: host.name)
        }
        // So that others see that somebody is at work; the run is new, so nobody else can have it.
        let lock = try? RunLock(run.id, in: project)
        try await ledger.begin(run, tasks: tasks)
        events.of(run.id).tell(.runStarted(Event.RunStart(tasks: tasks.count)))
        let byHost = Dictionary(uniqueKeysWithValues: zip(hosts.map(\.name), tasks))
        let proofs = await proof(of: request.package, for: hosts)
        let stores = RunStores(project)
        let outcomes = await onEach(of: hosts) { host throws(Failure) in
            guard let task = byHost[host.name] else { preconditionFailure("every host has its task") }
            let link = HostLink(self, host, stores)
            let attempt = TaskAttempt(
                fleet: self, link: link, request: request, run: run.id, task: task, ledger: ledger, proofs: proofs,
                folder: TaskSpec.folder(of: task, in: project),
                listener: AttemptListener(live: live(host), isBehind: isBehind, output: output))
            let outcome = await attempt.perform()
            let notes = await link.finish()
            finished(outcome.noting(notes))
            return outcome.noting(notes)
        }.map { $0.value ?? .cancelled($0.host) }
        let problem = await ledger.end(run.id, Self.state(of: outcomes))
        events.of(run.id).tell(.runEnded(Event.RunEnd(Self.state(of: outcomes))))
        withExtendedLifetime(lock) {}
        return (run.id, outcomes, problem)
    }

    private static func state(of outcomes: [TaskOutcome]) -> Run.State {
        if outcomes.contains(where: { $0.state == .cancelled }) { return .cancelled }
        return outcomes.allSatisfy { $0.state == .done } ? .done : .failed
    }
}

extension TaskOutcome {
    /// A host whose turn never came.
    fileprivate static func cancelled(_ host: HostName) -> TaskOutcome {
        var outcome = TaskOutcome(host: host)
        outcome.state = .cancelled
        outcome.failure = Failure(.cancelled, Message("cancelled"))
        return outcome
    }
}

extension TaskOutcome {
    fileprivate func noting(_ notes: [Message]) -> TaskOutcome {
        var outcome = self
        outcome.notes += notes
        return outcome
    }
}

extension LedgerTask {
    fileprivate init(run: RunID, position: Int, _ request: RunRequest, on host: HostName) {
        let digest = request.package?.manifest.digest
        let parameters = (try? JSONText.encode(request.parametersJSON)) ?? ""
        let key = FileDigest.of(Array("\(digest?.hex ?? "")\n\(parameters)\n".utf8))
        self.init(
            run: run, position: position, name: request.name, key: key, packageDigest: digest,
            parameters: request.parametersJSON, spec: TaskSpec(request, on: host)?.text)
    }
}
