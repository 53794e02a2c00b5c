import FleetEvents

/// Which hosts a broker was told of, and which of them work, as of one place in the feed.
struct SinkWorkers: Sendable, Hashable, Codable {
    struct Change: Sendable, Hashable {
        let host: String
        let isBusy: Bool
    }

    /// The address of each host by its name.
    private var registered: [String: String] = [:]
    /// The attempts that run on each host.
    private var busy: [String: Set<String>] = [:]

    /// More attempts of a host are not told apart.
    private static let mostAttempts = 1024

    func knows(_ name: String, at address: String) -> Bool { registered[name] == address }

    /// Forgets hosts that are not in the inventory any more, so that they are told anew when they come back.
    mutating func keep(_ names: Set<String>) { registered = registered.filter { names.contains($0.key) } }

    /// - Returns: whose state is another one now.
    mutating func take(_ item: SinkItem) -> [Change] {
        switch item {
        case .host(let name, let address):
            registered[name] = address
            return []
        // What has begun and ended meanwhile, `work` tells.
        case .gone: return []
        case .work(let work): return begin(anew: work)
        case .event(let event): return take(event)
        }
    }

    private mutating func begin(anew work: [SinkWork]) -> [Change] {
        let before = Set(busy.keys)
        busy = Dictionary(grouping: work, by: \.host).mapValues { attempts in
            Set(attempts.prefix(Self.mostAttempts).map { Self.name($0.run, $0.task, $0.number) })
        }
        return before.symmetricDifference(busy.keys).sorted().map { Change(host: $0, isBusy: busy[$0] != nil) }
    }

    private mutating func take(_ event: Event) -> [Change] {
        let run = event.run?.text ?? ""
        switch event.kind {
        case .attemptStarted(let news):
            guard let host = event.host?.text else { return [] }
            let others = busy[host] ?? []
            if others.count < Self.mostAttempts { busy[host] = others.union([Self.name(news, event)]) }
            return others.isEmpty ? [Change(host: host, isBusy: true)] : []
        case .attemptEnded(let news):
            guard let host = event.host?.text else { return [] }
            let name = Self.name(news, event)
            return drop { $0 == host && $1 == name }
        // What ended unheard ends with its run.
        case .runEnded: return drop { $1.hasPrefix(run + "\u{0}") }
        default: return []
        }
    }

    private static func name(_ news: Event.AttemptNews, _ event: Event) -> String {
        name(event.run?.text ?? "", event.task ?? "", news.number)
    }

    private static func name(_ run: String, _ task: String, _ number: Int) -> String {
        [run, task, "\(number)"].joined(separator: "\u{0}")
    }

    private mutating func drop(_ isMeant: (_ host: String, _ attempt: String) -> Bool) -> [Change] {
        var changes: [Change] = []
        for (host, attempts) in busy.sorted(by: { $0.key < $1.key }) {
            let left = attempts.filter { !isMeant(host, $0) }
            guard left.count < attempts.count else { continue }
            busy[host] = left.isEmpty ? nil : left
            if left.isEmpty { changes.append(Change(host: host, isBusy: false)) }
        }
        return changes
    }
}
