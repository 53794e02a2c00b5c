import FleetBase
import FleetConfig
import FleetRuns
import FleetTerminal
import Synchronization

/// What a person sees of a queue while it runs: failures as they come, and a line of numbers.
final class QueueView: Sendable {
    private let tasks: [PlannedTask]
    private let console: Console
    private let absent = Mutex<[HostName: Failure]>([:])

    init(_ tasks: [PlannedTask], _ hosts: [Host], _ console: Console) { (self.tasks, self.console) = (tasks, console) }

    func take(_ event: QueueEvent) {
        switch event {
        case .connected(let host, let slots):
            let wasAbsent = absent.withLock { $0.removeValue(forKey: host) } != nil
            let words = Message("\(host): \(slots) at once")
            if wasAbsent { console.note(words) } else { console.detail(words) }
        case .absent(let host, let failure):
            let isNews = absent.withLock { $0.updateValue(failure, forKey: host) } == nil
            if isNews { console.warnings([(host, failure.message)]) }
        case .started(let task, let host):
            let name = tasks[task].record.name
            console.detail(Message("\(name) starts on \(host)"))
        case .ended(let task, let outcome):
            guard outcome.state != .done, outcome.state != .cancelled, let failure = outcome.failure else { return }
            let name = tasks[task].record.name
            console.warnings([(outcome.host, Message("\(name): \(console.text(failure.message))"))])
        case .left(let host, let notes): console.warnings(notes.map { (host, $0) })
        case .progress(let progress): show(progress)
        }
    }

    func end() { console.showProgress([]) }

    /// Why hosts were not there, for the status that the command ends with.
    func absences(of hosts: [Host]) -> [Failure?] {
        let absent = absent.withLock(\.self)
        return hosts.map { absent[$0.name] }
    }

    private func show(_ progress: QueueProgress) {
        guard console.isLive else { return }
        let (done, failed, running) = (progress.done, progress.failed, progress.running)
        var parts = [console.text(Message("\(running) running"))]
        if failed > 0 { parts.append(console.text(Message("\(failed) failed"))) }
        for (reason, count) in progress.waiting.sorted(by: { $0.value > $1.value }) {
            parts.append("\(count) \(console.text(reason))")
        }
        console.showProgress(["[\(done)/\(progress.total)] " + parts.joined(separator: ", ")])
    }
}
