import FleetBase
import FleetService
import FleetTerminal

/// The lines of a run that is followed, each behind its host and, where there are several, its task.
struct LogLines {
    private let follower: RunFollower
    private let console: Console
    private let labels: LogLabels

    init(_ follower: RunFollower, _ console: Console) {
        (self.follower, self.console) = (follower, console)
        labels = LogLabels(hosts: follower.inventoryHosts, tasks: follower.names.values)
    }

    /// Shows them until the run has ended, or nobody works on it any more.
    func follow() async throws {
        let (console, labels) = (console, labels)
        try await follower.follow(isBehind: { console.isBehind }) { line in
            let label = labels.label(of: line.host, line.task).padded(to: labels.width)
            let text = "\(label)  \(line.text.printable)"
            if line.stream == .error { console.error(line: text) } else { console.result(text) }
        }
    }
}
