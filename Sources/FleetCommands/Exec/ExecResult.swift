import FleetBase
import FleetHosts
import FleetTerminal

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

    /// As one JSON object; what does not fit into one is a failure.
    func json(_ console: Console) -> (value: JSONValue, failure: Failure?) {
        var (streams, failure) = ((output: [UInt8](), error: [UInt8]()), failure)
        do throws(Failure) {
            streams = try answer?.bytes() ?? streams
        } catch {
            failure = error
        }
        let value = JSONValue.object([
            "host": .string(host.text), "success": .bool(failure == nil), "exit": JSONValue(answer?.result.status),
            "output": .string(String(decoding: streams.output, as: UTF8.self)),
            "error": .string(String(decoding: streams.error, as: UTF8.self)),
            "method": .string(method), "seconds": JSONValue(answer?.result.duration.seconds),
            "dropped_bytes": .integer(0), "failure": JSONValue(failure, console),
        ])
        return (value, failure)
    }
}
