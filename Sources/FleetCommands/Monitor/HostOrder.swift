import FleetBase
import FleetService

/// In which order hosts are shown.
enum HostOrder: CaseIterable, Sendable {
    /// As the inventory has them.
    case inventory
    /// Those that do not answer first.
    case state
    /// The busiest first.
    case load, memory, work

    var title: Message {
        switch self {
        case .inventory: Message("inventory")
        case .state: Message("state")
        case .load: Message("load")
        case .memory: Message("memory")
        case .work: Message("work")
        }
    }

    /// The next one, and the first after the last.
    var next: HostOrder {
        let all = Self.allCases
        return all[(all.firstIndex(of: self).map { $0 + 1 } ?? 0) % all.count]
    }

    /// Hosts that are alike stay in the inventory's order.
    func sort(_ hosts: [HostFigures]) -> [HostFigures] {
        guard self != .inventory else { return hosts }
        return hosts.enumerated().sorted { left, right in
            let (a, b) = (weight(left.element), weight(right.element))
            return a == b ? left.offset < right.offset : a > b
        }.map(\.element)
    }

    private func weight(_ figures: HostFigures) -> Double {
        switch self {
        case .inventory: 0
        case .state:
            switch figures.state {
            case .silent: 3
            case .answers: figures.aside == nil ? 0 : 2
            case .remembered, .unseen: 1
            }
        case .load: figures.load.map { $0 / Double(max(1, figures.cores ?? 1)) } ?? -1
        case .memory: figures.memoryShare ?? -1
        case .work: Double(figures.work.count)
        }
    }
}

extension HostFigures {
    /// How much of its memory is in use, from 0 to 1.
    var memoryShare: Double? { Self.share(free: memoryFree, of: memory) }
    var diskShare: Double? { Self.share(free: diskFree, of: disk) }

    private static func share(free: Int64?, of all: Int64?) -> Double? {
        guard let free, let all, all > 0 else { return nil }
        return min(1, max(0, Double(all - free) / Double(all)))
    }
}
