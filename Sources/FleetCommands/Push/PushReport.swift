import FleetBase
import FleetEngine

/// A push to one host, as `--json` prints it.
struct PushReport: Encodable {
    let name: HostName
    let cause: Failure?
    let host: String
    let package: String
    let from: String?
    let to: String
    let bytesSent: Int64
    let seconds: Double?
    let state: String
    let failure: FailureReport?

    private enum CodingKeys: String, CodingKey {
        case host, package, from, to, seconds, state, failure
        case bytesSent = "bytes_sent"
    }

    init(_ outcome: HostOutcome<PushOutcome>, _ built: BuiltPackage, _ console: Console) {
        name = outcome.host
        cause = outcome.failure
        host = outcome.host.text
        package = built.name
        from = outcome.value?.from
        to = built.version
        bytesSent = outcome.value?.bytesSent ?? 0
        seconds = outcome.value?.duration.seconds
        state = outcome.value?.state.rawValue ?? "failed"
        failure = cause.map { FailureReport($0, console) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(host, forKey: .host)
        try container.encode(package, forKey: .package)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        try container.encode(bytesSent, forKey: .bytesSent)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(state, forKey: .state)
        try container.encode(failure, forKey: .failure)
    }

    func cells(_ console: Console) -> [Table.Cell] {
        [
            .init(host), .init(package), .init(from ?? "–"), .init(to), .init(ByteCount(bytesSent).description),
            .init(seconds.map { "\(($0 * 100).rounded() / 100) s" } ?? "–"), stateCell(console),
        ]
    }

    private func stateCell(_ console: Console) -> Table.Cell {
        switch state {
        case "pushed": .init(console.text(Message("pushed")), .green)
        case "activated": .init(console.text(Message("made current")), .green)
        case "unchanged": .init(console.text(Message("already there")), .dim)
        case "planned": .init(console.text(Message("would be sent")), .yellow)
        default: .init(console.text(Message("failed")), .red)
        }
    }
}
