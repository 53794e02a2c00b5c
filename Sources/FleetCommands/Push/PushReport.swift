import FleetBase
import FleetEngine

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

    func json(_ console: Console) -> JSONValue {
        .object([
            "host": .string(host.text), "package": .string(package.name), "from": JSONValue(outcome?.from),
            "to": .string(package.version), "bytes_sent": .integer(outcome?.bytesSent ?? 0),
            "seconds": JSONValue(outcome?.duration.seconds), "state": .string(outcome?.state.rawValue ?? "failed"),
            "failure": JSONValue(failure, console),
        ])
    }

    func cells(_ console: Console) -> [Table.Cell] {
        [
            .init(host.text), .init(package.name), .init(outcome?.from ?? "–"), .init(package.version),
            .init(ByteCount(outcome?.bytesSent ?? 0).description), .init(outcome?.duration.shown ?? "–"),
            stateCell(console),
        ]
    }

    private func stateCell(_ console: Console) -> Table.Cell {
        switch outcome?.state {
        case .pushed: .init(console.text(Message("pushed")), .green)
        case .activated: .init(console.text(Message("made current")), .green)
        case .unchanged: .init(console.text(Message("already there")), .dim)
        case .planned: .init(console.text(Message("would be sent")), .yellow)
        case nil: .init(console.text(Message("failed")), .red)
        }
    }
}
