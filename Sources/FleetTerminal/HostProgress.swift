package import FleetBase
import Synchronization

/// One line on a terminal that tells how many hosts are done, which ones are waited for and what they do, and for how long.
package final class HostProgress: Sendable {
    private static let shownNames = 6
    /// What is quicker needs no count.
    private static let patience = 2

    private struct State {
        var waiting: [String]
        /// What a host does that takes its time.
        var steps: [String: Message] = [:]
        var hasEnded = false
    }

    private let state: Mutex<State>
    private let total: Int
    private let start = ContinuousClock.now
    private let console: Console
    private let clock = Mutex<Task<Void, any Error>?>(nil)

    /// - Parameter hosts: the names of those that are waited for.
    package init(_ hosts: [String], _ console: Console) {
        state = Mutex(State(waiting: hosts))
        total = hosts.count
        self.console = console
        show()
        guard console.isLive else { return }
        let task = Task { [weak self] in
            while true {
                try await Task.sleep(for: .seconds(1))
                self?.show()
            }
        }
        clock.withLock { $0 = task }
    }

    deinit { clock.withLock { $0?.cancel() } }

    package func finished(_ host: HostName) {
        state.withLock { state in
            state.waiting.removeAll { $0 == host.text }
            state.steps[host.text] = nil
        }
        show()
    }

    /// - Parameter step: what the host does from now on; nil for nothing worth a word.
    package func does(_ step: Message?, on host: HostName) {
        state.withLock { $0.steps[host.text] = step }
        show()
    }

    package func end() {
        clock.withLock { $0?.cancel() }
        // Under the lock: what the clock would still draw comes before, or not at all.
        state.withLock { state in
            state.hasEnded = true
            console.showProgress([])
        }
    }

    private func show() {
        guard console.isLive else { return }
        state.withLock { state in
            guard !state.hasEnded else { return }
            console.showProgress(state.waiting.isEmpty ? [] : [line(state)])
        }
    }

    private func line(_ state: State) -> String {
        let names = state.waiting.prefix(Self.shownNames).map { name in
            state.steps[name].map { "\(name) (\(console.text($0)))" } ?? name
        }
        let more = state.waiting.count > Self.shownNames ? " …" : ""
        let seconds = Int((ContinuousClock.now - start).seconds)
        let time = seconds < Self.patience ? "" : "\(seconds) s  "
        return "[\(total - state.waiting.count)/\(total)] \(time)\(names.joined(separator: ", "))\(more)"
    }
}
