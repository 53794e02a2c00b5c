import FleetBase
package import FleetConfig
import FleetHosts
import FleetLedger
package import FleetRuns

/// Runs the tasks of a file on the hosts that fit, until each has its result.
package struct TasksOperation: Operation {
    package static let name = "tasks run"

    /// Which tasks, of which file.
    package var choice: TaskWords
    package var hosts: HostSelector?
    package var options: QueueOptions
    /// Also what an earlier run has done.
    package var isAgain = false
    /// On how many hosts each task is done, to compare the results; as the file says when nil.
    package var verify: Int?
    /// As it was typed, for the ledger.
    package var command: String

    package init(
        _ choice: TaskWords, on hosts: HostSelector? = nil, _ options: QueueOptions = QueueOptions(), command: String
    ) {
        (self.choice, self.hosts, self.options, self.command) = (choice, hosts, options, command)
    }

    package func validate() throws(ServiceError) {
        if let verify, verify < 2 {
            throw ServiceError(Message("results can be compared from 2 hosts on, not \(verify)"))
        }
        guard case .slurm(let slurm) = options.backend else { return }
        guard verify == nil, hosts == nil else {
            throw ServiceError(Message("Slurm chooses the nodes, so no hosts can be named, nor results compared"))
        }
        guard slurm.words.allSatisfy({ $0.hasPrefix("-") }) else {
            throw ServiceError(Message("sbatch takes options, such as --account=physics"))
        }
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try context.tasks(choice)
        _ = try options.backend.backend.hosts(in: context.inventory) { try context.hosts(hosts) }
    }

    package func perform(in context: OperationContext) async throws -> QueueReport {
        let backend = options.backend.backend
        let hosts = try backend.hosts(in: context.inventory) { try context.hosts(self.hosts) }
        let ledger = try await context.ledger()
        let run = Run(command: command, hosts: hosts.map(\.name.text), engine: options.backend.record)
        let planned = try await context.planned(
            choice, run: run.id, usual: try await ledger.usualDurations(), verify: verify)
        try backend.check(planned.expanded.map(\.definition))
        let project = context.project
        let lock = try RunLock(run.id, in: project)
        let records = planned.tasks.map(\.record)
        let known = isAgain ? [] : try await ledger.results(for: records)
        try await ledger.begin(
            run, tasks: records, attempts: known, unless: { RunLock.isHeld($0, in: project) })
        if !known.isEmpty {
            let count = known.count
            context.events.of(run.id).tell(.remark(Message("tasks done before, and not done again: \(count)")))
        }
        let report = try await context.perform(planned.tasks, of: run.id, on: hosts, ledger, options)
        withExtendedLifetime(lock) {}
        return report
    }
}

extension Ledger {
    /// The results of tasks whose work another run has done, as attempts of this one.
    fileprivate func results(for tasks: [LedgerTask]) async throws(LedgerError) -> [Attempt] {
        var attempts: [Attempt] = []
        for task in tasks {
            guard let known = try success(of: task.key), let results = known.results, Disk.exists(results) else {
                continue
            }
            attempts.append(known.copied(to: task.id))
        }
        return attempts
    }
}
