import FleetBase
import FleetTerminal
import FleetHosts
import FleetViews

/// The answers of all hosts to one command.
struct ExecReport {
    private let results: [ExecResult]

    init(_ outcomes: [HostOutcome<ExecAnswer>], python: Bool) {
        results = outcomes.map { ExecResult($0, python: python) }
    }

    /// - Returns: how each host fared.
    func show(json: Bool, _ console: Console) throws -> [Failure?] {
        if json {
            let view = ExecView(results.map(\.view))
            try console.json(view)
            return view.results.map(\.failure)
        }
        OutputGroups(results).print(to: console)
        console.failures(results.compactMap { result in result.briefFailure.map { (result.host, $0) } })
        return results.map(\.failure)
    }
}
