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
    func cells(_ console: Console) -> [Table.Cell] {
        [
            .init(host.text), .init(package.name), .init(outcome?.from ?? "–"), .init(package.version),
            .init(outcome.map { ByteCount($0.bytesSent).description } ?? "–"), .init(outcome?.duration.shown ?? "–"),
            stateCell(console),
        ]
    }

    private func stateCell(_ console: Console) -> Table.Cell {
        switch outcome?.state {
        // It had the release, and lacked the image.
        case .pushed where outcome?.from == outcome?.to && outcome?.base == nil && outcome?.image?.state == .loaded:
            .init(console.text(Message("image loaded")), .green)
        case .pushed: .init(console.text(Message("pushed")), .green)
        case .activated: .init(console.text(Message("made current")), .green)
        case .unchanged: .init(console.text(Message("already there")), .dim)
        case .planned: .init(console.text(Message("would be sent")), .yellow)
        case nil where failure?.kind == .cancelled: .init(console.text(Message("cancelled")), .red)
        case nil: .init(console.text(Message("failed")), .red)
        }
    }
}
