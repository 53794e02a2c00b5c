import FleetBase
import FleetConfig
import FleetLedger
import FleetReleases
import FleetRuns

/// Tasks of a file, as a queue runs them.
struct PlannedTasks {
    /// Of the definitions that were asked for, in the order of the file.
    let names: [String]
    /// Those that must be done before them are among these, too: what a task is depends on them.
    let expanded: [ExpandedTask]
    /// One for each of the expanded.
    let tasks: [PlannedTask]
}

extension CheckedTasks {
    /// With the tasks that must be done first, in the order of the file.
    func withDependencies(_ tasks: [TaskDefinition]) throws(ConfigError) -> [TaskDefinition] {
        var names = tasks.map(\.name)
        var next = names
        while let name = next.popLast() {
            for other in file[name]?.after ?? [] where !names.contains(other) {
                names.append(other)
                next.append(other)
            }
        }
        return try self.tasks(named: names)
    }
}

extension Session {
    func packages(_ names: Set<String>) async throws -> [BuiltPackage] {
        guard !names.isEmpty else { return [] }
        let builder = try await builder()
        var packages: [BuiltPackage] = []
        for name in names.sorted() { packages.append(try await builder.build(name, console)) }
        return packages
    }

    /// What tasks.yaml, or another file, asks for.
    func planned(_ choice: TaskWords, run: RunID, usual: [String: Duration], verify: Int? = nil) async throws
        -> PlannedTasks
    {
        let file = try project.tasks(file: choice.file.map(context.absolute))
        let checked = try project.checkTasks(file, inventory: inventory)
        let named = try checked.tasks(named: choice.names)
        let definitions = try checked.withDependencies(named)
        let plan = queuePlan(try await packages(Set(definitions.compactMap(\.package))), usual: usual)
        let names = Set(definitions.map(\.name))
        let expanded = file.expanded(verify: verify).filter { names.contains($0.definition.name) }
        let tasks = try await ThreadExecutor.disk.run { try plan.tasks(expanded, run: run) }
        return PlannedTasks(names: named.map(\.name), expanded: expanded, tasks: tasks)
    }

    /// Runs what tasks.yaml, or another file, asks for, and tells what came of it.
    ///
    /// - Parameter again: also what an earlier run has done.
    func runTasks(
        _ choice: TaskWords, on hosts: [Host], command: String, again: Bool, verify: Int? = nil,
        _ options: QueueOptions = QueueOptions(), json: Bool = false
    ) async throws {
        let ledger = try await project.ledger()
        let run = Run(command: command, hosts: hosts.map(\.name.text), engine: options.slurm?.text)
        let planned = try await planned(choice, run: run.id, usual: try await ledger.usualDurations(), verify: verify)
        if options.slurm != nil { for task in planned.expanded { try task.definition.checkForSlurm() } }
        let tasks = planned.tasks
        let lock = try RunLock(run.id, in: project)
        let records = tasks.map(\.record)
        let known = again ? [] : try await ledger.results(for: records)
        let project = project
        try await ledger.begin(
            run, tasks: records, attempts: known, unless: { RunLock.owner(of: $0, in: project) != nil })
        console.note(Message("run \(run.id.text)"))
        let count = known.count
        if count > 0 { console.note(Message("tasks done before, and not done again: \(count)")) }
        try await perform(tasks, of: run.id, on: hosts, ledger, options, json: json)
        withExtendedLifetime(lock) {}
    }

    func queuePlan(_ packages: [BuiltPackage], usual: [String: Duration]) -> QueuePlan {
        QueuePlan(
            project, packages: packages, environment: context.environment, home: context.home, usual: usual)
    }

    /// Takes the variables that secrets came from out of this program's own environment, once nothing reads them any more.
    private func forgetSecrets(of tasks: [PlannedTask]) {
        for name in QueuePlan.secretVariables(of: tasks.map(\.record)) { Environment.forget(name) }
    }

    /// Runs a queue before the eyes of a person, and tells what came of it.
    func perform(
        _ tasks: [PlannedTask], of run: RunID, on hosts: [Host], _ ledger: Ledger, _ options: QueueOptions, json: Bool
    ) async throws {
        forgetSecrets(of: tasks)
        let view = QueueView(tasks, hosts, console)
        let report = try await fleet.perform(tasks, of: run, on: hosts, ledger: ledger, options: options) {
            view.take($0)
        }
        view.end()
        try TasksReport(report).show(json: json, console)
        if let problem = report.problem { throw problem }
        if Task.isCancelled { throw Ended(code: .cancelled) }
        guard !report.results.allSatisfy(\.isDone) else { return }
        if report.results.allSatisfy({ $0.attempts == 0 && !$0.wasDone }) { try end(view.absences(of: hosts)) }
        throw Ended(code: .someFailed)
    }
}
