import FleetBase
import FleetReleases
import FleetTerminal

/// A push to one host, as it is shown.
struct PushReport {
    let host: HostName
    let failure: Failure?
    private let package: BuiltPackage
    private let outcome: PushOutcome?

    init(_ outcome: HostOutcome<PushOutcome>, _ package: BuiltPackage) {
        host = outcome.host
        failure = outcome.failure
        self.package = package
        self.outcome = outcome.value
    }

    /// What a person is told.
    func notes(isVerbose: Bool) -> [Message] { isVerbose ? allNotes : outcome?.notes ?? [] }

    private var allNotes: [Message] { outcome.map { $0.notes + $0.details } ?? [] }

    func cells(_ console: Console, isPlan: Bool) -> [Table.Cell] {
        [
            .init(host.text), .init(package.name), .init(outcome?.from ?? "–"), .init(package.version),
            .init(outcome.map { ByteCount($0.bytesSent).description } ?? "–"), .init(outcome?.duration.shown ?? "–"),
            isPlan ? plannedCell(console) : stateCell(console),
        ]
    }

    /// The steps that a push would carry out after this dry run.
    private func plannedCell(_ console: Console) -> Table.Cell {
        guard let outcome else { return stateCell(console) }
        guard !outcome.steps.isEmpty else { return .init(console.text(Message("nothing to do")), .dim) }
        return .init(outcome.steps.map { console.text($0.words) }.joined(separator: ", "), .yellow)
    }

    private func stateCell(_ console: Console) -> Table.Cell {
        switch outcome?.state {
        // It had the release, and lacked the image.
        case .pushed where outcome?.from == outcome?.to && outcome?.base == nil && outcome?.image?.state == .loaded:
            .init(console.text(Message("image loaded")), .green)
        case .pushed: .init(console.text(Message("pushed")), .green)
        case .activated: .init(console.text(Message("made current")), .green)
        case .unchanged: .init(console.text(Message("already there")), .dim)
        case .planned: plannedCell(console)
        case nil where failure?.kind == .cancelled: .init(console.text(Message("cancelled")), .red)
        case nil: .init(console.text(Message("failed")), .red)
        }
    }
}

extension PushStep {
    fileprivate var words: Message {
        switch self {
        case .release(.send(let release)) where release.isResumed: return Message("send the rest")
        case .release(.send(let release)) where release.base != nil: return Message("send the difference")
        case .release(.send): return Message("send the whole")
        case .release(.activate): return Message("make current")
        case .image(.load(let image)):
            let engine = image.engine.rawValue
            return Message("load the image into \(engine)")
        case .image(.name(let image)):
            let engine = image.engine.rawValue
            return Message("name the image in \(engine)")
        }
    }
}
