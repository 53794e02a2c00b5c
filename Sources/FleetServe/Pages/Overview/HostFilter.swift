import FleetBase
import FleetService

/// Which hosts somebody wants to see: words in the address, so that the server chooses.
struct HostFilter: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case all, silent, busy, drift

        var title: Message {
            switch self {
            case .all: Message("in any state")
            case .silent: Message("those that don't answer")
            case .busy: Message("those that work")
            case .drift: Message("those with another version")
            }
        }
    }

    /// A part of a name, an address, a tag or a group.
    let text: String?
    let kind: Kind

    init(_ request: PageRequest) {
        text = request.query("q").map { $0.lowercased() }
        kind = request.query("only").flatMap(Kind.init) ?? .all
    }

    var query: [(String, String?)] { [("q", text), ("only", kind == .all ? nil : kind.rawValue)] }

    func takes(_ figures: HostFigures, _ board: HostBoard) -> Bool {
        if let text, !figures.matches(text) { return false }
        switch kind {
        case .all: return true
        case .silent:
            guard case .silent = figures.state else { return false }
            return true
        case .busy: return !figures.work.isEmpty
        case .drift: return board.hasDrift(figures)
        }
    }
}
