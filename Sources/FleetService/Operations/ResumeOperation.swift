import FleetBase
package import FleetConfig
import FleetHosts
import FleetLedger
package import FleetRuns

/// Goes on with a run that was stopped, or whose master was killed.
package struct ResumeOperation: Operation {
    package static let name = "runs resume"

    /// A run's name, the beginning of it, or `last`; the last one that did not end when nil.
    package var run: String?
    /// Those that the run had when nil.
    package var hosts: HostSelector?
    package var options: QueueOptions

    package init(_ run: String? = nil, on hosts: HostSelector? = nil, _ options: QueueOptions = QueueOptions()) {
        (self.run, self.hosts, self.options) = (run, hosts, options)
    }

    package func checkNames(in context: OperationContext) async throws {
        _ = try context.hosts(hosts)
        _ = try await context.service.unfinishedRun(named: run)
    }

    package func perform(in context: OperationContext) async throws -> QueueReport {
        let project = context.project
        let (ledger, run) = try await context.service.unfinishedRun(named: run)
        let lock = try RunLock(run.id, in: project)
        let records = try await ledger.tasks(of: run.id)
        let packages = try await context.packages(Set(records.compactMap(QueuePlan.packageName(of:))))
        let plan = context.queuePlan(packages, usual: try await ledger.usualDurations())
        let tasks = try await ThreadExecutor.disk.run { try plan.tasks(records) }
        let choice = try BackendChoice(of: run)
        let own = try await hosts(of: run, ledger, context)
        let hosts = try choice.backend.hosts(in: context.inventory) { own }
        if run.state != .done {
            try await ledger.reopen(run.id, unless: { RunLock.isHeld($0, in: project) })
        }
        var options = options
        (options.isResumed, options.backend) = (true, choice)
        var report = try await context.perform(tasks, of: run.id, on: hosts, ledger, options)
        report.firstCommand = run.command
        withExtendedLifetime(lock) {}
        return report
    }

    /// Those that the run had, unless others are named; and those where something of it may still be.
    private func hosts(of run: Run, _ ledger: Ledger, _ context: OperationContext) async throws -> [Host] {
        let all = context.inventory.hosts
        let open = Set(try await ledger.attempts(of: run.id).filter { !$0.state.isFinal }.map(\.host))
        var names = Set(try context.hosts(hosts).map(\.name))
        if hosts == nil, !run.hosts.isEmpty { names = names.filter { run.hosts.contains($0.text) } }
        return all.filter { names.contains($0.name) || open.contains($0.name) }
    }
}
