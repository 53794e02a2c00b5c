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
    /// The id of the image that the host's engine has now; nil for none.
    var imageID: String? {
        switch outcome?.image?.state {
        case .loaded, .unchanged: outcome?.image?.id
        default: nil
        }
    }

    func json(_ console: Console) -> JSONValue {
        .object([
            "host": .string(host.text), "package": .string(package.name), "from": JSONValue(outcome?.from),
            "to": .string(package.version), "bytes_sent": .integer(outcome?.bytesSent ?? 0),
            "base": JSONValue(outcome?.base),
            "notes": .array(allNotes.map { .string(console.text($0)) }),
            "seconds": JSONValue(outcome?.duration.seconds),
            "state": .string(outcome?.state.rawValue ?? "failed"),
            "failure": JSONValue(failure, console), "image": image,
        ])
    }

    /// Null for a package without an image.
    private var image: JSONValue {
        guard let image = outcome?.image else { return .null }
        return .object([
            "engine": JSONValue(image.engine?.rawValue), "state": .string(image.state.rawValue),
            "bytes_sent": .integer(image.bytesSent), "id": JSONValue(image.id),
        ])
    }

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
