import FleetBase
import FleetEngine

/// One host's answer to `fleet exec`.
struct ExecResult {
    let host: HostName
    let answer: RemoteResult?
    /// Why it is no success; nil when it is one.
    let failure: Failure?
    private let method: String

    init(_ outcome: HostOutcome<RemoteResult>, python: Bool) {
        host = outcome.host
        answer = outcome.value
        failure = outcome.failure ?? outcome.value?.failure
        method = python ? "python" : "shell"
    }

    func json(_ console: Console) -> JSONValue {
        .object([
            "host": .string(host.text), "success": .bool(failure == nil), "exit": JSONValue(answer?.status),
            "output": .string(answer?.outputText ?? ""), "error": .string(answer?.errorText ?? ""),
            "method": .string(method), "seconds": JSONValue(answer?.duration.seconds),
            "dropped_bytes": .integer(Int64(answer?.dropped ?? 0)), "failure": JSONValue(failure, console),
        ])
    }
}
