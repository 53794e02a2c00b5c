import FleetBase
import FleetEngine

/// The answers of all hosts to one command.
struct ExecReport {
    private let results: [ExecResult]

    init(_ outcomes: [HostOutcome<RemoteResult>], python: Bool, _ console: Console) {
        results = outcomes.map { ExecResult($0, python: python, console) }
    }

    /// - Parameter grouped: whether the output has not been shown yet.
    func show(json: Bool, grouped: Bool = true, _ session: Session) throws {
        if json {
            try session.console.json(["results": results])
        } else {
            if grouped { OutputGroups(results).print(to: session.console) }
            for result in results { if let cause = result.cause { session.console.failure(cause, on: result.name) } }
        }
        try session.end(results.map(\.cause))
    }
}
