import FleetBase
import FleetHosts

/// The answers of all hosts to one command.
struct ExecReport {
    private let results: [ExecResult]

    init(_ outcomes: [HostOutcome<ExecAnswer>], python: Bool) {
        results = outcomes.map { ExecResult($0, python: python) }
    }

    /// - Parameter grouped: whether the output has not been shown yet.
    func show(json: Bool, grouped: Bool = true, _ session: Session) throws {
        let console = session.console
        if json {
            let objects = results.map { $0.json(console) }
            try console.json(["results": objects.map(\.value)])
            return try session.end(objects.map(\.failure))
        } else {
            if grouped { OutputGroups(results).print(to: console) }
            console.failures(results.compactMap { result in result.failure.map { (result.host, $0) } })
        }
        try session.end(results.map(\.failure))
    }
}
