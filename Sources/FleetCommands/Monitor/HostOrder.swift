import FleetBase
import FleetService

/// In which order hosts are shown.
enum HostOrder: CaseIterable, Sendable {
    /// The order of the inventory.
    case inventory
    /// Hosts that do not answer come first.
    case state
    /// The busiest hosts come first.
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
