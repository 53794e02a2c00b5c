import FleetBase
import FleetEngine

/// The answers of all hosts to one command.
struct ExecReport {
    private let results: [ExecResult]

    init(_ outcomes: [HostOutcome<RemoteResult>], python: Bool) {
        results = outcomes.map { ExecResult($0, python: python) }
    }

    /// - Parameter grouped: whether the output has not been shown yet.
    func show(json: Bool, grouped: Bool = true, _ session: Session) throws {
        let console = session.console
        if json {
            try console.json(["results": results.map { $0.json(console) }])
        } else {
            for result in results where result.answer?.dropped ?? 0 > 0 {
                let size = ByteCount(result.answer?.dropped ?? 0)
                console.warning(Message("\(result.host): the first \(size) of its output were not kept"))
            }
            if grouped { OutputGroups(results).print(to: console) }
            console.failures(results.compactMap { result in result.failure.map { (result.host, $0) } })
        }
        try session.end(results.map(\.failure))
    }
}
