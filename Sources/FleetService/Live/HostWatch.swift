package import FleetBase
import FleetConfig
package import FleetHosts
import Synchronization

/// Looks at hosts as long as somebody wants to see them, and at no others: each by itself, so a host that does not answer
/// delays nobody. One that answers then tells its figures by itself, over a connection that stays. The feed hears nothing of it.
package final class HostWatch: Sendable {
    /// What was seen of a host here.
    package struct Sight: Sendable, Hashable {
        /// Of the last time that it answered.
        package var facts: Facts?
        package var seen: Timestamp?
        /// Why it does not answer now, and since when; nil when it does.
        package var failure: Failure?
        package var failing: Timestamp?
    }

    private struct State {
        var sights: [HostName: Sight] = [:]
        var listeners: [Int: (hosts: Set<HostName>, wake: @Sendable () -> Void)] = [:]
        var looks: [HostName: Task<Void, Never>] = [:]
        var last = 0

        func isWanted(_ host: HostName) -> Bool { listeners.values.contains { $0.hosts.contains(host) } }
    }

    /// How often a host is looked at.
    package static let usualInterval = Duration.seconds(15)
    /// After how long a host is asked once more for all that it is and has, its packages for instance.
    private static let whole = Duration.seconds(300)
    /// How many hosts are asked at once for all that they are and have: they may share a machine, or a jump host.
    private static let width = Fleet.width
    private static let longestPause = Duration.seconds(60)
    /// No more hosts than these are watched at once, whoever asks.
    private static let most = 1000

    private let interval: Duration
    private let turns = Turns(HostWatch.width)
    /// What is remembered of hosts that nobody has looked at yet.
    package let remembered: RememberedHosts
    private let service: FleetService
    private let state = Mutex(State())

    package init(_ service: FleetService, every interval: Duration = HostWatch.usualInterval) {
        (self.service, self.interval) = (service, interval)
        remembered = RememberedHosts(service.project)
    }

    package func sights() -> [HostName: Sight] { state.withLock(\.sights) }

    /// How many hosts are looked at now.
    package var count: Int { state.withLock(\.looks.count) }

    // MARK: Who wants to see what

    /// - Parameter wake: called after each look at one of the hosts that has changed something: it must not block.
    /// - Returns: what the other calls take.
    package func add(_ wake: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.last += 1
            state.listeners[state.last] = ([], wake)
            return state.last
        }
    }

    /// From now on a listener wants these hosts.
    package func want(_ hosts: [HostName], by listener: Int) {
        state.withLock { state in
            guard let wake = state.listeners[listener]?.wake else { return }
            state.listeners[listener] = (Set(hosts), wake)
            dropUnwanted(&state)
            for host in hosts where state.looks[host] == nil && state.looks.count < Self.most {
                state.looks[host] = Task { await self.watch(host) }
            }
        }
    }

    /// Looks at hosts once, for no longer than so long.
    package func look(at hosts: [HostName], within limit: Duration) async {
        let (looks, looked) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let listener = add { looked.yield() }
        want(hosts, by: listener)
        let timer = Task {
            try? await Task.sleep(for: limit)
            looked.finish()
        }
        looked.yield()
        for await _ in looks where hosts.allSatisfy({ sights()[$0] != nil }) { break }
        timer.cancel()
        remove(listener)
    }

    package func remove(_ listener: Int) {
        state.withLock { state in
            state.listeners[listener] = nil
            dropUnwanted(&state)
        }
    }

    private func dropUnwanted(_ state: inout State) {
        for (host, look) in state.looks where !state.isWanted(host) {
            look.cancel()
            state.looks[host] = nil
        }
    }

    // MARK: Looking

    private func watch(_ name: HostName) async {
        var pause = interval
        while !Task.isCancelled {
            let start = ContinuousClock.now
            if let host = try? service.currentInventory.hosts.first(where: { $0.name == name }) {
                guard await turns.take() else { return }
                let outcome = await service.look(at: host)
                await turns.giveBack()
                guard !Task.isCancelled else { return }
                note(outcome)
                // What does not answer is asked ever more rarely: it may be too busy, and so may be what it shares.
                pause = outcome.failure == nil ? interval : max(interval, min(pause * 2, Self.longestPause))
                if let facts = outcome.value, await follow(host, from: facts) { continue }
            }
            try? await Task.sleep(until: start + pause)
        }
    }

    /// Figures come by themselves until the host is to be looked at as a whole again.
    ///
    /// - Returns: whether that is so; false when the connection broke, and the next look tells what has happened.
    private func follow(_ host: Host, from facts: Facts) async -> Bool {
        let failure = await service.followFigures(
            of: host, every: interval, from: facts, for: max(Self.whole, interval)
        ) { [weak self] in
            self?.note(HostOutcome(host: host.name, result: .success($0)))
        }
        return failure == nil
    }

    private func note(_ outcome: HostOutcome<Facts>) {
        let wakes = state.withLock { state in
            var sight = state.sights[outcome.host] ?? Sight()
            if let facts = outcome.value {
                sight = Sight(facts: facts, seen: .now)
            } else {
                sight.failure = outcome.failure
                sight.failing = sight.failing ?? .now
            }
            guard state.sights.updateValue(sight, forKey: outcome.host) != sight else {
                return [@Sendable () -> Void]()
            }
            return state.listeners.values.filter { $0.hosts.contains(outcome.host) }.map(\.wake)
        }
        for wake in wakes { wake() }
    }
}
