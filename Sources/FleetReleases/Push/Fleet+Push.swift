package import FleetBase
package import FleetConfig
package import FleetHosts
import FleetPackage

/// How a push goes about it.
package struct PushOptions: Sendable, Codable {
    /// Finds out and changes nothing.
    package var dryRun = false
    /// Sends whole releases, also where a difference would do.
    package var whole = false
    /// So many bytes a second, for all hosts together.
    package var rate: ByteCount?
    /// On how many hosts at once.
    package var width = Fleet.width
    /// So many hosts come after the other; all together when nil.
    package var batch: HostShare?
    /// With batches: no further one begins when more hosts than these have failed; none may fail when nil.
    package var maxFailures: HostShare?

    package init() {}
}

extension Fleet {
    package static let asking = Duration.seconds(20)
    /// For what is quick, once no other push of the package has the host.
    static let waiting = Duration.seconds(3600)

    /// Brings a package to hosts; to each what it lacks.
    package func push(
        _ package: BuiltPackage, to hosts: [Host], _ options: PushOptions = PushOptions(),
        finished: @Sendable (HostOutcome<PushOutcome>) -> Void = { _ in }
    ) async -> [HostOutcome<PushOutcome>] {
        let deltas = DeltaStore(project)
        guard let batch = options.batch else {
            return await pushAtOnce(package, to: hosts, options, deltas, finished: finished)
        }
        let size = max(1, batch.count(of: hosts.count))
        var outcomes: [HostOutcome<PushOutcome>] = []
        while outcomes.count < hosts.count {
            let failed = outcomes.count { $0.value == nil }
            guard failed <= options.maxFailures?.count(of: hosts.count) ?? 0 else { break }
            let next = Array(hosts[outcomes.count...].prefix(size))
            outcomes += await pushAtOnce(package, to: next, options, deltas, finished: finished)
        }
        let failed = outcomes.count { $0.value == nil }
        for host in hosts[outcomes.count...] {
            let failure = Failure(
                .push, Message("this host was left as it is: hosts that failed before it: \(failed)"),
                hint: Message("repair those hosts, or allow more failures with --max-failures"))
            outcomes.append(HostOutcome(host: host.name, result: .failure(failure)))
            if let outcome = outcomes.last { finished(outcome) }
        }
        return outcomes
    }

    private func pushAtOnce(
        _ package: BuiltPackage, to hosts: [Host], _ options: PushOptions, _ deltas: DeltaStore,
        finished: @Sendable (HostOutcome<PushOutcome>) -> Void
    ) async -> [HostOutcome<PushOutcome>] {
        let proofs = await proof(of: package, for: hosts)
        let pace = options.rate.map(Pace.init)
        return await onEach(of: hosts, width: options.width, finished: finished) { host throws(Failure) in
            let proof = try proofs.proof(for: host)
            let start = ContinuousClock.now
            var outcome = try await withShell(on: host) { shell throws(Failure) in
                try await HostPush(
                    project: project, package: package, host: host, shell: shell, proof: proof, deltas: deltas,
                    options: options, pace: pace, silentEngines: silentEngines
                ).performWithImage()
            }
            outcome.duration = .now - start
            return outcome
        }
    }
}

extension RemoteShell {
    /// What a host has of a package.
    func status(of package: String, on host: Host) async throws(Failure) -> PackageStatus {
        let result = try await run(.status, [host.rootWord, ShellWord(package)], deadline: .after(Fleet.asking))
        return try PackageStatus(
            HostAnswer(result) { Message("the host does not tell what it has of \(package): \($0)") })
    }
}

extension Failure {
    /// - Parameter version: what the host was rolled back to.
    package init(held package: BuiltPackage, at version: String?, on host: HostName) {
        let (name, has, wants) = (package.name, version ?? "–", package.version)
        self.init(
            .push, Message("the host was rolled back to \(has) of \(name), and \(wants) is to be run"),
            hint: Message("a push makes the new version current again: fleet push \(name) --hosts \(host)"))
    }

    /// Something on the master that keeps a push from going on.
    package init(onMaster error: any Error) {
        if let error = error as? any DescribedError {
            self.init(.push, error.message, hint: error.hint)
        } else {
            let reason = String(describing: error)
            self.init(.push, Message("the package can't be read: \(reason)"))
        }
    }
}
