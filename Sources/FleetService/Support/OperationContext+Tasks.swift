import FleetBase
package import FleetConfig
import FleetEvents
import FleetHosts
package import FleetLedger
package import FleetReleases
package import FleetRuns
import Synchronization

/// Tasks of a file, as a queue runs them.
package struct PlannedTasks: Sendable {
    /// The names of the definitions that were asked for, in the order of the file.
    package let names: [String]
    /// Those that must be done before them are among these, too: what a task is depends on them.
    package let expanded: [ExpandedTask]
    /// One for each of the expanded.
    package let tasks: [PlannedTask]
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

extension OperationContext {
    package func packages(_ names: Set<String>) async throws -> [BuiltPackage] {
        guard !names.isEmpty else { return [] }
        let builder = try await builder()
        var packages: [BuiltPackage] = []
        for name in names.sorted() { packages.append(try await builder.build(name)) }
        return packages
    }

    /// The tasks that are asked for, and the file that they are in.
    ///
    /// - Throws: for a name that the file does not have, and for a file that makes no sense.
    func tasks(_ choice: TaskWords) throws(ConfigError) -> (checked: CheckedTasks, named: [TaskDefinition]) {
        let checked = try project.checkTasks(choice.tasks(in: project), inventory: inventory)
        return (checked, try checked.tasks(named: choice.names))
    }

    /// What tasks.yaml, or another file, asks for.
    package func planned(
        _ choice: TaskWords, run: RunID, usual: [String: Duration], verify: Int? = nil
    ) async throws -> PlannedTasks {
        let (checked, named) = try tasks(choice)
        let definitions = try checked.withDependencies(named)
        let plan = queuePlan(try await packages(Set(definitions.compactMap(\.package))), usual: usual)
        let names = Set(definitions.map(\.name))
        let expanded = checked.file.expanded(verify: verify).filter { names.contains($0.definition.name) }
        let tasks = try await ThreadExecutor.disk.run { try plan.tasks(expanded, run: run) }
        return PlannedTasks(names: named.map(\.name), expanded: expanded, tasks: tasks)
    }

    func queuePlan(_ packages: [BuiltPackage], usual: [String: Duration]) -> QueuePlan {
        QueuePlan(
            project, packages: packages, environment: service.environment, home: service.home, usual: usual)
    }

    /// Runs a queue, and tells of it by events.
    func perform(
        _ tasks: [PlannedTask], of run: RunID, on hosts: [Host], _ ledger: Ledger, _ options: QueueOptions
    ) async throws -> QueueReport {
        // Nothing reads the variables that secrets came from any more.
        for name in QueuePlan.secretVariables(of: tasks.map(\.record)) { Environment.forget(name) }
        let news = QueueNews(events.of(run))
        var report = try await fleet.perform(
            QueueWork(run, tasks, on: hosts, ledger: ledger, options: options) { news.take($0) })
        report.absent = news.absences(of: hosts)
        return report
    }
}

/// Hands on what a queue tells as events, and remembers which hosts are absent.
private final class QueueNews: Sendable {
    private let events: EventSource
    private let absent = Mutex<[HostName: Failure]>([:])
    private let kept = Mutex(KeptReasons())

    init(_ events: EventSource) { self.events = events }

    func take(_ event: QueueEvent) {
        switch event {
        case .connected(let host, let slots):
            absent.withLock { $0[host] = nil }
            events.on(host).tell(.hostReady(Event.HostReady(slots: slots)))
        case .absent(let host, let failure):
            let isNews = absent.withLock { $0.updateValue(failure, forKey: host) } == nil
            if isNews { events.on(host).tell(.failure(failure)) }
        case .setAside(let host, let failure): events.on(host).tell(.failure(failure))
        // The attempts tell of these themselves.
        case .started, .ended: break
        case .left(let host, let notes): for note in notes { events.on(host).tell(.note(note)) }
        case .progress(let progress):
            var state = Event.QueueState(progress)
            let reasons = Set(state.waiting.map(\.reason))
            state.isKept = kept.withLock { $0.takes(reasons, at: .now) }
            events.tell(.queue(state))
        }
    }

    func absences(of hosts: [Host]) -> [Failure?] {
        let absent = absent.withLock(\.self)
        return absent.isEmpty ? [] : hosts.map { absent[$0.name] }
    }
}

extension Event.QueueState {
    fileprivate init(_ progress: QueueProgress) {
        self.init(
            total: progress.total, done: progress.done, failed: progress.failed, running: progress.running,
            waiting: progress.waiting.sorted { $0.value > $1.value }.map { Waiting(reason: $0.key, count: $0.value) })
    }
}
