import FleetBase
import FleetConfig
import FleetHosts
import FleetLedger
import FleetReleases

/// Slurm, by way of one host on which sbatch works; fleet's folder there is one that the nodes see, too.
struct SlurmBackend: RunBackend {
    private let options: SlurmOptions

    init(_ options: SlurmOptions) { self.options = options }

    func hosts(in inventory: Inventory, chosen: () throws -> [Host]) throws -> [Host] { try login(in: inventory) }

    func check(_ tasks: [TaskDefinition]) throws(ConfigError) { for task in tasks { try task.checkForSlurm() } }

    func start(_ work: QueueWork, in fleet: Fleet) async throws(LedgerError) -> any StartedRun {
        let login = work.hosts[0]
        let ids = work.tasks.map(\.record.id)
        let history = try QueueHistory(try await work.ledger.attempts(of: work.run), tasks: ids)
        var proofs: [String: Result<SignatureProof, Failure>] = [:]
        for package in work.tasks.compactMap(\.request.package) where proofs[package.version] == nil {
            proofs[package.version] = await fleet.proof(of: package, for: [login])
        }
        return SlurmQueue(
            fleet: fleet, run: work.run, tasks: work.tasks,
            names: Dictionary(work.tasks.map { ($0.record.id, $0.record.name) }) { first, _ in first },
            options: options, link: HostLink(fleet, login), ledger: work.ledger, proofs: proofs, history: history,
            tell: work.tell)
    }

    func cancel(
        _ run: RunID, _ attempts: [Attempt], in fleet: Fleet
    ) async throws -> [HostOutcome<DiscardedJobs>] {
        await fleet.onEach(of: try login(in: fleet.inventory)) { host throws(Failure) in
            try await fleet.endSlurm(attempts, of: run, over: HostLink(fleet, host))
            return DiscardedJobs(removed: Set(attempts.filter { !$0.state.isFinal }.map(\.id)))
        }
    }

    /// The only host of a run that Slurm hands out.
    private func login(in inventory: Inventory) throws -> [Host] {
        let hosts = try HostSelector(hosts: [options.login], groups: []).select(from: inventory)
        guard hosts.count != 1 else { return hosts }
        let (login, count) = (options.login, hosts.count)
        throw ConfigError(.unknownName, Message("--login names one host, and \(login) are \(count)"))
    }
}

extension Fleet {
    /// Takes from Slurm what it still has of a run, and removes all that the run has left on the login host.
    func endSlurm(_ attempts: [Attempt], of run: RunID, over link: HostLink) async throws(Failure) {
        guard await link.stores.results.settle() else { throw link.stores.results.failure }
        let jobs = attempts.compactMap { attempt in
            JobName(attempt.id).map { SlurmJob(position: $0.position, attempt: $0.attempt) }
        }
        let names = Set(jobs.map { $0.array(in: run) }).sorted().joined(separator: ",")
        let words = [link.host.rootWord, ShellWord(run.text), ShellWord(names)]
        let result = try await link.withShell { shell throws(Failure) in
            try await shell.run(.slurmEnd, words, deadline: .after(.seconds(120)))
        }
        guard result.status != 0 else { return }
        throw Failure(.lost, Message("what Slurm has of the run could not be ended: \(result.reason)"))
    }
}

extension TaskDefinition {
    /// - Throws: when Slurm can't run it.
    fileprivate func checkForSlurm() throws(ConfigError) {
        let reason: Message? =
            if !secrets.isEmpty {
                Message("its secrets would lie on the cluster's disk")
            } else if verify != nil {
                Message("its results are compared between hosts")
            } else if !needs.hosts.isEmpty {
                Message("it names hosts, and Slurm has nodes")
            } else if needs.method?.isContainer == true {
                Message("the nodes of a cluster have no images of fleet's")
            } else {
                nil
            }
        guard let reason else { return }
        throw ConfigError(
            .invalidValue, at: place, Message("Slurm can't run \(name): \(reason)"),
            hint: Message("run it without --engine slurm, or name the other tasks"))
    }
}
