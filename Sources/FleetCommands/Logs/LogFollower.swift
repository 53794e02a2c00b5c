import FleetBase
import FleetConfig
import FleetEngine
import FleetLedger

/// Shows what the workers of a run write, while another fleet works on it; touches nothing.
struct LogFollower {
    private static let pause = Duration.milliseconds(300)

    private let session: Session
    private let ledger: Ledger
    private let run: RunID
    /// Empty for all.
    private let hosts: [String]

    init(_ session: Session, _ ledger: Ledger, _ run: RunID, hosts: [String] = []) {
        (self.session, self.ledger, self.run, self.hosts) = (session, ledger, run, hosts)
    }

    private enum Signal: Sendable { case tick, ended }

    /// Ends when the run does, or when nobody works on it any more.
    ///
    /// - Returns: the run as it is then.
    @discardableResult func perform() async throws -> Run {
        let tasks = try await ledger.tasks(of: run)
        let names = Dictionary(uniqueKeysWithValues: tasks.map { ($0.id, $0.name) })
        let selected = session.inventory.hosts
        let labels = LogLabels(selected.flatMap { host in tasks.map { (host.name, $0.name) } })
        var shown: [String: ShownLines] = [:]
        var isDone: Set<String> = []
        return try await withThrowingTaskGroup(of: Signal.self) { group in
            var following = 0
            while true {
                let isWorkedOn = RunLock.owner(of: run, in: session.project) != nil
                let record = try await ledger.run(run.text)
                for attempt in try await ledger.attempts(of: run) where isWanted(attempt) {
                    let label = labels.label(of: attempt.host, names[attempt.task] ?? "").padded(to: labels.width)
                    if attempt.state.isFinal {
                        guard isDone.insert(attempt.id).inserted else { continue }
                        show(attempt, label, after: shown[attempt.id])
                    } else if attempt.state == .running, shown[attempt.id] == nil,
                        let host = selected.first(where: { $0.name == attempt.host })
                    {
                        let lines = ShownLines()
                        shown[attempt.id] = lines
                        following += 1
                        let (fleet, console) = (session.fleet, session.console)
                        group.addTask {
                            await fleet.follow(attempt.id, on: host) { stream, line in
                                lines.add(stream)
                                Self.show(label, line, isError: stream == .error, console)
                            }
                            return .ended
                        }
                    }
                }
                if !isWorkedOn, following == 0 || record.state != .running {
                    group.cancelAll()
                    return record
                }
                group.addTask {
                    // A ledger announces nothing.
                    try await Task.sleep(for: Self.pause)
                    return .tick
                }
                while try await group.next() == .ended { following -= 1 }
            }
        }
    }

    private func isWanted(_ attempt: Attempt) -> Bool { hosts.isEmpty || hosts.contains(attempt.host.text) }

    /// What of an attempt that has ended was not shown yet.
    private func show(_ attempt: Attempt, _ label: String, after shown: ShownLines?) {
        let log = AttemptLog(attempt, task: "", folder: session.project.resultsFolder(of: attempt, in: run))
        for line in log.output.logLines.dropFirst(shown?[.output] ?? 0) {
            Self.show(label, line, isError: false, session.console)
        }
        for line in log.error.logLines.dropFirst(shown?[.error] ?? 0) {
            Self.show(label, line, isError: true, session.console)
        }
    }

    private static func show(_ label: String, _ line: String, isError: Bool, _ console: Console) {
        let text = "\(label)  \(line.printable)"
        if isError { console.error(line: text) } else { console.result(text) }
    }
}
