import FleetBase
import FleetHosts
import FleetTerminal
import FleetViews

/// One host's answer to `fleet exec`.
struct ExecResult {
    let host: HostName
    let answer: ExecAnswer?
    /// Why it is no success; nil when it is one.
    let failure: Failure?
    private let method: String

    init(_ outcome: HostOutcome<ExecAnswer>, python: Bool) {
        host = outcome.host
        answer = outcome.value
        failure = outcome.failure ?? outcome.value?.result.failure
        method = python ? "python" : "shell"
    }

    /// The failure without what the command said itself, which stands above it.
    var briefFailure: Failure? {
        guard let failure, failure.kind == .exit, let answer, answer.error.size > 0, let status = answer.result.status
        else { return failure }
        return Failure(.exit, Message("status \(status)"), hint: failure.hint)
    }

    var view: ExecView.Row { ExecView.Row(host, answer, failure, method: method) }
}
