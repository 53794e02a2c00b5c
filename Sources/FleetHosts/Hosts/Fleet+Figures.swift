package import FleetBase
package import FleetConfig
import Synchronization

extension Fleet {
    /// Follows how loaded a host is: one command tells it again and again, which costs both sides much less than asking.
    ///
    /// - Parameters:
    ///   - interval: in whole seconds, at least one.
    ///   - facts: what is known of the host.
    ///   - limit: for how long.
    ///   - take: gets the facts with each new set of figures, on the transport's thread: it must not block.
    /// - Returns: why it ended; nil when the limit has passed, or the task was cancelled.
    package func followFigures(
        of host: Host, every interval: Duration, from facts: Facts, for limit: Duration,
        _ take: @escaping @Sendable (Facts) -> Void
    ) async -> Failure? {
        let seconds = max(1, Int(interval.seconds.rounded()))
        let pulse = Pulse(every: .seconds(seconds))
        return await withTaskGroup(of: Failure?.self) { group in
            group.addTask {
                do throws(Failure) {
                    return try await tellFigures(of: host, seconds) { words in
                        // A host that lies may tell as often as it likes.
                        if let facts = facts.updated(by: words), pulse.beats() { take(facts) }
                    }
                } catch {
                    return error
                }
            }
            group.addTask { await pulse.silence(until: .now + limit) }
            let failure = await group.next() ?? nil
            group.cancelAll()
            return Task.isCancelled ? nil : failure
        }
    }

    /// - Returns: why the host tells no more.
    private func tellFigures(
        of host: Host, _ seconds: Int, _ take: @escaping @Sendable (Substring) -> Void
    ) async throws(Failure) -> Failure {
        let told: @Sendable (String) -> Void = { if $0.hasPrefix("figures ") { take($0.dropFirst(8)) } }
        let result = try await withShell(on: host) { shell throws(Failure) in
            try await shell.run(
                .figures, [host.rootWord, ShellWord("\(seconds)")], deadline: .distant, keeping: .first(0), told: told)
        }
        return Failure(.lost, Message("the host stopped telling its figures: \(result.reason)"))
    }
}

/// Signs of life that should come at intervals.
private final class Pulse: Sendable {
    /// How much later than it should one may come.
    private static let grace = Duration.seconds(10)

    private let interval: Duration
    private let latest = Mutex(ContinuousClock.now)

    init(every interval: Duration) { self.interval = interval }

    /// - Returns: whether this one is not too early to count.
    func beats() -> Bool {
        latest.withLock { latest in
            guard .now - latest >= interval / 2 else { return false }
            latest = .now
            return true
        }
    }

    /// Waits until none has come for too long, and says so; nil at a time, or when the task is cancelled.
    func silence(until end: ContinuousClock.Instant) async -> Failure? {
        while true {
            let patience = latest.withLock(\.self) + interval + Self.grace
            if patience <= .now {
                let silence = Int((interval + Self.grace).seconds)
                return Failure(.noAnswer, Message("the host has told nothing for \(silence) s"))
            }
            guard (try? await Task.sleep(until: min(end, patience))) != nil, .now < end else { return nil }
        }
    }
}
